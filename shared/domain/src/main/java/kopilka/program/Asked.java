package kopilka.program;

import java.util.Collection;
import java.util.EnumSet;
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

    private static final class Gathered {
        private final Set<ShopId> shops = new HashSet<>();
        private final Set<Channel> channels = new HashSet<>();
        private final Set<Region> regions = new HashSet<>();
        private final Set<PaymentMethod> payments = new HashSet<>();
        private final Set<Coupon> coupons = new HashSet<>();
        private final Set<TierId> tiers = new HashSet<>();
        private boolean tierMatters;
        private final Set<Period> orders = EnumSet.noneOf(Period.class);
        private boolean spent;
        private final Set<Segment> segments = new HashSet<>();
        private boolean joined;
        private final Set<BirthdayWindow> birthdays = new HashSet<>();
        private boolean brands;
        private boolean skus;

        void ask(Condition condition) {
            switch (condition) {
                case Condition.Amount amount -> {}
                case Condition.Matching matching -> {}
                case Condition.OnDays days -> {}
                case Condition.InHours hours -> {}
                case Condition.InDates dates -> {}
                case Condition.AtShop at -> shops.addAll(at.shops());
                case Condition.ByChannel by -> channels.addAll(by.channels());
                case Condition.InRegion in -> regions.addAll(in.regions());
                case Condition.NthOrder nth -> orders.add(nth.per());
                case Condition.EveryNthOrder every -> orders.add(every.per());
                case Condition.Spent before -> spent = true;
                case Condition.InTier in -> tiers.addAll(in.tiers());
                case Condition.InSegment in -> segments.addAll(in.segments());
                case Condition.NearBirthday near -> birthdays.add(near.window());
                case Condition.JoinedWithin within -> joined = true;
                case Condition.JoinedBefore before -> joined = true;
                case Condition.PaidBy by -> payments.addAll(by.methods());
                case Condition.WithCoupon with -> coupons.addAll(with.coupons());
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
