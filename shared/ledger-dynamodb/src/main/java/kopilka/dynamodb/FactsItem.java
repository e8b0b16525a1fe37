package kopilka.dynamodb;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import kopilka.earning.Earning;
import kopilka.earning.Earnings;
import kopilka.earning.Rewards;
import kopilka.ledger.ActivityId;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.ledger.MemberId;
import kopilka.ledger.OperationId;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Under;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;
import kopilka.program.ActivityKind;
import kopilka.program.Category;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Rate;
import kopilka.program.WalletId;

/** The facts of a posting, as a map in its item. */
final class FactsItem {
    private static final String TYPE = "is";
    private static final String ORDER = "order";
    private static final String REDEMPTION = "redemption";
    private static final String WALLET = "wallet";
    private static final String WALLETS = "wallets";

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
                        .number("earned", noted.earned().getOrDefault(WalletId.POINTS, 0L))
                        .others(WALLETS, noted.earned(), points -> Item.empty().number("earned", points));
            case Facts.OrderPaid paid -> {
                item.text(TYPE, "paid")
                        .text(ORDER, paid.order().value())
                        .instant("at", paid.at())
                        .map("basis", OrderContent.basis(paid.basis()))
                        .texts("applied", operations(paid.applied()))
                        .texts("ignored", operations(paid.ignored()))
                        .map("effect", effect(paid.effect()));
                switch (paid.earning()) {
                    case Earning earning -> item.map("earning", earning(earning));
                    case Rewards rewards -> item.map("rewards", RewardsItem.of(rewards));
                }
                if (!paid.under().equals(Under.NOTHING)) {
                    item.map("under", RewardsItem.of(paid.under()));
                }
                yield isOfFirstFormat(paid)
                        ? item.text(
                                "term",
                                paid.earned().values().stream()
                                        .findFirst()
                                        .flatMap(Earned::term)
                                        .map(Compact::term))
                        : item.byWallet(WALLETS, paid.earned(), earned -> earned(Item.empty(), earned));
            }
            case Facts.OrderDelivered delivered ->
                earned(item, delivered.earned().getOrDefault(WalletId.POINTS, Earned.NONE))
                        .text(TYPE, "delivered")
                        .text(ORDER, delivered.order().value())
                        .instant("at", delivered.at())
                        .others(WALLETS, delivered.earned(), earned -> earned(Item.empty(), earned));
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
                        .wallet(WALLET, held.wallet())
                        .number("points", held.points())
                        .text("worth", money(held.worth()))
                        .instant("until", held.until())
                        .text("total", money(held.orderTotal()))
                        .text(ORDER, held.order().map(OrderId::value));
            case Facts.Captured captured ->
                item.text(TYPE, "captured")
                        .text(REDEMPTION, captured.redemption().value())
                        .wallet(WALLET, captured.wallet())
                        .number("captured", captured.captured())
                        .number("returned", captured.returned())
                        .text("worth", money(captured.worth()));
            case Facts.Voided voided ->
                item.text(TYPE, "voided")
                        .text(REDEMPTION, voided.redemption().value())
                        .wallet(WALLET, voided.wallet())
                        .number("points", voided.points())
                        .text("worth", money(voided.worth()));
            case Facts.ActivityRewarded rewarded ->
                item.text(TYPE, "activity")
                        .text("activity", rewarded.activity().value())
                        .text("kind", rewarded.kind().value())
                        .instant("at", rewarded.at());
            case Facts.ProfileChanged changed -> item.text(TYPE, "profile");
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
                        .wallet(WALLET, rewarded.wallet())
                        .number("points", rewarded.points())
                        .text("term", Compact.term(rewarded.term()));
            case Facts.RewardTakenBack taken ->
                item.text(TYPE, "reward_taken_back")
                        .text("referee", taken.referee().value())
                        .text(ORDER, taken.order().value())
                        .wallet(WALLET, taken.wallet())
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
                        item.wallets(WALLETS, item.number("earned"), some -> some.number("earned")));
            case "paid" -> {
                Optional<Item> rewards = item.optionalMap("rewards");
                Earnings earning = rewards.isPresent() ? RewardsItem.read(rewards.get()) : earning(item.map("earning"));
                boolean pointsAlone = item.optionalMap(WALLETS).isEmpty() && rewards.isEmpty();
                Earned points = pointsAlone ? earned(item, earning.units(WalletId.POINTS)) : Earned.NONE;
                yield new Facts.OrderPaid(
                        order(item),
                        item.instant("at"),
                        OrderContent.basis(item.map("basis")),
                        item.optionalMap("under").map(RewardsItem::under).orElse(Under.NOTHING),
                        earning,
                        item.wallets(WALLETS, points, FactsItem::earned),
                        operations(item, "applied"),
                        operations(item, "ignored"),
                        effect(item.map("effect")));
            }
            case "delivered" ->
                new Facts.OrderDelivered(
                        order(item), item.instant("at"), item.wallets(WALLETS, earned(item), FactsItem::earned));
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
                        item.wallet(WALLET),
                        item.number("points"),
                        money(item.text("worth")),
                        item.instant("until"),
                        money(item.text("total")),
                        item.optionalText(ORDER).map(OrderId::new));
            case "captured" ->
                new Facts.Captured(
                        redemption(item),
                        item.wallet(WALLET),
                        item.number("captured"),
                        item.number("returned"),
                        money(item.text("worth")));
            case "voided" ->
                new Facts.Voided(
                        redemption(item), item.wallet(WALLET), item.number("points"), money(item.text("worth")));
            case "activity" ->
                new Facts.ActivityRewarded(
                        new ActivityId(item.text("activity")), new ActivityKind(item.text("kind")), item.instant("at"));
            case "profile" -> new Facts.ProfileChanged();
            case "settled" -> new Facts.Settled();
            case "code_issued" -> new Facts.CodeIssued(new ReferralCode(item.text("code")));
            case "referee_attached" -> new Facts.RefereeAttached(new MemberId(item.text("referrer")));
            case "referrer_rewarded" ->
                new Facts.ReferrerRewarded(
                        new MemberId(item.text("referee")),
                        order(item),
                        item.wallet(WALLET),
                        item.number("points"),
                        Compact.term(item.text("term")));
            case "reward_taken_back" ->
                new Facts.RewardTakenBack(
                        new MemberId(item.text("referee")),
                        order(item),
                        item.wallet(WALLET),
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

    /** Whether facts have nothing to say that the first format has no room for, beside the wallets that they name. */
    static boolean isOfFirstFormat(Facts facts) {
        return switch (facts) {
            case Facts.OrderPaid paid -> isOfFirstFormat(paid);
            case Facts.ActivityRewarded rewarded -> false;
            case Facts.ProfileChanged changed -> false;
            default -> true;
        };
    }

    /** Whether an order earned points alone, and as many as its explanation says. */
    private static boolean isOfFirstFormat(Facts.OrderPaid paid) {
        Earned points = paid.earned().getOrDefault(WalletId.POINTS, Earned.NONE);
        return paid.earning() instanceof Earning
                && paid.under().equals(Under.NOTHING)
                && !OrderContent.isForRules(paid.basis())
                && paid.earned().keySet().stream().allMatch(WalletId.POINTS::equals)
                && points.points() == paid.earning().units(WalletId.POINTS);
    }

    private static Item earned(Item item, Earned earned) {
        return item.number("earned", earned.points()).text("term", earned.term().map(Compact::term));
    }

    private static Earned earned(Item item) {
        return earned(item, item.number("earned"));
    }

    private static Earned earned(Item item, long points) {
        return new Earned(points, item.optionalText("term").map(Compact::term));
    }

    private static Item effect(Return effect) {
        Item item = Item.empty().number("value", effect.value());
        return effect(item, effect.in(WalletId.POINTS))
                .others(WALLETS, effect.wallets(), other -> effect(Item.empty(), other));
    }

    private static Item effect(Item item, WalletReturn effect) {
        return item.number("earned", effect.earned())
                .number("reversed", effect.reversed())
                .number("restored", effect.restored())
                .number("debt", effect.debt())
                .number("deducted", effect.deducted())
                .number("deduction", effect.deduction())
                .number("writtenOff", effect.writtenOff());
    }

    private static Return effect(Item item) {
        return new Return(item.number("value"), item.wallets(WALLETS, ofWallet(item), FactsItem::ofWallet));
    }

    private static WalletReturn ofWallet(Item item) {
        return new WalletReturn(
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
