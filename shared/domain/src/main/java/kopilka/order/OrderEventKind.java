package kopilka.order;

import java.util.Locale;

/** What can happen to an order; each happens at most once. */
public enum OrderEventKind {
    /** The customer ordered. Recorded; moves nothing. */
    PLACED,
    /** The order is paid: it earns. */
    PAID,
    /** The goods arrived. */
    DELIVERED,
    /** The order is off: all that is kept of it is taken back, for good. */
    CANCELLED;

    /** In the API and in keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
