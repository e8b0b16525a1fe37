package kopilka.lambda.wire;

import java.util.Locale;
import kopilka.program.RefundRules.Shortfall;

/** What the API calls the ways to bear points that cannot be taken back. */
public enum ShortfallPolicy {
    DEBT,
    DEDUCT,
    WRITE_OFF;

    public static ShortfallPolicy of(Shortfall shortfall) {
        return switch (shortfall) {
            case Shortfall.Debt debt -> DEBT;
            case Shortfall.Deduct deduct -> DEDUCT;
            case Shortfall.WriteOff writeOff -> WRITE_OFF;
        };
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
