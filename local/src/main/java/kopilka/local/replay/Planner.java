package kopilka.local.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kopilka.local.replay.Planned.Shape;
import kopilka.local.replay.Row.Kind;
import kopilka.local.replay.Row.Line;
import kopilka.local.replay.Row.Link;
import kopilka.order.OrderId;
import kopilka.order.RefundId;

/**
 * Turns rows into what is to be sent. It remembers what refunds have taken from which order line, so it must see every row
 * once, in sequence; the same rows always come to the same messages. For one thread.
 *
 * <p>A line's total is quantity times unit price, rounded half up to the currency's decimals; an order's total is the sum
 * of these.
 */
final class Planner {
    /** The order of a refund that names none: there is no such order, so the refund waits for it and moves nothing. */
    static final String UNKNOWN_ORDER = "unknown:";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String GIFT_VOUCHER = "gift_voucher";

    /** More decimals than the API takes of a unit price, which is for the record alone. */
    private static final int MAX_PRICE_DECIMALS = 6;

    private final Map<String, Row> orders;
    private final Map<String, Row> seen = new HashMap<>();
    private final Map<String, List<Sold>> sold = new HashMap<>();
    private final Notes notes = new Notes();

    /** Plans for these rows. */
    Planner(List<Row> rows) {
        orders = rows.stream()
                .filter(row -> row.kind() == Kind.ORDER)
                .collect(Collectors.toMap(Row::id, row -> row, (first, second) -> first));
    }

    /** What was noticed so far. */
    Notes notes() {
        return notes;
    }

    /** A line as it was sold, and what of it was not returned yet. */
    private static final class Sold {
        private final String id;
        private final String sku;
        private final BigDecimal price;
        private BigDecimal left;

        Sold(String id, Line line) {
            this.id = id;
            this.sku = line.sku();
            this.price = line.unitPrice();
            this.left = line.quantity();
        }
    }

    /** Plans the next row. */
    Planned plan(Row row) {
        Optional<Integer> decimals = decimals(row.currency());
        if (decimals.isEmpty()) {
            return new Planned.Reject("currency is not one of ISO 4217");
        }
        Row before = seen.putIfAbsent(row.id(), row);
        if (before != null) {
            return says(before, row) ? new Planned.Repeat() : new Planned.Reject("id stands for another row already");
        }
        return switch (row.kind()) {
            case ORDER -> order(row, decimals.get());
            case REFUND -> refund(row, decimals.get());
        };
    }

    private static boolean says(Row one, Row other) {
        return one.kind() == other.kind()
                && one.customer().equals(other.customer())
                && one.at().isEqual(other.at())
                && one.amount().compareTo(other.amount()) == 0
                && one.currency().equals(other.currency())
                && one.original().equals(other.original());
    }

