package kopilka.lambda.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.Place;
import kopilka.order.GivenDiscount;
import kopilka.order.LineId;
import kopilka.order.Order;
import kopilka.order.OrderLine;
import kopilka.order.Payment;
import kopilka.order.Quantity;
import kopilka.order.Quoted;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.Coupon;
import kopilka.program.PaymentMethod;
import kopilka.program.ProgramId;
import kopilka.program.Region;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.ShopId;
import kopilka.program.Sku;

/** Decodes what an order and a refund consist of. Whether the figures add up is for the domain to say. */
final class OrderContent {
    /** Ways to pay one order: several cards and vouchers, and points. */
    private static final int MAX_PAYMENTS = 20;

    private static final int UNIT_PRICE_DECIMALS = 6;

    /** The largest unit price: as many digits before the point as an amount has in a currency without decimals. */
    private static final BigDecimal MAX_UNIT_PRICE = new BigDecimal("10000000000000");

    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** Coupons of one order. */
    private static final int MAX_COUPONS = 20;

    /** Discounts of the program on one order: as many rules as there may be. */
    private static final int MAX_DISCOUNTS = RuleBook.MAX_RULES;

    private static final Decoder<String> WORD = Decoder.text(1, 64);

    private static final Decoder<Quantity> QUANTITY = Decoder.decimalOrInteger(
                    3, new BigDecimal("0.001"), BigDecimal.valueOf(Quantity.MAX / 1000))
            .map(quantity -> Quantity.of(quantity).orElseThrow());

    private OrderContent() {}

    /** What was ordered. */
    static Decoder<Order> order(ProgramId program) {
        return Decoder.object(fields -> order(fields, program));
    }

    private static Decoded<Order> order(Fields fields, ProgramId program) {
        Field<Currency> currency = fields.required("currency", Amounts.currency());
        Decoder<Long> amount = Amounts.amount(currency.ifValid(), 0);
        Field<List<ToldLine>> lines = fields.required("lines", Decoder.listOf(line(amount), 1, Order.MAX_LINES));
        Field<Long> delivery = fields.optional("delivery", amount, 0L);
        Field<Long> tax = fields.optional("tax", amount, 0L);
        Field<Long> discount = fields.optional("discount", amount, 0L);
        Field<Long> total = fields.required("total", amount);
        Field<List<Payment>> payments =
                fields.optional("payments", Decoder.listOf(payment(amount), 1, MAX_PAYMENTS), List.of());
        Field<Optional<String>> channel = fields.optional("channel", Decoder.identifier());
        Field<Optional<String>> shop = fields.optional("shop", Decoder.identifier());
        Field<Optional<Region>> region = fields.optional("region", region());
        Field<List<String>> coupons = fields.optional("coupons", Decoder.listOf(WORD, 1, MAX_COUPONS), List.of());
        Field<List<GivenDiscount>> discounts =
                fields.optional("discounts", Decoder.listOf(given(currency.ifValid()), 1, MAX_DISCOUNTS), List.of());
        Field<Optional<Quoted>> quote = fields.optional("quote", QuoteId.of(program));
        return fields.decodedFurther(() -> {
            List<OrderLine> numbered = numbered(lines.get());
            List<FieldError> repeated = repeatedLines(numbered, fields.place().child("lines"));
            repeated.addAll(repeatedRedemptions(payments.get(), fields.place().child("payments")));
            repeated.addAll(repeatedDiscounts(discounts.get(), fields.place().child("discounts")));
            return repeated.isEmpty()
                    ? new Decoded.Valid<>(new Order(
                            currency.get(),
                            numbered,
                            delivery.get(),
                            tax.get(),
                            discount.get(),
                            total.get(),
                            payments.get(),
                            channel.get().map(Channel::new),
                            shop.get().map(ShopId::new),
                            region.get(),
                            coupons.get().stream().distinct().map(Coupon::new).toList(),
                            discounts.get(),
                            quote.get()))
                    : new Decoded.Invalid<>(repeated);
        });
    }

