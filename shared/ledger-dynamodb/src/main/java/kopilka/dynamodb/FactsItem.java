package kopilka.dynamodb;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import kopilka.earning.Earning;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.MemberId;
import kopilka.ledger.OperationId;
import kopilka.ledger.ReferralCode;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;
import kopilka.program.Category;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Rate;

/** The facts of a posting, as a map in its item. */
final class FactsItem {
    private static final String TYPE = "is";
    private static final String ORDER = "order";
    private static final String REDEMPTION = "redemption";

    private FactsItem() {}

    static Item of(Facts facts) {
        Item item = Item.empty();
        return switch (facts) {
            case Facts.Enrolled enrolled -> item.text(TYPE, "enrolled");
            case Facts.Closed closed -> item.text(TYPE, "closed").text("reason", closed.reason());
            case Facts.OrderNoted noted ->
                item.text(TYPE, "noted")
                        .text(ORDER, noted.order().value())
                        .text("event", noted.kind().code())
                        .instant("at", noted.at())
                        .flag("waiting", noted.waiting())
                        .number("earned", noted.earned());
            case Facts.OrderPaid paid ->
                item.text(TYPE, "paid")
                        .text(ORDER, paid.order().value())
                        .instant("at", paid.at())
                        .map("basis", OrderContent.basis(paid.basis()))
                        .map("earning", earning(paid.earning()))
                        .text("term", paid.term().map(Compact::term))
                        .texts("applied", operations(paid.applied()))
                        .texts("ignored", operations(paid.ignored()))
                        .map("effect", effect(paid.effect()));
            case Facts.OrderDelivered delivered ->
                item.text(TYPE, "delivered")
                        .text(ORDER, delivered.order().value())
                        .instant("at", delivered.at())
                        .text("term", Compact.term(delivered.term()))
                        .number("earned", delivered.earned());
            case Facts.OrderCancelled cancelled ->
                item.text(TYPE, "cancelled")
                        .text(ORDER, cancelled.order().value())
                        .instant("at", cancelled.at())
                        .map("effect", effect(cancelled.effect()));
            case Facts.Refunded refunded ->
                item.text(TYPE, "refunded")
                        .text(ORDER, refunded.order().value())
                        .text("refund", refunded.refund().value())
                        .instant("at", refunded.at())
                        .map("returned", OrderContent.returned(refunded.returned()))
                        .map("effect", effect(refunded.effect()));
            case Facts.RefundWaiting waiting ->
                item.text(TYPE, "refund_waiting")
                        .text(ORDER, waiting.order().value())
                        .text("refund", waiting.refund().value())
                        .instant("at", waiting.at())
                        .map("content", OrderContent.refund(waiting.content()));
            case Facts.Held held ->
                item.text(TYPE, "held")
                        .text(REDEMPTION, held.redemption().value())
                        .number("points", held.points())
                        .text("worth", money(held.worth()))
                        .instant("until", held.until())
                        .text("total", money(held.orderTotal()))
                        .text(ORDER, held.order().map(OrderId::value));
            case Facts.Captured captured ->
                item.text(TYPE, "captured")
                        .text(REDEMPTION, captured.redemption().value())
                        .number("captured", captured.captured())
                        .number("returned", captured.returned())
                        .text("worth", money(captured.worth()));
            case Facts.Voided voided ->
                item.text(TYPE, "voided")
                        .text(REDEMPTION, voided.redemption().value())
                        .number("points", voided.points())
                        .text("worth", money(voided.worth()));
            case Facts.Settled settled -> item.text(TYPE, "settled");
            case Facts.CodeIssued issued ->
                item.text(TYPE, "code_issued").text("code", issued.code().value());
            case Facts.RefereeAttached attached ->
                item.text(TYPE, "referee_attached")
                        .text("referrer", attached.referrer().value());
            case Facts.ReferrerRewarded rewarded ->
                item.text(TYPE, "referrer_rewarded")
                        .text("referee", rewarded.referee().value())
                        .text(ORDER, rewarded.order().value())
                        .number("points", rewarded.points())
                        .text("term", Compact.term(rewarded.term()));
            case Facts.RewardTakenBack taken ->
                item.text(TYPE, "reward_taken_back")
                        .text("referee", taken.referee().value())
                        .text(ORDER, taken.order().value())
                        .number("reversed", taken.reversed())
                        .number("debt", taken.debt())
                        .number("writtenOff", taken.writtenOff());
        };
    }

