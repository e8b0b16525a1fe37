package kopilka.ledger;

import java.util.SortedMap;
import java.util.function.Consumer;
import kopilka.earning.Earning;
import kopilka.earning.Rewards;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.money.Money;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.WalletId;
import kopilka.tiers.TierChange;

/**
 * The hash over a posting: every field but the hash itself, in a fixed sequence. A field that is added later is fed only
 * where it has a value, so that old postings keep their hashes.
 *
 * <p>What is said of the wallet {@link WalletId#POINTS} is fed as it was when there was no other, with zeros where nothing is
 * said. What is said of another wallet follows it, each time behind the text {@code wallet} and the wallet's id. Where that
 * text may stand, without it there comes another text (the kind of the next movement, or of the facts) or a yes or no (0 or
 * 1, where a text begins with its length): so no two postings are fed alike. No kind must ever be called {@code wallet}.
 */
final class PostingDigest {
    private final Digest digest = new Digest();

    private PostingDigest() {}

    static Hash of(Posting posting) {
        PostingDigest it = new PostingDigest();
        it.digest
                .text("posting/1")
                .text(posting.member().program().value())
                .text(posting.member().member().value())
                .number(posting.sequence())
                .text(posting.operation().value())
                .text(posting.fingerprint().hex())
                .instant(posting.at())
                .number(posting.programVersion())
                .each(posting.movements(), it::movement);
        it.facts(posting.facts());
        it.digest.optional(posting.signal(), it::signal);
        if (!posting.tierChanges().isEmpty()) {
            it.digest.text("tiers").each(posting.tierChanges(), it::tierChange);
        }
        it.balance(posting.balance(WalletId.POINTS));
        it.others(posting.balances(), it::balance);
        it.digest
                .optional(posting.previous(), previous -> it.digest.text(previous.value()))
                .text(posting.previousHash().hex());
        return it.digest.hash();
    }

    /** Feeds to which wallet what follows belongs, or what came before. */
    private void wallet(WalletId wallet) {
        digest.text("wallet").text(wallet.value());
    }

    /** Another text than the one before a wallet that a return did something to: either may stand there. */
    private void earnedIn(WalletId wallet) {
        digest.text("earned").text(wallet.value());
    }

    private void otherThanPoints(WalletId wallet) {
        if (!wallet.equals(WalletId.POINTS)) {
            wallet(wallet);
        }
    }

    private <T> void others(SortedMap<WalletId, T> values, Consumer<T> feed) {
        values.forEach((wallet, value) -> {
            if (!wallet.equals(WalletId.POINTS)) {
                wallet(wallet);
                feed.accept(value);
            }
        });
    }

    private void balance(Balance balance) {
        digest.number(balance.available())
                .number(balance.pending())
                .number(balance.held())
                .number(balance.debt());
    }

    private void earned(Earned earned) {
        digest.number(earned.points()).optional(earned.term(), this::term);
    }

    private void movement(Movement movement) {
        digest.text(movement.kind().name())
                .number(movement.points())
                .text(movement.from().name())
                .text(movement.to().name())
                .optional(movement.term(), this::term)
                .instant(movement.at())
                .text(movement.reason().name());
        otherThanPoints(movement.wallet());
    }

    private void tierChange(TierChange change) {
        digest.text(change.from().value())
                .text(change.to().value())
                .instant(change.at())
                .text(change.reason().name());
    }

    private void term(Term term) {
        digest.number(term.availableFrom().toEpochDay()).number(term.expires().toEpochDay());
    }

    private void money(Money money) {
        digest.number(money.minor()).text(money.currency().getCurrencyCode());
    }

    private void signal(ReferralSignal signal) {
        digest.text(signal.referrer().value()).text(signal.order().value());
        switch (signal) {
            case ReferralSignal.Qualified qualified -> {
                if (qualified.wallet().equals(WalletId.POINTS)) {
                    digest.text("qualified");
                } else {
                    // A balance follows a signal, and could be taken for the length of a text: so it is said at first.
                    digest.text("qualified in").text(qualified.wallet().value());
                }
                term(qualified.term());
                digest.number(qualified.points());
            }
            case ReferralSignal.Disqualified disqualified -> digest.text("disqualified");
        }
    }

