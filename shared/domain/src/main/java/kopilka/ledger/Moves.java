package kopilka.ledger;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.order.RedemptionId;
import kopilka.program.ByWallet;
import kopilka.program.WalletId;

/**
 * Moves points in the wallets of an account. Whatever the decision, it first lets time do its part ({@link #settle}).
 *
 * <p>A decision makes one, uses it, and takes the wallets and the movements from it. Not thread-safe.
 */
public final class Moves {
    private final Map<WalletId, Instant> inactive;
    private final ZoneId zone;
    private final Instant now;
    private final List<Movement> movements = new ArrayList<>();
    private final SortedMap<WalletId, Mover> movers = new TreeMap<>();

    /**
     * Starts from an account's wallets, in which nothing expires for want of activity.
     *
     * @param wallets as they were
     * @param zone of the program, whose calendar says which day it is
     * @param now the moment of the decision, not before the account's last one
     */
    public Moves(SortedMap<WalletId, Wallet> wallets, ZoneId zone, Instant now) {
        this(wallets, Map.of(), zone, now);
    }

    /**
     * Starts from an account's wallets.
     *
     * @param wallets as they were
     * @param inactive when everything available of a wallet expires, as nothing has happened for too long; only of wallets
     *     of which it is not settled yet: a moment up to which the account was settled before took its effect then
     * @param zone of the program, whose calendar says which day it is
     * @param now the moment of the decision, not before the account's last one
     */
    public Moves(SortedMap<WalletId, Wallet> wallets, Map<WalletId, Instant> inactive, ZoneId zone, Instant now) {
        this.inactive = Map.copyOf(inactive);
        this.zone = zone;
        this.now = now;
        wallets.forEach((id, wallet) -> movers.put(id, mover(id, wallet)));
    }

    private Mover mover(WalletId id, Wallet wallet) {
        return new Mover(id, wallet, Optional.ofNullable(inactive.get(id)), zone, now, movements);
    }

    /** Moves points in a wallet, which is empty where the account has none of that name. */
    public Mover in(WalletId wallet) {
        return movers.computeIfAbsent(wallet, id -> mover(id, Wallet.EMPTY));
    }

    /** The wallets as they are now; those without anything are left out. */
    public SortedMap<WalletId, Wallet> wallets() {
        SortedMap<WalletId, Wallet> wallets = new TreeMap<>();
        movers.forEach((id, mover) -> wallets.put(id, mover.wallet()));
        return ByWallet.of(wallets, Wallet.EMPTY);
    }

    /** What has moved so far, in sequence. */
    public List<Movement> movements() {
        return List.copyOf(movements);
    }

    /** The moment of the decision. */
    public Instant now() {
        return now;
    }

    /** Lets time do its part, up to now, in one wallet after the other: they have nothing to do with each other. */
    public void settle() {
        movers.values().forEach(Mover::settle);
    }

    /** Whether a redemption is open, in whichever wallet. */
    public boolean isHeld(RedemptionId redemption) {
        return movers.values().stream().anyMatch(mover -> mover.hold(redemption).isPresent());
    }

    /** How many redemptions are open, in all wallets together. */
    public int openHolds() {
        return movers.values().stream()
                .mapToInt(mover -> mover.wallet().holds().size())
                .sum();
    }

    /** Ends a member's points in all wallets: what is available expires, and what is pending is never paid out. */
    public void close() {
        movers.values().forEach(Mover::close);
    }

    /** When time next has something to do in wallets in which nothing expires for want of activity. Empty: never. */
    public static Optional<Instant> nextDue(SortedMap<WalletId, Wallet> wallets, ZoneId zone) {
        return nextDue(wallets, Map.of(), zone);
    }

    /**
     * When time next has something to do: the earliest of what is due in each wallet. Empty: never.
     *
     * @param wallets as they are
     * @param inactive when everything available of a wallet expires, where that is still to come
     * @param zone of the program
     */
    public static Optional<Instant> nextDue(
            SortedMap<WalletId, Wallet> wallets, Map<WalletId, Instant> inactive, ZoneId zone) {
        Moves moves = new Moves(wallets, inactive, zone, Instant.MAX);
        return moves.movers.values().stream()
                .flatMap(mover -> mover.nextDue().stream())
                .min(Instant::compareTo);
    }
}