    static Facts read(Item item) {
        return switch (item.text(TYPE)) {
            case "enrolled" -> new Facts.Enrolled();
            case "closed" -> new Facts.Closed(item.optionalText("reason"));
            case "noted" ->
                new Facts.OrderNoted(
                        order(item),
                        OrderEventKind.valueOf(Compact.constant(item.text("event"))),
                        item.instant("at"),
                        item.flag("waiting"),
                        item.number("earned"));
            case "paid" ->
                new Facts.OrderPaid(
                        order(item),
                        item.instant("at"),
                        OrderContent.basis(item.map("basis")),
                        earning(item.map("earning")),
                        item.optionalText("term").map(Compact::term),
                        operations(item, "applied"),
                        operations(item, "ignored"),
                        effect(item.map("effect")));
            case "delivered" ->
                new Facts.OrderDelivered(
                        order(item), item.instant("at"), Compact.term(item.text("term")), item.number("earned"));
            case "cancelled" -> new Facts.OrderCancelled(order(item), item.instant("at"), effect(item.map("effect")));
            case "refunded" ->
                new Facts.Refunded(
                        order(item),
                        new RefundId(item.text("refund")),
                        item.instant("at"),
                        OrderContent.returned(item.map("returned")),
                        effect(item.map("effect")));
            case "refund_waiting" ->
                new Facts.RefundWaiting(
                        order(item),
                        new RefundId(item.text("refund")),
                        item.instant("at"),
                        OrderContent.refund(item.map("content")));
            case "held" ->
                new Facts.Held(
                        redemption(item),
                        item.number("points"),
                        money(item.text("worth")),
                        item.instant("until"),
                        money(item.text("total")),
                        item.optionalText(ORDER).map(OrderId::new));
            case "captured" ->
                new Facts.Captured(
                        redemption(item), item.number("captured"), item.number("returned"), money(item.text("worth")));
            case "voided" -> new Facts.Voided(redemption(item), item.number("points"), money(item.text("worth")));
            case "settled" -> new Facts.Settled();
            case "code_issued" -> new Facts.CodeIssued(new ReferralCode(item.text("code")));
            case "referee_attached" -> new Facts.RefereeAttached(new MemberId(item.text("referrer")));
            case "referrer_rewarded" ->
                new Facts.ReferrerRewarded(
                        new MemberId(item.text("referee")),
                        order(item),
                        item.number("points"),
                        Compact.term(item.text("term")));
            case "reward_taken_back" ->
                new Facts.RewardTakenBack(
                        new MemberId(item.text("referee")),
                        order(item),
                        item.number("reversed"),
                        item.number("debt"),
                        item.number("writtenOff"));
            default -> throw new IllegalStateException("a posting has facts of an unknown kind");
        };
    }

    private static OrderId order(Item item) {
        return new OrderId(item.text(ORDER));
    }

    private static RedemptionId redemption(Item item) {
        return new RedemptionId(item.text(REDEMPTION));
    }

    private static List<String> operations(List<OperationId> operations) {
        return operations.stream().map(OperationId::value).toList();
    }

    private static List<OperationId> operations(Item item, String name) {
        return item.texts(name).stream().map(OperationId::new).toList();
    }

    /** Such as {@code 1250 EUR}: minor units. */
    private static String money(Money money) {
        return money.minor() + " " + money.currency().getCurrencyCode();
    }

    private static Money money(String text) {
        int space = text.indexOf(' ');
        return new Money(Long.parseLong(text.substring(0, space)), Currency.getInstance(text.substring(space + 1)));
    }

    private static Item effect(Return effect) {
        return Item.empty()
                .number("value", effect.value())
                .number("earned", effect.earned())
                .number("reversed", effect.reversed())
                .number("restored", effect.restored())
                .number("debt", effect.debt())
                .number("deducted", effect.deducted())
                .number("deduction", effect.deduction())
                .number("writtenOff", effect.writtenOff());
    }

    private static Return effect(Item item) {
        return new Return(
                item.number("value"),
                item.number("earned"),
                item.number("reversed"),
                item.number("restored"),
                item.number("debt"),
                item.number("deducted"),
                item.number("deduction"),
                item.number("writtenOff"));
    }

    private static Item earning(Earning earning) {
        return Item.empty()
                .number("points", earning.points().value())
                .texts("parts", earning.parts().stream().map(FactsItem::part).toList())
                .number("goods", earning.goodsValue())
                .text("rounding", Compact.name(earning.rounding()))
                .number("uncapped", earning.uncapped().value())
                .texts(
                        "excluded",
                        earning.excluded().stream()
                                .map(excluded -> excluded.amount() + " " + Compact.name(excluded.what()))
                                .toList());
    }

    private static Earning earning(Item item) {
        return new Earning(
                Points.of(item.number("points")),
                item.texts("parts").stream().map(FactsItem::part).toList(),
                item.number("goods"),
                Rounding.valueOf(Compact.constant(item.text("rounding"))),
                Points.of(item.number("uncapped")),
                item.texts("excluded").stream().map(FactsItem::excluded).toList());
    }

    /** Such as {@code 2469 1/100} or {@code 2469 2/100 premium}: an amount, the rate, the category to the end. */
    private static String part(Earning.Part part) {
        return part.base() + " " + part.rate().points() + "/" + part.rate().perMinor()
                + part.category().map(category -> " " + category.value()).orElse("");
    }

    private static Earning.Part part(String text) {
        int base = text.indexOf(' ');
        int slash = text.indexOf('/', base);
        int rate = text.indexOf(' ', slash);
        int end = rate < 0 ? text.length() : rate;
        return new Earning.Part(
                rate < 0 ? Optional.empty() : Optional.of(new Category(text.substring(rate + 1))),
                Long.parseLong(text.substring(0, base)),
                new Rate(
                        Long.parseLong(text.substring(base + 1, slash)),
                        Long.parseLong(text.substring(slash + 1, end))));
    }

    private static Earning.Excluded excluded(String text) {
        int space = text.indexOf(' ');
        return new Earning.Excluded(
                Earning.Excluded.What.valueOf(Compact.constant(text.substring(space + 1))),
                Long.parseLong(text.substring(0, space)));
    }
}
