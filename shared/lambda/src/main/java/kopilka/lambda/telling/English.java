package kopilka.lambda.telling;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;
import kopilka.program.Benefit;
import kopilka.program.Inactivity;
import kopilka.program.PendingRule;
import kopilka.program.Period;
import kopilka.program.TierPeriod;

/** What is said, in English. */
final class English implements Phrases {
    /** All of them. */
    static final English PHRASES = new English();

    private static final Figures FIGURES = new Figures(".", ",");

    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private English() {}

    @Override
    public Figures figures() {
        return FIGURES;
    }

    @Override
    public String percent(String number) {
        return number + "%";
    }

    @Override
    public String quoted(String name) {
        return "“" + name + "”";
    }

    @Override
    public String and() {
        return " and ";
    }

    @Override
    public String or() {
        return " or ";
    }

    @Override
    public String points(long number) {
        return count(number, "point", "points");
    }

    @Override
    public String pointsWord() {
        return "points";
    }

    @Override
    public String cashbackWord() {
        return "cashback";
    }

    @Override
    public String date(LocalDate day) {
        return day.getDayOfMonth() + " " + month(day.getMonthValue()) + " " + day.getYear();
    }

    @Override
    public String date(MonthDay day) {
        return day.getDayOfMonth() + " " + month(day.getMonthValue());
    }

    @Override
    public String days(long number) {
        return count(number, "day", "days");
    }

    @Override
    public String months(long number) {
        return count(number, "month", "months");
    }

    @Override
    public String title(Topic topic) {
        return switch (topic) {
            case GENERAL_RATE -> "What orders earn";
            case CATEGORY_RATE -> "What goods of a category earn";
            case MINIMUM_ORDER -> "The least order that earns";
            case MAXIMUM_PER_ORDER -> "The most for one order";
            case INCLUDED -> "What counts";
            case ROUNDING -> "Fractions";
            case MULTIPLIERS -> "Multipliers";
            case DISCOUNTS -> "Discounts together";
            case PENDING -> "When it becomes available";
            case EXPIRY -> "How long it lasts";
            case REDEMPTION -> "Paying with it";
            case TIERS -> "Levels";
            case REFUNDS -> "Returns";
            case REFERRAL -> "Recommendations";
            case TIME_ZONE -> "Time";
        };
    }

    @Override
    public String not(String circumstance) {
        return "not " + circumstance;
    }

    @Override
    public String only(String circumstances) {
        return "only " + circumstances;
    }

    @Override
    public String atLeast(String amount) {
        return "at least " + amount;
    }

    @Override
    public String below(String amount) {
        return "less than " + amount;
    }

    @Override
    public String between(String amount, String below) {
        return "at least " + amount + " and less than " + below;
    }

    @Override
    public String goodsFor(String range) {
        return "with goods for " + range;
    }

    @Override
    public String matchingGoodsFor(String range) {
        return "with matching goods for " + range;
    }

    @Override
    public String boughtBefore(String range) {
        return "with earlier purchases of " + range;
    }

    @Override
    public String atShop(Named shops) {
        return shops.after("in the shop", "in the shops");
    }

    @Override
    public String byChannel(Named channels) {
        return channels.after("through the channel", "through the channels");
    }

    @Override
    public String inRegion(Named regions) {
        return regions.after("in the region", "in the regions");
    }

    @Override
    public String onDays(List<DayOfWeek> days) {
        return "on " + Figures.list(days.stream().map(English::day).toList(), and());
    }

    @Override
    public String inHours(String from, String to, boolean toNextDay) {
        return "from " + from + " to " + to + (toNextDay ? " of the next day" : "");
    }

    @Override
    public String atAnyHour() {
        return "at any hour";
    }

    @Override
    public String inDates(LocalDate from, LocalDate to) {
        return "from " + date(from) + " through " + date(to);
    }

    @Override
    public String onDate(LocalDate day) {
        return "on " + date(day);
    }

    @Override
    public String nthOrder(long number, Period per) {
        return (number == 1 ? "for the first order" : "for the " + ordinal(number) + " order") + of(per);
    }

    @Override
    public String everyNthOrder(long every, Period per) {
        return (every == 1 ? "for every order" : "for every " + ordinal(every) + " order") + of(per);
    }

    @Override
    public String inTier(Named tiers) {
        return "for members of the level " + tiers.text();
    }

