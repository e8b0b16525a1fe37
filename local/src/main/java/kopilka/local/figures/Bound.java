package kopilka.local.figures;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** On which side of its target a figure has to be. */
public enum Bound {
    /** No more than that. */
    AT_MOST("at most"),
    /** No less than that. */
    AT_LEAST("at least"),
    /** That, and nothing else. */
    EXACTLY("exactly");

    private final String words;

    Bound(String words) {
        this.words = words;
    }

    /** As files of figures say it. */
    public String words() {
        return words;
    }

    /** The bound of these words. */
    public static Optional<Bound> of(String words) {
        return Arrays.stream(values())
                .filter(bound -> bound.words.equals(words))
                .findFirst();
    }

    /** Whether a figure is on the right side. */
    public boolean holds(BigDecimal figure, BigDecimal target) {
        int side = figure.compareTo(target);
        return switch (this) {
            case AT_MOST -> side <= 0;
            case AT_LEAST -> side >= 0;
            case EXACTLY -> side == 0;
        };
    }
}
