package kopilka.ledger;

import java.util.Comparator;
import kopilka.earning.Rewards;
import kopilka.program.BirthdayWindow;
import kopilka.program.Circumstances;

/** Feeds what an order earns by rules, and under which circumstances, to a digest. */
final class RewardsDigest {
    private RewardsDigest() {}

    static void feed(Digest digest, Rewards rewards) {
        digest.text("rewards/1")
                .each(
                        rewards.wallets().entrySet(),
                        wallet -> digest.text(wallet.getKey().value())
                                .number(wallet.getValue().units())
                                .number(wallet.getValue().uncapped())
                                .each(wallet.getValue().parts(), part -> feed(digest, part)))
                .each(
                        rewards.benefits(),
                        granted -> digest.text(granted.rule().value())
                                .text(granted.benefit().kind().name())
                                .optional(granted.benefit().label(), digest::text))
                .number(rewards.goodsValue())
                .each(
                        rewards.excluded(),
                        excluded -> digest.text(excluded.what().name()).number(excluded.amount()));
    }

    private static void feed(Digest digest, Rewards.Part part) {
        digest.text(part.rule().value());
        switch (part) {
            case Rewards.OnValue value ->
                digest.text("value")
                        .number(value.base())
                        .number(value.rate().points())
                        .number(value.rate().perMinor())
                        .number(value.factor())
                        .each(value.multipliers(), rule -> digest.text(rule.value()));
            case Rewards.Once once -> digest.text("once").number(once.units());
        }
    }

    static void feed(Digest digest, Under under) {
        feed(digest, under.circumstances());
        digest.optional(under.quote(), quote -> digest.number(quote.version()).instant(quote.at()));
    }

    private static void feed(Digest digest, Circumstances circumstances) {
        digest.text("circumstances/1")
                .optional(circumstances.shop(), shop -> digest.text(shop.value()))
                .optional(circumstances.channel(), channel -> digest.text(channel.value()))
                .optional(circumstances.region(), region -> digest.text(region.value()))
                .each(
                        circumstances.payments().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList(),
                        digest::text)
                .each(
                        circumstances.coupons().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList(),
                        digest::text)
                .optional(circumstances.tier(), tier -> digest.text(tier.value()))
                .each(
                        circumstances.ordersBefore().entrySet(),
                        orders -> digest.text(orders.getKey().name()).number(orders.getValue()))
                .number(circumstances.spentBefore())
                .each(
                        circumstances.segments().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList(),
                        digest::text)
                .optional(circumstances.joined(), day -> digest.number(day.toEpochDay()))
                .each(
                        circumstances.birthdays().stream()
                                .sorted(Comparator.comparingInt(BirthdayWindow::before)
                                        .thenComparingInt(BirthdayWindow::after))
                                .toList(),
                        window -> digest.number(window.before()).number(window.after()));
    }
}