    @Override
    public String inSegment(Named segments) {
        return "for members with the label " + segments.text();
    }

    @Override
    public String nearBirthday(int before, int after) {
        if (before == 0 && after == 0) {
            return "on the birthday";
        }
        if (after == 0) {
            return "within " + days(before) + " before the birthday or on it";
        }
        if (before == 0) {
            return "on the birthday or within " + days(after) + " after it";
        }
        return "within " + days(before) + " before or " + days(after) + " after the birthday";
    }

    @Override
    public String joinedWithin(int days) {
        return days == 0 ? "on the day of joining" : "within " + days(days) + " of joining";
    }

    @Override
    public String joinedBefore(LocalDate day) {
        return "for members who joined before " + date(day);
    }

    @Override
    public String paidBy(Named methods) {
        return "when paid by " + methods.text();
    }

    @Override
    public String withCoupon(Named coupons) {
        return "with the coupon " + coupons.text();
    }

    @Override
    public String ofAnyKind(boolean is) {
        return is ? "of any kind" : "of no kind";
    }

    @Override
    public String ofCategory(Named categories, boolean is) {
        return no(is) + categories.after("of the category", "of the categories");
    }

    @Override
    public String ofBrand(Named brands, boolean is) {
        return no(is) + brands.after("of the brand", "of the brands");
    }

    @Override
    public String ofSku(Named skus, boolean is) {
        return no(is) + skus.after("with the number", "with the numbers");
    }

    @Override
    public String forGoods(String attributes) {
        return "for goods " + attributes;
    }

    @Override
    public String rate(String amount, String per) {
        return amount + " for each " + per;
    }

    @Override
    public String nothing() {
        return "nothing is earned";
    }

    @Override
    public String percentBack(String percent, String wallet) {
        return percent + " of the price (" + wallet + ")";
    }

    @Override
    public String bonus(String amount) {
        return amount + " once per order";
    }

    @Override
    public String multiplied(String wallet, String factor) {
        return factor + " on what goods earn (" + wallet + ")";
    }

    @Override
    public String percentOff(String percent) {
        return percent + " off";
    }

    @Override
    public String amountOff(String amount) {
        return amount + " off once per order";
    }

    @Override
    public String benefit(Benefit.Kind kind) {
        return switch (kind) {
            case FREE_DELIVERY -> "free delivery";
            case EARLY_ACCESS -> "early access to sales";
            case SUPPORT -> "personal support";
            case GIFT -> "a gift";
            case LABEL -> "a privilege";
        };
    }

    @Override
    public String since(LocalDate day) {
        return "from " + date(day);
    }

    @Override
    public String since(LocalDateTime moment) {
        return "from " + moment.toLocalTime() + " on " + date(moment.toLocalDate());
    }

    @Override
    public String through(LocalDate day) {
        return "through " + date(day);
    }

    @Override
    public String until(LocalDateTime moment) {
        return "until " + moment.toLocalTime() + " on " + date(moment.toLocalDate());
    }

    @Override
    public String onlyFirstOf(String rules) {
        return "of the rules " + rules + ", only the first that fits counts for each of the goods";
    }

    @Override
    public String forAllElse() {
        return "for all the rest";
    }

    @Override
    public String minimumOrder(String amount) {
        return "an order with goods for less than " + amount + " earns nothing";
    }

    @Override
    public String maximumPerOrder(String amount) {
        return "at most " + amount + " for one order";
    }

    @Override
    public String counts(String items) {
        return "these count: " + items;
    }

    @Override
    public String countsNot(String items) {
        return "these do not: " + items;
    }

    @Override
    public String counted(Counted what) {
        return switch (what) {
            case GOODS -> "goods";
            case DISCOUNTED_GOODS -> "goods with a discount of the shop";
            case GIFT_VOUCHERS -> "gift vouchers";
            case DELIVERY -> "delivery";
            case TAX -> "tax beside the prices";
            case PAID_WITH_POINTS -> "the part paid from a wallet";
        };
    }

    @Override
    public String roundedOnOrder() {
        return "fractions are rounded down, once for the whole order";
    }

    @Override
    public String roundedOnLine() {
        return "fractions are rounded down on each line of the order";
    }

    @Override
    public String multipliersAddUp(String maximum) {
        return "several multipliers on the same goods add up: ×2 and ×3 make ×4; at most " + maximum;
    }

