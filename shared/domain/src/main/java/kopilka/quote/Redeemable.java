package kopilka.quote;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.Program;
import kopilka.program.RedemptionRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * How much of a wallet could pay for a basket.
 *
 * @param wallet which wallet
 * @param minimum the fewest units that one redemption takes
 * @param maximum the most that can be redeemed for this basket; 0: none, and {@code why} says why
 * @param step of which number each redemption takes a multiple
 * @param worth what the most would pay, in minor units
 * @param why why nothing can be redeemed, where that is so
 */
public record Redeemable(WalletId wallet, long minimum, long maximum, long step, long worth, Optional<Why> why) {
    /** Why nothing of a wallet can be redeemed. In the order in which it is looked for. */
    public sealed interface Why {
        /** The program does not let it be spent. */
        record NotSpendable() implements Why {}

        /**
         * It can be spent under a condition alone that does not hold.
         *
         * @param condition which one
         */
        record Unmet(Condition condition) implements Why {}

        /**
         * There are fewer units than one redemption takes.
         *
         * @param available how many there are
         */
        record TooFew(long available) implements Why {}

        /**
         * The part of the order that may be paid with it is worth less than the fewest units that one redemption takes.
         *
         * @param share that part, in minor units
         */
        record OrderTooSmall(long share) implements Why {}
    }

    /**
     * What could be redeemed.
     *
     * @param rules of the program
     * @param wallet which wallet
     * @param available how many units there are
     * @param price what the basket costs after all discounts, in minor units
     * @param circumstances of the member
     * @param at when
     */
    static Redeemable of(
            Program rules, WalletRules wallet, long available, long price, Circumstances circumstances, Instant at) {
        if (wallet.redemption().isEmpty()) {
            return new Redeemable(wallet.id(), 0, 0, 1, 0, Optional.of(new Why.NotSpendable()));
        }
        RedemptionRules redemption = wallet.redemption().get();
        long step = redemption.step();
        long minimum = roundedUp(redemption.minimumPoints(), step);
        long share = Proportion.floor(price, redemption.maximumShare(), RedemptionRules.WHOLE);
        long most = Math.min(available, redemption.worth().affordableWith(share).value()) / step * step;
        Optional<Why> why = Optional.empty();
        LocalDateTime local = LocalDateTime.ofInstant(at, rules.zone());
        Optional<Condition> unmet = redemption.when().flatMap(when -> circumstances.unmet(when, local, 0, 0));
        if (unmet.isPresent()) {
            why = Optional.of(new Why.Unmet(unmet.get()));
        } else if (available < minimum) {
            why = Optional.of(new Why.TooFew(available));
        } else if (most < minimum) {
            why = Optional.of(new Why.OrderTooSmall(share));
        }
        long maximum = why.isPresent() ? 0 : most;
        return new Redeemable(
                wallet.id(), minimum, maximum, step, redemption.worth().of(Points.of(maximum)), why);
    }

    private static long roundedUp(long points, long step) {
        return Math.multiplyExact(Math.ceilDiv(points, step), step);
    }
}