    private static Optional<Integer> decimals(String currency) {
        try {
            int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
            return decimals < 0 ? Optional.empty() : Optional.of(decimals);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------------------------------------------- orders

    private Planned order(Row row, int decimals) {
        ArrayNode lines = JSON.arrayNode();
        BigDecimal discount = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        int rounded = 0;
        if (row.lines().isEmpty()) {
            BigDecimal amount = row.amount().setScale(decimals, RoundingMode.HALF_UP);
            rounded += amount.compareTo(row.amount()) == 0 ? 0 : 1;
            total = amount;
            lines.addObject().put("sku", "order").put("quantity", "1").put("total", amount.toPlainString());
        }
        for (Line line : row.lines()) {
            notes.line();
            BigDecimal exact = line.quantity().multiply(line.unitPrice());
            BigDecimal value = exact.setScale(decimals, RoundingMode.HALF_UP);
            rounded += value.compareTo(exact) == 0 ? 0 : 1;
            if (value.signum() < 0) {
                // The API has no negative lines: what takes off is a discount of the whole order.
                notes.discount();
                discount = discount.subtract(value);
                total = total.add(value);
            } else if (line.quantity().signum() <= 0) {
                notes.emptyLine();
            } else {
                lines.add(line(line, value));
                total = total.add(value);
            }
        }
        if (total.signum() < 0) {
            return new Planned.Reject("an order of less than nothing");
        }
        if (lines.isEmpty()) {
            return new Planned.Reject("an order without goods");
        }
        notes.roundedLines(rounded);
        if (total.compareTo(row.amount()) != 0) {
            notes.otherTotal(total.subtract(row.amount()));
        }
        ObjectNode content = JSON.objectNode().put("currency", row.currency());
        content.set("lines", lines);
        if (discount.signum() > 0) {
            content.put("discount", discount.toPlainString());
        }
        content.put("total", total.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString());
        ObjectNode body = JSON.objectNode()
                .put("order", row.id())
                .put("member", row.customer())
                .put("event", "paid")
                .put("at", time(row));
        body.set("content", content);
        return new Planned.Send(Shape.ORDER, List.of(new Message.OrderPaid(new OrderId(row.id()), body)));
    }

    private ObjectNode line(Line line, BigDecimal total) {
        ObjectNode json = JSON.objectNode().put("sku", line.sku());
        if (!line.category().isEmpty()) {
            json.put("category", line.category());
        }
        json.put("quantity", plain(line.quantity()));
        if (line.unitPrice().stripTrailingZeros().scale() <= MAX_PRICE_DECIMALS) {
            json.put("unitPrice", plain(line.unitPrice()));
        }
        json.put("total", total.toPlainString());
        if (line.category().equals(GIFT_VOUCHER)) {
            notes.giftVoucher();
            json.put("giftVoucher", true);
        }
        if (total.signum() == 0) {
            notes.freeLine();
        }
        return json;
    }

    private static String time(Row row) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(row.at());
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    // ------------------------------------------------------------------------------------------------------ refunds

    /** What goes back of one order. */
    private static final class Return {
        private final SortedMap<Integer, Taken> lines = new TreeMap<>();
        private BigDecimal amount = BigDecimal.ZERO;

        void take(int position, Taken taken) {
            lines.merge(position, taken, Taken::plus);
        }

        boolean isEmpty() {
            return lines.isEmpty() && amount.signum() == 0;
        }
    }

    /**
     * What goes back of one order line.
     *
     * @param quantity of the goods
     * @param amount that was given back, where that is less than had been paid
     * @param paid what had been paid for as many
     */
    private record Taken(String line, BigDecimal quantity, Optional<BigDecimal> amount, BigDecimal paid) {
        Taken plus(Taken other) {
            Optional<BigDecimal> sum = amount.isEmpty() && other.amount.isEmpty()
                    ? Optional.empty()
                    : Optional.of(amount.orElse(paid).add(other.amount.orElse(other.paid)));
            return new Taken(line, quantity.add(other.quantity), sum, paid.add(other.paid));
        }
    }

    private Planned refund(Row row, int decimals) {
        Map<String, Return> returns = new LinkedHashMap<>();
        BigDecimal unknown = BigDecimal.ZERO;
        List<Link> links = links(row);
        if (row.lines().isEmpty() && links.isEmpty()) {
            BigDecimal amount = row.amount().abs().setScale(decimals, RoundingMode.HALF_UP);
            Optional<String> known = row.original().filter(order -> isOrderOf(order, row));
            if (known.isPresent()) {
                returns.computeIfAbsent(known.get(), order -> new Return()).amount = amount;
            } else {
                notes.unknown(stranger(row.original()), amount);
                unknown = amount;
            }
        }
        Map<Integer, BigDecimal> linked = new HashMap<>();
        for (Link link : links) {
            linked.merge(link.line(), link.quantity(), BigDecimal::add);
            if (isOrderOf(link.order(), row)) {
                match(link, returns.computeIfAbsent(link.order(), order -> new Return()), decimals);
            } else {
                BigDecimal money = money(link.quantity(), link.refundPrice(), decimals);
                notes.unknown(stranger(Optional.of(link.order())), money);
                unknown = unknown.add(money);
            }
        }
        for (int i = 0; i < row.lines().size(); i++) {
            notes.line();
            Line line = row.lines().get(i);
            BigDecimal rest = line.quantity().negate().subtract(linked.getOrDefault(i + 1, BigDecimal.ZERO));
            BigDecimal money = money(rest, line.unitPrice(), decimals);
            if (money.signum() > 0) {
                notes.unknown("no link to an order", money);
                unknown = unknown.add(money);
            }
        }
        return send(row, returns, unknown);
    }

    /** The links of a refund; without any, those that its order and its lines make. */
    private static List<Link> links(Row row) {
        if (!row.links().isEmpty() || row.original().isEmpty()) {
            return row.links();
        }
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < row.lines().size(); i++) {
            Line line = row.lines().get(i);
            if (line.quantity().signum() < 0) {
                links.add(new Link(
                        i + 1,
                        line.sku(),
                        line.quantity().negate(),
                        line.unitPrice(),
                        row.original().get(),
                        line.unitPrice()));
            }
        }
        return links;
    }

    private boolean isOrderOf(String order, Row refund) {
        Row known = orders.get(order);
        return known != null && known.customer().equals(refund.customer());
    }

    private String stranger(Optional<String> order) {
        if (order.isEmpty()) {
            return "no link to an order";
        }
        return orders.containsKey(order.get()) ? "its order is another customer's" : "its order is not in the file";
    }

    private static BigDecimal money(BigDecimal quantity, BigDecimal price, int decimals) {
        return quantity.multiply(price).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** Finds what is left of the goods: in lines of the same price first, then in others. */
    private void match(Link link, Return back, int decimals) {
        List<Sold> lines =
                sold.computeIfAbsent(link.order(), order -> soldIn(Objects.requireNonNull(orders.get(order), order)));
        BigDecimal missing = link.quantity();
        boolean there = false;
        for (boolean samePrice : new boolean[] {true, false}) {
            for (int i = 0; i < lines.size() && missing.signum() > 0; i++) {
                Sold line = lines.get(i);
                if (!line.sku.equals(link.sku()) || (line.price.compareTo(link.price()) == 0) != samePrice) {
                    continue;
                }
                there = true;
                BigDecimal part = missing.min(line.left);
                if (part.signum() > 0) {
                    line.left = line.left.subtract(part);
                    missing = missing.subtract(part);
                    back.take(i, taken(line, part, link, decimals));
                }
            }
        }
        if (missing.signum() > 0) {
            notes.unmatched(
                    there ? "more than is left of the goods in the order" : "the order has no such goods",
                    money(missing, link.refundPrice(), decimals));
        }
    }

    private Taken taken(Sold line, BigDecimal part, Link link, int decimals) {
        int dearer = link.refundPrice().compareTo(line.price);
        if (dearer > 0) {
            // Never more goes back than was paid: what the shop gave beyond that is its own affair.
            notes.dearerRefund();
        }
        Optional<BigDecimal> less =
                dearer < 0 ? Optional.of(money(part, link.refundPrice(), decimals)) : Optional.empty();
        return new Taken(line.id, part, less, money(part, line.price, decimals));
    }

    private static List<Sold> soldIn(Row order) {
        List<Sold> lines = new ArrayList<>();
        for (Line line : order.lines()) {
            // As sent: lines of nothing and discounts are not among the order's lines.
            if (line.quantity().signum() > 0 && line.unitPrice().signum() >= 0) {
                lines.add(new Sold(String.valueOf(lines.size() + 1), line));
            }
        }
        return lines;
    }

    private static Planned send(Row row, Map<String, Return> returns, BigDecimal unknown) {
        List<Message> messages = new ArrayList<>();
        returns.forEach((order, back) -> {
            if (!back.isEmpty()) {
                messages.add(message(row, order, back));
            }
        });
        int known = messages.size();
        if (unknown.signum() > 0) {
            Return back = new Return();
            back.amount = unknown;
            messages.add(message(row, UNKNOWN_ORDER + row.id(), back));
        }
        if (messages.isEmpty()) {
            return new Planned.Reject("nothing of the refund can be matched");
        }
        Shape one = known == 1 ? Shape.REFUND : Shape.UNKNOWN;
        return new Planned.Send(messages.size() > 1 ? Shape.SPLIT : one, messages);
    }

    private static Message message(Row row, String order, Return back) {
        ObjectNode body = JSON.objectNode()
                .put("refund", row.id())
                .put("member", row.customer())
                .put("at", time(row));
        if (!back.lines.isEmpty()) {
            ArrayNode lines = body.putArray("lines");
            back.lines.values().forEach(taken -> {
                ObjectNode line = lines.addObject().put("line", taken.line()).put("quantity", plain(taken.quantity()));
                taken.amount().ifPresent(amount -> line.put("amount", amount.toPlainString()));
            });
        }
        if (back.amount.signum() > 0) {
            body.put("amount", back.amount.toPlainString());
        }
        body.put("currency", row.currency());
        return new Message.Refund(new OrderId(order), new RefundId(row.id()), body);
    }
}