    @Override
    public String multipliersMultiply(String maximum) {
        return "several multipliers on the same goods are multiplied: ×2 and ×3 make ×6; at most " + maximum;
    }

    @Override
    public String discountsAtMost(String percent) {
        return "all discounts of the program together take at most " + percent + " off the goods";
    }

    @Override
    public String discountsInSequence() {
        return "the first in the list go first";
    }

    @Override
    public String clockOf(String zone) {
        return "days and hours are by the clock of " + zone;
    }

    @Override
    public String available(PendingRule.From from, int days) {
        return "what an order earns becomes available "
                + switch (from) {
                    case PAID -> days == 0 ? "on the day of the payment" : days(days) + " after the payment";
                    case DELIVERED -> days == 0 ? "on the day of the delivery" : days(days) + " after the delivery";
                };
    }

    @Override
    public String lastsForGood() {
        return "it lasts for good";
    }

    @Override
    public String lastDay(String day) {
        return "the last day is " + day;
    }

    @Override
    public String forTier(String tier) {
        return "for the level " + tier;
    }

    @Override
    public String daysAfter(int days) {
        return days(days) + " after it becomes available";
    }

    @Override
    public String monthsAfter(int months) {
        return months(months) + " after it becomes available";
    }

    @Override
    public String toMonthEnd(String day) {
        return day + " (to the end of that month)";
    }

    @Override
    public String nextOf(List<String> dates, int atLeastDays) {
        String next = dates.size() == 1 ? "the next " + dates.getFirst() : "the next of " + Figures.list(dates, and());
        return atLeastDays == 0 ? next : next + " that is at least " + daysAfter(atLeastDays);
    }

    @Override
    public String earliest(String choice) {
        return choice + ", whichever comes first";
    }

    @Override
    public String inactive(List<Inactivity.Sign> signs, String span) {
        return "if for " + span + " there are no "
                + Figures.list(signs.stream().map(English::sign).toList(), or()) + ", all that is available expires";
    }

    @Override
    public String atLeastAtATime(String amount) {
        return "at least " + amount + " at a time";
    }

    @Override
    public String inStepsOf(String amount) {
        return "in steps of " + amount;
    }

    @Override
    public String upToShare(String percent) {
        return "up to " + percent + " of an order";
    }

    @Override
    public String heldForMinutes(long minutes) {
        return "held for " + count(minutes, "minute", "minutes") + " while an order is paid";
    }

    @Override
    public String heldForHours(long hours) {
        return "held for " + count(hours, "hour", "hours") + " while an order is paid";
    }

    @Override
    public String cannotBeSpent() {
        return "it does not pay for orders";
    }

    @Override
    public String within(TierPeriod period) {
        return switch (period) {
            case TierPeriod.Calendar calendar ->
                switch (calendar.unit()) {
                    case MONTH -> "within a calendar month";
                    case QUARTER -> "within a calendar quarter";
                    case HALF_YEAR -> "within a calendar half-year";
                    case YEAR -> "within a calendar year";
                };
            case TierPeriod.RollingMonths rolling -> "within the last " + months(rolling.months());
            case TierPeriod.RollingDays rolling -> "within the last " + days(rolling.days());
            case TierPeriod.Anniversary anniversary ->
                "within every " + months(anniversary.months()) + " from the day of joining";
        };
    }

    @Override
    public String levels(String within, boolean periodic, boolean oneStep, int graceDays) {
        String when = periodic
                ? graceDays == 0 ? "at the end of the period" : days(graceDays) + " after the end of the period"
                : graceDays == 0 ? "at once" : "after " + days(graceDays);
        return "What a level asks for is counted " + within
                + ". A level that is reached is there at once. One that is no longer qualified for goes down "
                + (oneStep ? "one step, " : "to the one qualified for, ") + when + ".";
    }

    @Override
    public String forEverybody() {
        return "for everybody";
    }

    @Override
    public String toReach(String terms) {
        return "to reach it: " + terms;
    }

    @Override
    public String toKeep(String terms) {
        return "to keep it: " + terms;
    }

    @Override
    public String brings(String benefits) {
        return "it brings: " + benefits;
    }

    @Override
    public String purchases(String amount) {
        return "purchases of " + amount;
    }

    @Override
    public String orders(long number) {
        return count(number, "order", "orders");
    }

    @Override
    public String earnedByOrders(String amount) {
        return amount + " for orders";
    }

