package kopilka.programmes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kopilka.api.Till;
import kopilka.api.Till.Answer;

/** Where a programme's members are served: puts what happens into requests, and sends them. It expects nothing. */
final class Counter {
    private static final Map<String, String> NO_HEADERS = Map.of();

    private final Programme programme;
    private final Till till;
    private final Supplier<Instant> clock;
    private final Map<String, List<Basket.Line>> ordered = new HashMap<>();
    private int requests;

    /**
     * @param clock what time it is
     */
    Counter(Programme programme, Till till, Supplier<Instant> clock) {
        this.programme = programme;
        this.till = till;
        this.clock = clock;
    }

    /** Where an order is placed, or points are spent. */
    private Till at(Basket.Place place) {
        return place.shop().map(till::of).orElse(till);
    }

    Answer joins(Step.Joins joins) {
        return till.send("PUT /v1/members/{member}", member(joins.member()), NO_HEADERS, Optional.of(object()));
    }

    Answer profile(Step.Profile profile) {
        ObjectNode body = object();
        profile.birthday().ifPresent(day -> body.put("birthday", "--" + day));
        if (!profile.segments().isEmpty()) {
            ArrayNode segments = body.putArray("segments");
            profile.segments().forEach(segments::add);
        }
        profile.region().ifPresent(region -> body.put("region", region));
        return till.send(
                "PUT /v1/members/{member}/profile",
                member(profile.member()),
                Map.of("Idempotency-Key", unique("profile")),
                Optional.of(body));
    }

    Answer does(Step.Does does) {
        ObjectNode body = object().put("activity", unique("activity"));
        body.put("member", id(does.member())).put("kind", does.kind()).put("at", now());
        if (does.verified()) {
            body.put("verified", true);
        }
        return till.send("POST /v1/activities", Map.of(), NO_HEADERS, Optional.of(body));
    }

    Answer quote(String member, Basket basket) {
        ObjectNode body = object().put("member", id(member)).put("language", "en");
        ObjectNode content = content(basket);
        basket.paidBy().ifPresent(method -> content.putArray("payments").add(method));
        body.set("content", content);
        return at(basket.place()).send("POST /v1/quotes", Map.of(), NO_HEADERS, Optional.of(body));
    }

    /**
     * Records that an order is paid.
     *
     * @param quote that it follows
     * @param discounts what that quote gave, by rule
     * @param total what it costs after these
     * @param spent what of it was paid from a wallet
     */
    Answer buys(
            Step.Buys buys,
            Optional<String> quote,
            Map<String, BigDecimal> discounts,
            BigDecimal total,
            Optional<Spent> spent) {
        Basket basket = buys.basket();
        ordered.put(buys.order(), basket.lines());
        ObjectNode content = content(basket).put("total", total.toPlainString());
        quote.ifPresent(id -> content.put("quote", id));
        if (!discounts.isEmpty()) {
            ArrayNode given = content.putArray("discounts");
            discounts.forEach(
                    (rule, amount) -> given.addObject().put("rule", rule).put("amount", amount.toPlainString()));
        }
        BigDecimal money = total;
        List<ObjectNode> payments = new ArrayList<>();
        if (spent.isPresent()) {
            money = money.subtract(spent.get().worth());
            payments.add(object().put("method", "points")
                    .put("amount", spent.get().worth().toPlainString())
                    .put("redemption", spent.get().redemption()));
        }
        if (basket.paidBy().isPresent() || (spent.isPresent() && money.signum() > 0)) {
            payments.add(object().put("method", basket.paidBy().orElse("card")).put("amount", money.toPlainString()));
        }
        if (!payments.isEmpty()) {
            content.putArray("payments").addAll(payments);
        }
        ObjectNode body = event(buys.member(), buys.order(), "paid");
        body.set("content", content);
        return at(basket.place()).send("POST /v1/orders", Map.of(), NO_HEADERS, Optional.of(body));
    }

    Answer receives(Step.Receives receives) {
        return order(event(receives.member(), receives.order(), "delivered"));
    }

    Answer cancels(Step.Cancels cancels) {
        return order(event(cancels.member(), cancels.order(), "cancelled"));
    }

    private Answer order(ObjectNode event) {
        return till.send("POST /v1/orders", Map.of(), NO_HEADERS, Optional.of(event));
    }

    private ObjectNode event(String member, String order, String event) {
        return object().put("order", order)
                .put("member", id(member))
                .put("event", event)
                .put("at", now());
    }

