package kopilka.lambda.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a request, whose names mean the same in upper and lower case.
 *
 * @param values by name in lower case; of a header that came several times the values joined by commas
 */
public record Headers(Map<String, String> values) {
    public static final Headers NONE = new Headers(Map.of());

    public Headers {
        Map<String, String> lower = new LinkedHashMap<>();
        values.forEach((name, value) -> lower.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b));
        values = Map.copyOf(lower);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The names alone: among the values is the caller's key. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
