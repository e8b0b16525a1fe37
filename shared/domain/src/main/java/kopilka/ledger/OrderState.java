package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kopilka.order.OrderId;
import kopilka.order.Returned;

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
 * @param term the lot that its points went into; empty while they wait for a delivery
 * @param earned what it has earned as it stands
 * @param restored how many of the points that had paid for it are given back
 * @param writtenOff how many of the points to be taken back the shop bore
 */
public record OrderState(
        MemberKey member,
        OrderId order,
        List<OperationId> waiting,
        Returned returned,
        long refunded,
        boolean cancelled,
        Optional<Instant> deliveredAt,
        Optional<Term> term,
        long earned,
        long restored,
        long writtenOff)
        implements Stored {
    /** The most events that wait for one payment. */
    public static final int MAX_WAITING = 100;

    /** Copies what it is given. */
    public OrderState {
        waiting = List.copyOf(waiting);
    }

    /** An order to which nothing has happened beside being paid. */
    public static OrderState paid(MemberKey member, OrderId order, long earned, Optional<Term> term) {
        return new OrderState(
                member, order, List.of(), Returned.NOTHING, 0, false, Optional.empty(), term, earned, 0, 0);
    }

    /** An order that is not paid yet, for whose payment events wait. */
    public static OrderState unpaid(MemberKey member, OrderId order, List<OperationId> waiting) {
        return new OrderState(
                member, order, waiting, Returned.NOTHING, 0, false, Optional.empty(), Optional.empty(), 0, 0, 0);
    }

    @Override
    public StoredKey.OrderKey storedAs() {
        return new StoredKey.OrderKey(member, order);
    }
}
