package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.order.OrderId;
import kopilka.order.Returned;
import kopilka.program.ByWallet;
import kopilka.program.WalletId;

/**
 * How an order stands, beyond its payment: kept only for orders to which something happened beside being paid. Changes
 * together with the member's account, and never without it.
 *
 * @param member whose
 * @param order which
 * @param waiting what came before the payment and takes effect with that
 * @param returned all that came back
 * @param refunded the money that went back, in minor units
 * @param cancelled whether it is off
 * @param deliveredAt when it arrived
 * @param wallets what it has earned and given back, wallet by wallet
 */
public record OrderState(
        MemberKey member,
        OrderId order,
        List<OperationId> waiting,
        Returned returned,
        long refunded,
        boolean cancelled,
        Optional<Instant> deliveredAt,
        SortedMap<WalletId, InWallet> wallets)
        implements Stored {
    /** The most events that wait for one payment. */
    public static final int MAX_WAITING = 100;

    /** Copies what it is given. */
    public OrderState {
        waiting = List.copyOf(waiting);
        wallets = ByWallet.of(wallets, InWallet.NONE);
    }

    /**
     * How an order stands in one wallet.
     *
     * @param term the lot that its points went into; empty while they wait for a delivery
     * @param earned what it has earned as it stands
     * @param restored how many of the points that had paid for it are given back
     * @param writtenOff how many of the points to be taken back the shop bore
     */
    public record InWallet(Optional<Term> term, long earned, long restored, long writtenOff) {
        /** Nothing earned, and nothing given back. */
        public static final InWallet NONE = new InWallet(Optional.empty(), 0, 0, 0);
    }

    /** How it stands in a wallet. */
    public InWallet in(WalletId wallet) {
        return wallets.getOrDefault(wallet, InWallet.NONE);
    }

    /** What it has earned as it stands, wallet by wallet. */
    public SortedMap<WalletId, Earned> earned() {
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        wallets.forEach((wallet, stands) -> earned.put(wallet, new Earned(stands.earned(), stands.term())));
        return ByWallet.of(earned, Earned.NONE);
    }

    /** The same without the lots. */
    public SortedMap<WalletId, Long> units() {
        SortedMap<WalletId, Long> units = new TreeMap<>();
        wallets.forEach((wallet, stands) -> units.put(wallet, stands.earned()));
        return ByWallet.of(units, 0L);
    }

    /** An order to which nothing has happened beside being paid. */
    public static OrderState paid(MemberKey member, OrderId order, SortedMap<WalletId, Earned> earned) {
        SortedMap<WalletId, InWallet> wallets = new TreeMap<>();
        earned.forEach((wallet, some) -> wallets.put(wallet, new InWallet(some.term(), some.points(), 0, 0)));
        return new OrderState(member, order, List.of(), Returned.NOTHING, 0, false, Optional.empty(), wallets);
    }

    /** An order that is not paid yet, for whose payment events wait. */
    public static OrderState unpaid(MemberKey member, OrderId order, List<OperationId> waiting) {
        return new OrderState(member, order, waiting, Returned.NOTHING, 0, false, Optional.empty(), ByWallet.none());
    }

    @Override
    public StoredKey.OrderKey storedAs() {
        return new StoredKey.OrderKey(member, order);
    }
}