    Answer returns(Step.Returns returns) {
        ObjectNode body = refund(returns.member());
        ArrayNode lines = body.putArray("lines");
        List<Basket.Line> bought = bought(returns.order());
        for (int i = 0; i < bought.size(); i++) {
            Basket.Line line = bought.get(i);
            BigDecimal quantity = returns.goods().isEmpty()
                    ? line.quantity()
                    : returns.goods().get(line.sku());
            if (quantity != null) {
                lines.addObject().put("line", String.valueOf(i + 1)).put("quantity", quantity.toPlainString());
            }
        }
        if (!returns.goods().isEmpty() && lines.size() != returns.goods().size()) {
            throw new AssertionError(returns.order() + " has no such goods, or has them twice: "
                    + returns.goods().keySet());
        }
        return send(returns.order(), body);
    }

    Answer getsBack(Step.GetsBack back) {
        return send(
                back.order(), refund(back.member()).put("amount", back.amount().toPlainString()));
    }

    private List<Basket.Line> bought(String order) {
        return Optional.ofNullable(ordered.get(order))
                .orElseThrow(() -> new AssertionError("nobody has bought " + order));
    }

    private ObjectNode refund(String member) {
        return object().put("refund", unique("refund"))
                .put("member", id(member))
                .put("at", now())
                .put("currency", programme.currency());
    }

    private Answer send(String order, ObjectNode refund) {
        return till.send("POST /v1/orders/{order}/refunds", Map.of("order", order), NO_HEADERS, Optional.of(refund));
    }

    /**
     * What was spent from a wallet.
     *
     * @param redemption its id
     * @param worth what it paid
     */
    record Spent(String redemption, BigDecimal worth) {}

    /** Holds units of a wallet for an order of that total. */
    Answer holds(String member, String redemption, Units units, BigDecimal total, Basket.Place place) {
        ObjectNode body = object().put("redemption", redemption).put("member", id(member));
        if (!units.wallet().equals(programme.mainWallet())) {
            body.put("wallet", units.wallet());
        }
        body.put("points", units.count());
        body.putObject("order")
                .putObject("total")
                .put("amount", total.toPlainString())
                .put("currency", programme.currency());
        return at(place).send("POST /v1/redemptions", Map.of(), NO_HEADERS, Optional.of(body));
    }

    /** Spends all that is held. */
    Answer captures(String member, String redemption, Basket.Place place) {
        return at(place)
                .send(
                        "POST /v1/redemptions/{redemption}/capture",
                        Map.of("redemption", redemption),
                        NO_HEADERS,
                        Optional.of(object().put("member", id(member))));
    }

    Answer balance(String member) {
        return till.send("GET /v1/members/{member}/balance", member(member), NO_HEADERS, Optional.empty());
    }

    Answer tier(String member) {
        return till.send("GET /v1/members/{member}/tier", member(member), NO_HEADERS, Optional.empty());
    }

    /** An id that nothing has yet. */
    String unique(String what) {
        requests++;
        return what + "-" + requests;
    }

    private ObjectNode content(Basket basket) {
        ObjectNode content = object().put("currency", programme.currency());
        ArrayNode lines = content.putArray("lines");
        for (Basket.Line line : basket.lines()) {
            ObjectNode json = lines.addObject()
                    .put("sku", line.sku())
                    .put("quantity", line.quantity().toPlainString())
                    .put("total", line.total().toPlainString());
            line.category().ifPresent(category -> json.put("category", category));
            line.brand().ifPresent(brand -> json.put("brand", brand));
            if (line.voucher()) {
                json.put("giftVoucher", true);
            }
        }
        if (basket.delivery().signum() > 0) {
            content.put("delivery", basket.delivery().toPlainString());
        }
        if (basket.discount().signum() > 0) {
            content.put("discount", basket.discount().toPlainString());
        }
        basket.place().channel().ifPresent(channel -> content.put("channel", channel));
        basket.region().ifPresent(region -> content.put("region", region));
        if (!basket.coupons().isEmpty()) {
            ArrayNode coupons = content.putArray("coupons");
            basket.coupons().forEach(coupons::add);
        }
        return content;
    }

    private String now() {
        return clock.get().toString();
    }

    private static Map<String, String> member(String name) {
        return Map.of("member", id(name));
    }

    private static String id(String name) {
        return "m-" + name.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
