package kopilka.program;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that a member is entitled to beside points and discounts.
 *
 * @param kind what
 * @param label which one, in the shop's own words or as a code of its own
 */
public record Benefit(Kind kind, Optional<String> label) {
    /** The kinds of benefits. */
    public enum Kind {
        /** The delivery is free. */
        FREE_DELIVERY,
        /** Sales begin earlier. */
        EARLY_ACCESS,
        /** A support line of one's own. */
        SUPPORT,
        /** A gift. */
        GIFT,
        /** Whatever the label says. */
        LABEL;

        /** Its name in documents and answers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
