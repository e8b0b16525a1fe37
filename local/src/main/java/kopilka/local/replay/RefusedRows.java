package kopilka.local.replay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rows that Kopilka refused, by their number in the file, and why. Safe for use by many threads. */
final class RefusedRows {
    private final Map<Integer, String> reasons = new ConcurrentHashMap<>();

    RefusedRows(Map<Integer, String> known) {
        reasons.putAll(known);
    }

    void add(Row row, String reason) {
        reasons.put(row.number(), reason);
    }

    Map<Integer, String> reasons() {
        return Map.copyOf(reasons);
    }
}
