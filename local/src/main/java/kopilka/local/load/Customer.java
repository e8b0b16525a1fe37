package kopilka.local.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import kopilka.ledger.MemberKey;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;

/** A member as the shop knows them: what can still be refunded, and which redemptions are open. */
final class Customer {
    private final MemberKey key;
    private final AtomicLong made = new AtomicLong();

    /** Orders that were paid and not refunded yet. */
    private final Queue<OrderId> kept = new ConcurrentLinkedQueue<>();

    /** Redemptions that are held. */
    private final Queue<RedemptionId> open = new ConcurrentLinkedQueue<>();

    Customer(MemberKey key) {
        this.key = key;
    }

    MemberKey key() {
        return key;
    }

    /** An id that nothing of this shop has yet. */
    String fresh(String letter) {
        return letter + "-" + key.member() + "-" + made.incrementAndGet();
    }

    Queue<OrderId> kept() {
        return kept;
    }

    Queue<RedemptionId> open() {
        return open;
    }
}
