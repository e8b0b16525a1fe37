package kopilka.program;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the conditions of a program ask for, all of them together.
 *
 * @param shops the shops that they name
 * @param channels the channels
 * @param regions the regions
 * @param payments the methods of payment
 * @param coupons the coupons
 * @param tiers the levels
 * @param tierMatters whether the level matters whichever it is: points last longer on some
 * @param orders the periods within which they count orders
 * @param spent whether they ask for what was spent before
 * @param segments the labels
 * @param joined whether they ask for the day of joining
 * @param birthdays the windows round a birthday
 * @param brands whether they ask for brands of goods
 * @param skus whether they ask for goods by their numbers
 */
public record Asked(
        Set<ShopId> shops,
        Set<Channel> channels,
        Set<Region> regions,
        Set<PaymentMethod> payments,
        Set<Coupon> coupons,
        Set<TierId> tiers,
        boolean tierMatters,
        Set<Period> orders,
        boolean spent,
        Set<Segment> segments,
        boolean joined,
        Set<BirthdayWindow> birthdays,
        boolean brands,
        boolean skus) {
    /** What the rules of a program ask for, the redemptions and activities included. */
    public static Asked by(Program program) {
        Gathered gathered = new Gathered();
        if (program.scheme() instanceof RuleBook book) {
            for (Rule rule : book.rules()) {
                gathered.ask(rule.lines());
                rule.when().ifPresent(gathered::ask);
            }
        }
        for (WalletRules wallet : program.wallets()) {
            gathered.tierMatters |= !wallet.expiry().byTier().isEmpty();
            wallet.redemption().flatMap(RedemptionRules::when).ifPresent(gathered::ask);
        }
        program.activities().values().forEach(activity -> activity.when().ifPresent(gathered::ask));
        return gathered.asked();
    }

    /** What one condition asks for. */
    public static Asked by(Optional<Condition> condition) {
        Gathered gathered = new Gathered();
        condition.ifPresent(gathered::ask);
        return gathered.asked();
    }

    /** Gathers it. Most programs ask for little, and for most orders this is done anew: what is empty takes no room. */
    private static final class Gathered {
        private Set<ShopId> shops = Set.of();
        private Set<Channel> channels = Set.of();
        private Set<Region> regions = Set.of();
        private Set<PaymentMethod> payments = Set.of();
        private Set<Coupon> coupons = Set.of();
        private Set<TierId> tiers = Set.of();
        private boolean tierMatters;
        private Set<Period> orders = Set.of();
        private boolean spent;
        private Set<Segment> segments = Set.of();
        private boolean joined;
        private Set<BirthdayWindow> birthdays = Set.of();
        private boolean brands;
        private boolean skus;

        void ask(Condition condition) {
            switch (condition) {
                case Condition.Amount amount -> {}
                case Condition.Matching matching -> {}
                case Condition.OnDays days -> {}
                case Condition.InHours hours -> {}
                case Condition.InDates dates -> {}
                case Condition.AtShop at -> shops = both(shops, at.shops());
                case Condition.ByChannel by -> channels = both(channels, by.channels());
                case Condition.InRegion in -> regions = both(regions, in.regions());
                case Condition.NthOrder nth -> orders = both(orders, Set.of(nth.per()));
                case Condition.EveryNthOrder every -> orders = both(orders, Set.of(every.per()));
                case Condition.Spent before -> spent = true;
                case Condition.InTier in -> tiers = both(tiers, in.tiers());
                case Condition.InSegment in -> segments = both(segments, in.segments());
                case Condition.NearBirthday near -> birthdays = both(birthdays, Set.of(near.window()));
                case Condition.JoinedWithin within -> joined = true;
                case Condition.JoinedBefore before -> joined = true;
                case Condition.PaidBy by -> payments = both(payments, by.methods());
                case Condition.WithCoupon with -> coupons = both(coupons, with.coupons());
                case Condition.All all -> ask(all.parts());
                case Condition.AnyOf any -> ask(any.parts());
                case Condition.Not not -> ask(not.part());
            }
        }

        private void ask(Collection<Condition> conditions) {
            conditions.forEach(this::ask);
        }

        void ask(LineCondition lines) {
            switch (lines) {
                case LineCondition.Every every -> {}
                case LineCondition.OfCategory of -> {}
                case LineCondition.OfBrand of -> brands = true;
                case LineCondition.OfSku of -> skus = true;
                case LineCondition.All all -> askLines(all.parts());
                case LineCondition.AnyOf any -> askLines(any.parts());
                case LineCondition.Not not -> ask(not.part());
            }
        }

        private void askLines(List<LineCondition> conditions) {
            conditions.forEach(this::ask);
        }

        private static <T> Set<T> both(Set<T> some, Set<T> more) {
            Set<T> both = new HashSet<>(some);
            both.addAll(more);
            return both;
        }

        Asked asked() {
            return new Asked(
                    Set.copyOf(shops),
                    Set.copyOf(channels),
                    Set.copyOf(regions),
                    Set.copyOf(payments),
                    Set.copyOf(coupons),
                    Set.copyOf(tiers),
                    tierMatters,
                    Set.copyOf(orders),
                    spent,
                    Set.copyOf(segments),
                    joined,
                    Set.copyOf(birthdays),
                    brands,
                    skus);
        }
    }
}
