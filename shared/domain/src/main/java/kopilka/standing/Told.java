package kopilka.standing;

import java.util.Optional;
import java.util.Set;
import kopilka.program.Channel;
import kopilka.program.Coupon;
import kopilka.program.PaymentMethod;
import kopilka.program.Region;
import kopilka.program.ShopId;

/**
 * What is told of how an order comes.
 *
 * @param shop which shop sells
 * @param channel where it is placed
 * @param region where it is bought from
 * @param payments what it is paid with
 * @param coupons the codes entered
 */
public record Told(
        Optional<ShopId> shop,
        Optional<Channel> channel,
        Optional<Region> region,
        Set<PaymentMethod> payments,
        Set<Coupon> coupons) {
    /** Nothing is told: it is not about an order. */
    public static final Told NOTHING =
            new Told(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Set.of());

    /** Copies what it is given. */
    public Told {
        payments = Set.copyOf(payments);
        coupons = Set.copyOf(coupons);
    }
}