    @Override
    public String eachTime(String amount) {
        return amount + " each time";
    }

    @Override
    public String forJoining(String amount) {
        return amount + " for joining";
    }

    @Override
    public String atMostTimes(long times, Period per) {
        return "at most " + (times == 1 ? "once" : FIGURES.number(times) + " times")
                + switch (per) {
                    case DAY -> " a day";
                    case WEEK -> " a week";
                    case MONTH -> " a month";
                    case QUARTER -> " a quarter";
                    case YEAR -> " a year";
                    case EVER -> " in all";
                };
    }

    @Override
    public String onlyVerified() {
        return "only when the shop has verified it";
    }

    @Override
    public String returned() {
        return "a return takes back what the goods had earned, and gives back what had paid for them";
    }

    @Override
    public String goneIsOwed() {
        return "if that is spent already, it is owed, and what comes next pays it";
    }

    @Override
    public String goneIsDeducted() {
        return "if that is spent already, its worth is kept back from the money refunded, as far as that goes";
    }

    @Override
    public String goneIsForgiven(String upTo) {
        return "if that is spent already, the shop gives it up, at most " + upTo + " per order; what is above is owed";
    }

    @Override
    public String givenBackLasts(int days) {
        return "what is given back after its last day lasts " + days(days) + " more";
    }

    @Override
    public String givenBackExpires() {
        return "what is given back after its last day expires at once";
    }

    @Override
    public String recommended(Optional<String> referrer, Optional<String> referee, Optional<String> minimum) {
        String order =
                minimum.map(amount -> "order with goods for at least " + amount).orElse("order");
        if (referrer.isEmpty() && referee.isEmpty()) {
            return "recommendations are noted and bring nothing";
        }
        return referrer.map(amount -> amount + " to the one who recommends").orElse("")
                + (referrer.isPresent() && referee.isPresent() ? and() : "")
                + referee.map(amount -> amount + " to the newcomer").orElse("")
                + ", once the newcomer’s first " + order + " is past its return window";
    }

    @Override
    public String notYet() {
        return "it has not begun yet";
    }

    @Override
    public String noLonger() {
        return "it is over";
    }

    @Override
    public String basketHas(String amount) {
        return "this basket has " + amount;
    }

    @Override
    public String basketHasMatching(String amount) {
        return "this basket has matching goods for " + amount;
    }

    @Override
    public String noneInBasket() {
        return "this basket has none";
    }

    @Override
    public String emptyBasket() {
        return "this basket has no goods";
    }

    @Override
    public String insteadApplied(String rule) {
        return "for these goods, " + rule + " counts in its place";
    }

    @Override
    public String discountTrimmed(String taken, String said) {
        return taken + " off in place of " + said + ": no more can be taken off these goods";
    }

    @Override
    public String discountUsedUp() {
        return "no more can be taken off these goods";
    }

    @Override
    public String discountNotGiven() {
        return "the shop did not give this discount";
    }

    private static String count(long number, String one, String more) {
        return FIGURES.number(number) + " " + (number == 1 ? one : more);
    }

    private static String month(int number) {
        return MONTHS.get(number - 1);
    }

    private static String day(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> "Mondays";
            case TUESDAY -> "Tuesdays";
            case WEDNESDAY -> "Wednesdays";
            case THURSDAY -> "Thursdays";
            case FRIDAY -> "Fridays";
            case SATURDAY -> "Saturdays";
            case SUNDAY -> "Sundays";
        };
    }

    /** A number as an ordinal: 1st, 2nd, 3rd, 4th, 11th, 21st. */
    static String ordinal(long number) {
        long tens = number % 100;
        long ones = number % 10;
        String ending = tens / 10 == 1 ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
        return FIGURES.number(number) + ending;
    }

    private static String of(Period per) {
        return switch (per) {
            case DAY -> " of the day";
            case WEEK -> " of the week";
            case MONTH -> " of the month";
            case QUARTER -> " of the quarter";
            case YEAR -> " of the year";
            case EVER -> "";
        };
    }

    private static String no(boolean is) {
        return is ? "" : "not ";
    }

    private static String sign(Inactivity.Sign sign) {
        return switch (sign) {
            case ORDER -> "paid orders";
            case REDEMPTION -> "redemptions";
            case ACTIVITY -> "rewarded activities";
        };
    }
}
