package kopilka.dynamodb;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.order.GivenDiscount;
import kopilka.order.LineId;
import kopilka.order.OrderBasis;
import kopilka.order.Quantity;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.Returned;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.RuleId;
import kopilka.program.Sku;

/**
 * What is kept of orders and refunds. What there may be a thousand of, the lines, is packed: a usual line takes five bytes,
 * and each category's name is there once.
 */
final class OrderContent {
    /** The line's id is its position, counted from 1, as it is where the shop gives none. */
    private static final int POSITION = 1;

    /** The quantity is in pieces; otherwise in thousandths. */
    private static final int PIECES = 2;

    private static final int CATEGORY = 4;
    private static final int DISCOUNTED = 8;
    private static final int GIFT_VOUCHER = 16;
    private static final int AMOUNT = 32;
    private static final int BRAND = 64;
    private static final int SKU = 128;
    private static final int OFF = 256;

    private static final int THOUSAND = 1000;

    private OrderContent() {}

    static Item basis(OrderBasis basis) {
        return Item.empty()
                .text("currency", basis.currency().getCurrencyCode())
                .bytes("lines", lines(basis.lines()))
                .number("delivery", basis.delivery())
                .number("tax", basis.tax())
                .number("discount", basis.discount())
                .number("total", basis.total())
                .number("points", basis.paidWithPoints())
                .texts(
                        "redemptions",
                        basis.redemptions().stream().map(RedemptionId::value).toList())
                .texts("given", basis.given().stream().map(OrderContent::given).toList());
    }

    /** Such as {@code card:1250}: rules have no colon in their names. */
    private static String given(GivenDiscount discount) {
        return discount.rule() + ":" + discount.amount();
    }