    private void facts(Facts facts) {
        switch (facts) {
            case Facts.Enrolled enrolled -> digest.text("enrolled");
            case Facts.Closed closed -> digest.text("closed").optional(closed.reason(), digest::text);
            case Facts.OrderNoted noted -> {
                digest.text("order noted")
                        .text(noted.order().value())
                        .text(noted.kind().code())
                        .instant(noted.at())
                        .flag(noted.waiting())
                        .number(noted.earned().getOrDefault(WalletId.POINTS, 0L));
                others(noted.earned(), digest::number);
            }
            case Facts.OrderPaid paid -> {
                digest.text("order paid").text(paid.order().value()).instant(paid.at());
                basis(paid.basis());
                switch (paid.earning()) {
                    case Earning earning -> earning(earning);
                    case Rewards rewards -> RewardsDigest.feed(digest, rewards);
                }
                if (!paid.under().equals(Under.NOTHING)) {
                    RewardsDigest.feed(digest, paid.under());
                }
                Earned points = paid.earned().getOrDefault(WalletId.POINTS, Earned.NONE);
                digest.optional(points.term(), this::term)
                        .each(paid.applied(), operation -> digest.text(operation.value()))
                        .each(paid.ignored(), operation -> digest.text(operation.value()));
                returned(paid.effect());
                if (points.points() != paid.earning().units(WalletId.POINTS)) {
                    earnedIn(WalletId.POINTS);
                    digest.number(points.points());
                }
                paid.earned().forEach((wallet, earned) -> {
                    if (!wallet.equals(WalletId.POINTS)) {
                        earnedIn(wallet);
                        earned(earned);
                    }
                });
            }
            case Facts.OrderDelivered delivered -> {
                digest.text("order delivered").text(delivered.order().value()).instant(delivered.at());
                Earned points = delivered.earned().getOrDefault(WalletId.POINTS, Earned.NONE);
                points.term().ifPresentOrElse(this::term, () -> digest.number(0).number(0));
                digest.number(points.points());
                if (points.term().isEmpty()) {
                    wallet(WalletId.POINTS);
                }
                others(delivered.earned(), this::earned);
            }
            case Facts.OrderCancelled cancelled -> {
                digest.text("order cancelled").text(cancelled.order().value()).instant(cancelled.at());
                returned(cancelled.effect());
            }
            case Facts.Refunded refunded -> {
                digest.text("refunded")
                        .text(refunded.order().value())
                        .text(refunded.refund().value())
                        .instant(refunded.at());
                quantities(refunded.returned());
                returned(refunded.effect());
            }
            case Facts.RefundWaiting waiting -> {
                digest.text("refund waiting")
                        .text(waiting.order().value())
                        .text(waiting.refund().value())
                        .instant(waiting.at());
                OrderDigest.feed(digest, waiting.content());
            }
            case Facts.Held held -> {
                digest.text("held").text(held.redemption().value()).number(held.points());
                money(held.worth());
                digest.instant(held.until());
                money(held.orderTotal());
                digest.optional(held.order(), order -> digest.text(order.value()));
                otherThanPoints(held.wallet());
            }
            case Facts.Captured captured -> {
                digest.text("captured")
                        .text(captured.redemption().value())
                        .number(captured.captured())
                        .number(captured.returned());
                money(captured.worth());
                otherThanPoints(captured.wallet());
            }
            case Facts.Voided voided -> {
                digest.text("voided").text(voided.redemption().value()).number(voided.points());
                money(voided.worth());
                otherThanPoints(voided.wallet());
            }
            case Facts.ActivityRewarded rewarded ->
                digest.text("activity rewarded")
                        .text(rewarded.activity().value())
                        .text(rewarded.kind().value())
                        .instant(rewarded.at());
            case Facts.ProfileChanged changed -> digest.text("profile changed");
            case Facts.Settled settled -> digest.text("settled");
            case Facts.CodeIssued issued ->
                digest.text("code issued").text(issued.code().value());
            case Facts.RefereeAttached attached ->
                digest.text("referee attached").text(attached.referrer().value());
            case Facts.ReferrerRewarded rewarded -> {
                digest.text("referrer rewarded")
                        .text(rewarded.referee().value())
                        .text(rewarded.order().value())
                        .number(rewarded.points());
                term(rewarded.term());
                otherThanPoints(rewarded.wallet());
            }
            case Facts.RewardTakenBack taken -> {
                digest.text("reward taken back")
                        .text(taken.referee().value())
                        .text(taken.order().value())
                        .number(taken.reversed())
                        .number(taken.debt())
                        .number(taken.writtenOff());
                otherThanPoints(taken.wallet());
            }
        }
    }

    private void returned(Return effect) {
        digest.number(effect.value());
        returned(effect.in(WalletId.POINTS));
        others(effect.wallets(), this::returned);
    }

    private void returned(WalletReturn effect) {
        digest.number(effect.earned())
                .number(effect.reversed())
                .number(effect.restored())
                .number(effect.debt())
                .number(effect.deducted())
                .number(effect.deduction())
                .number(effect.writtenOff());
    }

    private void quantities(Returned returned) {
        digest.each(
                        returned.quantities().entrySet(),
                        line -> digest.number(line.getKey()).number(line.getValue()))
                .number(returned.delivery())
                .number(returned.amount());
    }

    private void basis(OrderBasis basis) {
        digest.text(basis.currency().getCurrencyCode())
                .each(
                        basis.lines(),
                        line -> digest.text(line.id().value())
                                .number(line.quantity())
                                .number(line.total())
                                .optional(line.category(), category -> digest.text(category.value()))
                                .flag(line.discounted())
                                .flag(line.giftVoucher()))
                .number(basis.delivery())
                .number(basis.tax())
                .number(basis.discount())
                .number(basis.total())
                .number(basis.paidWithPoints())
                .each(basis.redemptions(), redemption -> digest.text(redemption.value()));
        if (!basis.given().isEmpty() || basis.lines().stream().anyMatch(PostingDigest::isAskedFor)) {
            digest.text("for rules")
                    .each(
                            basis.given(),
                            discount -> digest.text(discount.rule().value()).number(discount.amount()))
                    .each(
                            basis.lines(),
                            line -> digest.optional(line.brand(), brand -> digest.text(brand.value()))
                                    .optional(line.sku(), sku -> digest.text(sku.value()))
                                    .number(line.off()));
        }
    }

    private static boolean isAskedFor(OrderBasis.Line line) {
        return line.brand().isPresent() || line.sku().isPresent() || line.off() != 0;
    }

    private void earning(Earning earning) {
        digest.number(earning.points().value())
                .each(
                        earning.parts(),
                        part -> digest.optional(part.category(), category -> digest.text(category.value()))
                                .number(part.base())
                                .number(part.rate().points())
                                .number(part.rate().perMinor()))
                .number(earning.goodsValue())
                .text(earning.rounding().name())
                .number(earning.uncapped().value())
                .each(
                        earning.excluded(),
                        excluded -> digest.text(excluded.what().name()).number(excluded.amount()));
    }
}