    /** Where something is bought from: what a rule may ask for. */
    static Decoder<Region> region() {
        return WORD.map(Region::new);
    }

    /** What a basket has, and how it would be paid: an order before its total is known. */
    record Basket(Order order, Set<PaymentMethod> payments) {}

    /** What would be ordered. Its total is what the lines, the delivery and the tax come to, less the shop's discount. */
    static Decoder<Basket> basket() {
        return Decoder.object(fields -> {
            Field<Currency> currency = fields.required("currency", Amounts.currency());
            Decoder<Long> amount = Amounts.amount(currency.ifValid(), 0);
            Field<List<ToldLine>> lines = fields.required("lines", Decoder.listOf(line(amount), 1, Order.MAX_LINES));
            Field<Long> delivery = fields.optional("delivery", amount, 0L);
            Field<Long> tax = fields.optional("tax", amount, 0L);
            Field<Long> discount = fields.optional("discount", amount, 0L);
            Field<List<String>> payments =
                    fields.optional("payments", Decoder.listOf(paymentMethod(), 1, MAX_PAYMENTS), List.of());
            Field<Optional<String>> channel = fields.optional("channel", Decoder.identifier());
            Field<Optional<String>> shop = fields.optional("shop", Decoder.identifier());
            Field<Optional<Region>> region = fields.optional("region", region());
            Field<List<String>> coupons = fields.optional("coupons", Decoder.listOf(WORD, 1, MAX_COUPONS), List.of());
            return fields.decodedFurther(() -> {
                List<OrderLine> numbered = numbered(lines.get());
                List<FieldError> repeated =
                        repeatedLines(numbered, fields.place().child("lines"));
                long sum = numbered.stream().mapToLong(OrderLine::total).sum();
                return repeated.isEmpty()
                        ? new Decoded.Valid<>(new Basket(
                                new Order(
                                        currency.get(),
                                        numbered,
                                        delivery.get(),
                                        tax.get(),
                                        discount.get(),
                                        sum + delivery.get() + tax.get() - discount.get(),
                                        List.of(),
                                        channel.get().map(Channel::new),
                                        shop.get().map(ShopId::new),
                                        region.get(),
                                        coupons.get().stream()
                                                .distinct()
                                                .map(Coupon::new)
                                                .toList(),
                                        List.of(),
                                        Optional.empty()),
                                payments.get().stream()
                                        .map(PaymentMethod::new)
                                        .collect(Collectors.toUnmodifiableSet())))
                        : new Decoded.Invalid<>(repeated);
            });
        });
    }

    private static Decoder<String> paymentMethod() {
        return Decoder.matching(METHOD, 32, "a word of small letters, digits and underscores, such as card");
    }

    /** A line whose id may be its place among the others. */
    @FunctionalInterface
    private interface ToldLine {
        OrderLine at(int position);
    }

    private static List<OrderLine> numbered(List<ToldLine> told) {
        List<OrderLine> lines = new ArrayList<>(told.size());
        for (ToldLine line : told) {
            lines.add(line.at(lines.size() + 1));
        }
        return lines;
    }

    private static List<FieldError> repeatedLines(List<OrderLine> lines, Place place) {
        return Decoder.repeated(
                lines,
                place,
                line -> Optional.of(line.id()),
                at -> at.child("id").error(Code.REPEATED, "another line has this id, or has this place and no id"));
    }

    private static List<FieldError> repeatedRedemptions(List<Payment> payments, Place place) {
        return Decoder.repeated(
                payments,
                place,
                Payment::redemption,
                at -> at.child("redemption").error(Code.REPEATED, "a redemption pays once in an order"));
    }

    private static List<FieldError> repeatedDiscounts(List<GivenDiscount> discounts, Place place) {
        return Decoder.repeated(
                discounts,
                place,
                discount -> Optional.of(discount.rule()),
                at -> at.child("rule").error(Code.REPEATED, "a rule gives one discount in an order"));
    }

