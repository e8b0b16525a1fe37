package kopilka.ledger;

import java.util.List;
import java.util.Optional;
import kopilka.order.RedemptionId;

/**
 * A member's points in one unit, lot by lot. Immutable; {@link Mover} makes the next one.
 *
 * @param awaiting points earned whose days a delivery will tell
 * @param pending lots earned, not yet available
 * @param available lots to be spent
 * @param holds what is reserved
 * @param debt what is owed; there is none while anything is available
 * @param lapsed lots that expired unspent, the latest {@link #LAPSED_REMEMBERED}
 */
public record Wallet(long awaiting, Lots pending, Lots available, List<Hold> holds, long debt, Lots lapsed) {
    /** A wallet without points. */
    public static final Wallet EMPTY = new Wallet(0, Lots.NONE, Lots.NONE, List.of(), 0, Lots.NONE);

    /** How many expired lots are remembered, the latest: enough for refunds that come late, and a few hundred bytes. */
    public static final int LAPSED_REMEMBERED = 32;

    /** The most lots available at once, one for each day of more than a year: some 9 KB of an account's item. */
    public static final int MAX_LOTS = 400;

    /** The most redemptions open at once, in all wallets of an account together: each is a checkout in progress. */
    public static final int MAX_HOLDS = 20;

    /** Copies what it is given, and refuses what can't be. */
    public Wallet {
        holds = List.copyOf(holds);
        if (awaiting < 0 || debt < 0) {
            throw new ArithmeticException("points are not negative");
        }
        if (debt > 0 && !available.isEmpty()) {
            throw new ArithmeticException("a debt is settled before anything is available");
        }
    }

    /** Its sums. */
    public Balance balance() {
        long held = holds.stream().mapToLong(Hold::points).sum();
        return new Balance(available.total(), Math.addExact(awaiting, pending.total()), held, debt);
    }

    /** The open hold of a redemption. */
    public Optional<Hold> hold(RedemptionId redemption) {
        return holds.stream().filter(h -> h.redemption().equals(redemption)).findFirst();
    }
}
