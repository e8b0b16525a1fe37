package kopilka.ledger;

import java.util.OptionalLong;
import kopilka.order.Order;
import kopilka.order.RefundContent;

/** Feeds what shops tell about orders to a digest: the same content, however it was written, gives the same hash. */
public final class OrderDigest {
    private OrderDigest() {}

    /** Feeds all that was told of an order. */
    public static void feed(Digest digest, Order told) {
        digest.text(told.currency().getCurrencyCode())
                .each(
                        told.lines(),
                        line -> digest.text(line.id().value())
                                .text(line.sku().value())
                                .optional(line.category(), category -> digest.text(category.value()))
                                .optional(line.brand(), brand -> digest.text(brand.value()))
                                .number(line.quantity().thousandths())
                                .optional(
                                        line.unitPrice(),
                                        price -> digest.text(
                                                price.stripTrailingZeros().toPlainString()))
                                .number(line.total())
                                .number(line.discount())
                                .flag(line.giftVoucher()))
                .number(told.delivery())
                .number(told.tax())
                .number(told.discount())
                .number(told.total())
                .each(
                        told.payments(),
                        payment -> digest.text(payment.method())
                                .number(payment.amount())
                                .optional(payment.redemption(), redemption -> digest.text(redemption.value())))
                .optional(told.channel(), channel -> digest.text(channel.value()))
                .optional(told.shop(), shop -> digest.text(shop.value()));
        if (told.region().isPresent()
                || !told.coupons().isEmpty()
                || !told.given().isEmpty()
                || told.quote().isPresent()) {
            digest.text("for rules")
                    .optional(told.region(), region -> digest.text(region.value()))
                    .each(told.coupons(), coupon -> digest.text(coupon.value()))
                    .each(
                            told.given(),
                            discount -> digest.text(discount.rule().value()).number(discount.amount()))
                    .optional(
                            told.quote(),
                            quote -> digest.number(quote.version()).instant(quote.at()));
        }
    }

    /** Feeds what goes back in a refund. */
    public static void feed(Digest digest, RefundContent content) {
        digest.text(content.currency().getCurrencyCode())
                .each(content.lines(), line -> {
                    digest.text(line.line().value()).number(line.quantity().thousandths());
                    OptionalLong amount = line.amount();
                    digest.flag(amount.isPresent()).number(amount.orElse(0));
                })
                .number(content.delivery())
                .number(content.amount());
    }
}