    private static Decoder<GivenDiscount> given(Optional<Currency> currency) {
        return Decoder.object(fields -> {
            Field<String> rule = fields.required("rule", Decoder.identifier());
            Field<Long> amount = fields.required("amount", Amounts.amount(currency, 1));
            return fields.decoded(() -> new GivenDiscount(new RuleId(rule.get()), amount.get()));
        });
    }

    private static Decoder<ToldLine> line(Decoder<Long> amount) {
        return Decoder.object(fields -> {
            Field<Optional<String>> id = fields.optional("id", Decoder.identifier());
            Field<String> sku = fields.required("sku", WORD);
            Field<Optional<String>> category = fields.optional("category", WORD);
            Field<Optional<String>> brand = fields.optional("brand", WORD);
            Field<Quantity> quantity = fields.required("quantity", QUANTITY);
            Field<Optional<BigDecimal>> unitPrice = fields.optional(
                    "unitPrice",
                    Amounts.unsigned(Decoder.decimal(UNIT_PRICE_DECIMALS, BigDecimal.ZERO, MAX_UNIT_PRICE)));
            Field<Long> total = fields.required("total", amount);
            Field<Long> discount = fields.optional("discount", amount, 0L);
            Field<Boolean> giftVoucher = fields.optional("giftVoucher", Decoder.bool(), false);
            return fields.decoded(() -> position -> new OrderLine(
                    new LineId(id.get().orElse(Integer.toString(position))),
                    new Sku(sku.get()),
                    category.get().map(Category::new),
                    brand.get().map(Brand::new),
                    quantity.get(),
                    unitPrice.get(),
                    total.get(),
                    discount.get(),
                    giftVoucher.get()));
        });
    }

    private static Decoder<Payment> payment(Decoder<Long> amount) {
        return Decoder.object(fields -> {
            Field<String> method = fields.required("method", paymentMethod());
            Field<Long> paid = fields.required("amount", amount);
            Field<Optional<String>> redemption = fields.optional("redemption", Decoder.identifier());
            method.ifValid().ifPresent(known -> {
                boolean points = known.equals(Payment.POINTS);
                if (points && !fields.has("redemption")) {
                    fields.refuseMissing("redemption");
                }
                if (!points && fields.has("redemption")) {
                    fields.refuse("redemption", Code.NOT_ALLOWED, "only points name a redemption");
                }
            });
            return fields.decoded(
                    () -> new Payment(method.get(), paid.get(), redemption.get().map(RedemptionId::new)));
        });
    }

    /**
     * Reads what a refund sends back, which stands among the other fields of its body.
     *
     * @return makes the content, once it is known that no field has an error
     */
    static Supplier<RefundContent> refund(Fields fields) {
        Field<Currency> currency = fields.required("currency", Amounts.currency());
        Decoder<Long> amount = Amounts.amount(currency.ifValid(), 0);
        Field<List<RefundContent.Line>> lines =
                fields.optional("lines", Decoder.listOf(refundLine(amount), 1, Order.MAX_LINES), List.of());
        Field<Long> delivery = fields.optional("delivery", amount, 0L);
        Field<Long> unnamed = fields.optional("amount", amount, 0L);
        if (!fields.has("lines") && !fields.has("delivery") && !fields.has("amount")) {
            fields.refuse(Code.MISSING, "at least one of lines, delivery and amount is needed");
        }
        return () -> new RefundContent(currency.get(), lines.get(), delivery.get(), unnamed.get());
    }

    private static Decoder<RefundContent.Line> refundLine(Decoder<Long> amount) {
        return Decoder.object(fields -> {
            Field<String> line = fields.required("line", Decoder.identifier());
            Field<Quantity> quantity = fields.required("quantity", QUANTITY);
            Field<Optional<Long>> paidBack = fields.optional("amount", amount);
            return fields.decoded(() -> new RefundContent.Line(
                    new LineId(line.get()),
                    quantity.get(),
                    paidBack.get().map(OptionalLong::of).orElse(OptionalLong.empty())));
        });
    }
}