    private static GivenDiscount given(String text) {
        int colon = text.indexOf(':');
        return new GivenDiscount(new RuleId(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    /** Whether it says what only rules ask for, and items of the first format have no room for. */
    static boolean isForRules(OrderBasis basis) {
        return !basis.given().isEmpty()
                || basis.lines().stream()
                        .anyMatch(line -> line.brand().isPresent() || line.sku().isPresent() || line.off() > 0);
    }

    static OrderBasis basis(Item item) {
        return new OrderBasis(
                Currency.getInstance(item.text("currency")),
                lines(item.bytes("lines")),
                item.number("delivery"),
                item.number("tax"),
                item.number("discount"),
                item.number("total"),
                item.number("points"),
                item.texts("redemptions").stream().map(RedemptionId::new).toList(),
                item.texts("given").stream().map(OrderContent::given).toList());
    }

    private static byte[] lines(List<OrderBasis.Line> lines) {
        Map<Category, Integer> categories = new LinkedHashMap<>();
        for (OrderBasis.Line line : lines) {
            line.category().ifPresent(category -> categories.putIfAbsent(category, categories.size()));
        }
        Packed packed = new Packed().number(categories.size());
        categories.keySet().forEach(category -> packed.text(category.value()));
        packed.number(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            OrderBasis.Line line = lines.get(i);
            boolean position = isPosition(line.id(), i);
            boolean pieces = line.quantity() % THOUSAND == 0;
            packed.number((position ? POSITION : 0)
                    | (pieces ? PIECES : 0)
                    | (line.category().isPresent() ? CATEGORY : 0)
                    | (line.discounted() ? DISCOUNTED : 0)
                    | (line.giftVoucher() ? GIFT_VOUCHER : 0)
                    | (line.brand().isPresent() ? BRAND : 0)
                    | (line.sku().isPresent() ? SKU : 0)
                    | (line.off() > 0 ? OFF : 0));
            if (!position) {
                packed.text(line.id().value());
            }
            packed.number(pieces ? line.quantity() / THOUSAND : line.quantity());
            packed.number(line.total());
            line.category().ifPresent(category -> packed.number(categories.getOrDefault(category, 0)));
            line.brand().ifPresent(brand -> packed.text(brand.value()));
            line.sku().ifPresent(sku -> packed.text(sku.value()));
            if (line.off() > 0) {
                packed.number(line.off());
            }
        }
        return packed.bytes();
    }

    private static boolean isPosition(LineId id, int index) {
        return id.value().equals(Integer.toString(index + 1));
    }

    private static List<OrderBasis.Line> lines(byte[] bytes) {
        Packed.Reader packed = new Packed.Reader(bytes);
        List<Category> categories = new ArrayList<>();
        for (int count = packed.count(); count > 0; count--) {
            categories.add(new Category(packed.text()));
        }
        int size = packed.count();
        List<OrderBasis.Line> lines = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int flags = packed.count();
            LineId id = new LineId(is(flags, POSITION) ? Integer.toString(i + 1) : packed.text());
            long quantity = packed.number() * (is(flags, PIECES) ? THOUSAND : 1);
            long total = packed.number();
            Optional<Category> category =
                    is(flags, CATEGORY) ? Optional.of(categories.get(packed.count())) : Optional.empty();
            Optional<Brand> brand = is(flags, BRAND) ? Optional.of(new Brand(packed.text())) : Optional.empty();
            Optional<Sku> sku = is(flags, SKU) ? Optional.of(new Sku(packed.text())) : Optional.empty();
            long off = is(flags, OFF) ? packed.number() : 0;
            lines.add(new OrderBasis.Line(
                    id, quantity, total, category, is(flags, DISCOUNTED), is(flags, GIFT_VOUCHER), brand, sku, off));
        }
        return lines;
    }

    private static boolean is(int flags, int flag) {
        return (flags & flag) != 0;
    }

    static Item returned(Returned returned) {
        Item item = Item.empty().number("delivery", returned.delivery()).number("amount", returned.amount());
        if (!returned.quantities().isEmpty()) {
            Packed packed = new Packed().number(returned.quantities().size());
            int before = 0;
            for (var line : returned.quantities().entrySet()) {
                packed.number(line.getKey() - before).number(line.getValue());
                before = line.getKey();
            }
            item.bytes("lines", packed.bytes());
        }
        return item;
    }

    static Returned returned(Item item) {
        SortedMap<Integer, Long> quantities = new TreeMap<>();
        if (item.optionalBytes("lines").isPresent()) {
            Packed.Reader packed = new Packed.Reader(item.bytes("lines"));
            int line = 0;
            for (int count = packed.count(); count > 0; count--) {
                line += packed.count();
                quantities.put(line, packed.number());
            }
        }
        return new Returned(quantities, item.number("delivery"), item.number("amount"));
    }

    static Item refund(RefundContent content) {
        Packed packed = new Packed().number(content.lines().size());
        for (RefundContent.Line line : content.lines()) {
            OptionalLong amount = line.amount();
            packed.number(amount.isPresent() ? AMOUNT : 0)
                    .text(line.line().value())
                    .number(line.quantity().thousandths());
            amount.ifPresent(packed::number);
        }
        return Item.empty()
                .text("currency", content.currency().getCurrencyCode())
                .bytes("lines", packed.bytes())
                .number("delivery", content.delivery())
                .number("amount", content.amount());
    }

    static RefundContent refund(Item item) {
        Packed.Reader packed = new Packed.Reader(item.bytes("lines"));
        List<RefundContent.Line> lines = new ArrayList<>();
        for (int count = packed.count(); count > 0; count--) {
            boolean amount = is(packed.count(), AMOUNT);
            LineId id = new LineId(packed.text());
            Quantity quantity = new Quantity(packed.number());
            lines.add(new RefundContent.Line(
                    id, quantity, amount ? OptionalLong.of(packed.number()) : OptionalLong.empty()));
        }
        return new RefundContent(
                Currency.getInstance(item.text("currency")), lines, item.number("delivery"), item.number("amount"));
    }
}
