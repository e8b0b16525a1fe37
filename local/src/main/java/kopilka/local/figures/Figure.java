package kopilka.local.figures;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Something that was measured or counted.
 *
 * @param what what it is, in words
 * @param value the figure
 * @param unit what it is a number of; empty for a ratio
 * @param target what it should be; empty: it is only reported
 * @param command how anyone measures it again
 */
public record Figure(String what, BigDecimal value, String unit, Optional<Target> target, String command) {
    /** Says nothing without words and a command. */
    public Figure {
        if (what.isBlank() || command.isBlank()) {
            throw new IllegalArgumentException("a figure needs words and a command");
        }
    }

    /** What a figure should be. */
    public record Target(Bound bound, BigDecimal value) {}

    /** Whether it is what it should be; empty if nothing is asked of it. */
    public Optional<Boolean> met() {
        return target.map(wanted -> wanted.bound().holds(value, wanted.value()));
    }
}
