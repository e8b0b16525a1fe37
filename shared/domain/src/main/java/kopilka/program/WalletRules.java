package kopilka.program;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wallet of a program.
 *
 * @param id by which rules name it
 * @param unit what it is counted in
 * @param name as members know its unit
 * @param pending when what orders earned becomes available
 * @param expiry when it expires
 * @param redemption how it pays; empty: it is not spent
 * @param maximumPerOrder the most that one order earns in it, in its own units
 */
public record WalletRules(
        WalletId id,
        Unit unit,
        Texts name,
        PendingRule pending,
        Expiry expiry,
        Optional<RedemptionRules> redemption,
        OptionalLong maximumPerOrder) {
    /** What money is worth in money: a unit is a minor unit. */
    private static final Worth MONEY = new Worth(1, 1);

    /** What its units are worth in money. Empty: they are points that pay for nothing. */
    public Optional<Worth> worth() {
        return switch (unit) {
            case MONEY -> Optional.of(MONEY);
            case POINTS -> redemption.map(RedemptionRules::worth);
        };
    }

    /** What a wallet is counted in. */
    public enum Unit {
        /** Whole points. */
        POINTS,
        /** Minor units of the program's currency. */
        MONEY
    }
}
