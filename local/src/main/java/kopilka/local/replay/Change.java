package kopilka.local.replay;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Another document for the program.
 *
 * @param day from the start of which it is to hold, in the program's zone
 * @param document the rules, in JSON
 */
record Change(LocalDate day, String document) {
    /**
     * Holds changes against the days of the orders, before anything is sent.
     *
     * @param zone of the program
     * @throws IllegalArgumentException if one is out of place; the message says which and why
     */
    static void check(List<Change> changes, History history, ZoneId zone) {
        List<Row> rows = history.rows();
        if (!rows.isEmpty()) {
            check(changes, rows.getFirst().day(zone), rows.getLast().day(zone));
        } else if (!changes.isEmpty()) {
            throw new IllegalArgumentException("without orders there is nothing to change a program for");
        }
    }

    /**
     * Holds changes against the days that are replayed: one that would hold for none of them, or for all, is hardly meant.
     *
     * @param changes one day after the other
     * @param first the day of the first row
     * @param last the day of the last row
     * @throws IllegalArgumentException if one is out of place; the message says which and why
     */
    static void check(List<Change> changes, LocalDate first, LocalDate last) {
        Optional<LocalDate> before = Optional.empty();
        for (Change change : changes) {
            LocalDate day = change.day();
            if (before.isPresent() && !day.isAfter(before.get())) {
                throw new IllegalArgumentException(
                        "a change on " + day + " is not after the one before it, on " + before.get());
            }
            if (!day.isAfter(first) || day.isAfter(last)) {
                throw new IllegalArgumentException("a change on " + day + " is not within the orders: they begin on "
                        + first + " and end on " + last);
            }
            before = Optional.of(day);
        }
    }
}
