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

/** What is said, in Ukrainian. */
final class Ukrainian implements Phrases {
    /** All of them. */
    static final Ukrainian PHRASES = new Ukrainian();

    private static final Figures FIGURES = new Figures(",", Figures.SPACE);

    private static final Forms POINTS = new Forms("бал", "бали", "балів");
    private static final Forms DAYS = new Forms("день", "дні", "днів");
    private static final Forms OF_DAYS = new Forms("дня", "днів", "днів");
    private static final Forms MONTHS = new Forms("місяць", "місяці", "місяців");
    private static final Forms HOURS = new Forms("година", "години", "годин");
    private static final Forms MINUTES = new Forms("хвилина", "хвилини", "хвилин");
    private static final Forms ORDERS = new Forms("замовлення", "замовлення", "замовлень");
    /** In the genitive, as after "no more than". */
    private static final Forms TIMES = new Forms("разу", "разів", "разів");

    private static final List<String> MONTHS_OF = List.of(
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня");

    private Ukrainian() {}

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
        return "«" + name + "»";
    }

    @Override
    public String and() {
        return " і ";
    }

    @Override
    public String or() {
        return " або ";
    }

    @Override
    public String points(long number) {
        return POINTS.of(number, FIGURES);
    }

    @Override
    public String pointsWord() {
        return "бали";
    }

    @Override
    public String cashbackWord() {
        return "кешбек";
    }

    @Override
    public String date(LocalDate day) {
        return date(MonthDay.from(day)) + " " + day.getYear() + " року";
    }

    @Override
    public String date(MonthDay day) {
        return day.getDayOfMonth() + " " + MONTHS_OF.get(day.getMonthValue() - 1);
    }

    @Override
    public String days(long number) {
        return DAYS.of(number, FIGURES);
    }

    @Override
    public String months(long number) {
        return MONTHS.of(number, FIGURES);
    }

    @Override
    public String title(Topic topic) {
        return switch (topic) {
            case GENERAL_RATE -> "Нарахування за замовлення";
            case CATEGORY_RATE -> "Нарахування за товари категорії";
            case MINIMUM_ORDER -> "Мінімальне замовлення";
            case MAXIMUM_PER_ORDER -> "Максимум за замовлення";
            case INCLUDED -> "Що враховується";
            case ROUNDING -> "Округлення";
            case MULTIPLIERS -> "Множники";
            case DISCOUNTS -> "Сума знижок";
            case PENDING -> "Коли зараховується";
            case EXPIRY -> "Строк дії";
            case REDEMPTION -> "Оплата замовлень";
            case TIERS -> "Рівні";
            case REFUNDS -> "Повернення";
            case REFERRAL -> "Рекомендації";
            case TIME_ZONE -> "Час";
        };
    }

    @Override
    public String not(String circumstance) {
        return "не " + circumstance;
    }

    @Override
    public String only(String circumstances) {
        return "тільки " + circumstances;
    }

    @Override
    public String atLeast(String amount) {
        return "не менше ніж " + amount;
    }

    @Override
    public String below(String amount) {
        return "менше ніж " + amount;
    }

    @Override
    public String between(String amount, String below) {
        return "не менше ніж " + amount + " і менше ніж " + below;
    }

    @Override
    public String goodsFor(String range) {
        return "за суми товарів " + range;
    }

    @Override
    public String matchingGoodsFor(String range) {
        return "за суми відповідних товарів " + range;
    }

    @Override
    public String boughtBefore(String range) {
        return "за попередніх покупок на суму " + range;
    }

    @Override
    public String atShop(Named shops) {
        return shops.after("в магазині", "в магазинах");
    }

    @Override
    public String byChannel(Named channels) {
        return channels.after("через канал", "через канали");
    }

    @Override
    public String inRegion(Named regions) {
        return regions.after("в регіоні", "в регіонах");
    }

    @Override
    public String onDays(List<DayOfWeek> days) {
        return "по " + Figures.list(days.stream().map(Ukrainian::day).toList(), and());
    }

    @Override
    public String inHours(String from, String to, boolean toNextDay) {
        return "з " + from + " до " + to + (toNextDay ? " наступного дня" : "");
    }

    @Override
    public String atAnyHour() {
        return "в будь-який час";
    }

    @Override
    public String inDates(LocalDate from, LocalDate to) {
        return since(from) + " " + through(to);
    }

    @Override
    public String onDate(LocalDate day) {
        return date(day);
    }

    @Override
    public String nthOrder(long number, Period per) {
        return (number == 1 ? "для першого замовлення" : "для " + FIGURES.number(number) + "-го замовлення")
                + within(per);
    }

    @Override
    public String everyNthOrder(long every, Period per) {
        return (every == 1 ? "для кожного замовлення" : "для кожного " + FIGURES.number(every) + "-го замовлення")
                + within(per);
    }

    @Override
    public String inTier(Named tiers) {
        return tiers.after("для рівня", "для рівнів");
    }

    @Override
    public String inSegment(Named segments) {
        return "для учасників із міткою " + segments.text();
    }

    @Override
    public String nearBirthday(int before, int after) {
        if (before == 0 && after == 0) {
            return "в день народження";
        }
        if (after == 0) {
            return "в межах " + ofDays(before) + " до дня народження або цього дня";
        }
        if (before == 0) {
            return "в день народження або в межах " + ofDays(after) + " після нього";
        }
        return "в межах " + ofDays(before) + " до або " + ofDays(after) + " після дня народження";
    }

    @Override
    public String joinedWithin(int days) {
        return days == 0 ? "в день вступу" : "протягом " + ofDays(days) + " після вступу";
    }

    @Override
    public String joinedBefore(LocalDate day) {
        return "для тих, хто вступив раніше " + date(day);
    }

    @Override
    public String paidBy(Named methods) {
        return "в разі оплати способом " + methods.text();
    }

    @Override
    public String withCoupon(Named coupons) {
        return "за промокодом " + coupons.text();
    }

    @Override
    public String ofAnyKind(boolean is) {
        return is ? "будь-якого виду" : "жодного виду";
    }

    @Override
    public String ofCategory(Named categories, boolean is) {
        return no(is) + categories.after("категорії", "категорій");
    }

    @Override
    public String ofBrand(Named brands, boolean is) {
        return no(is) + brands.after("бренду", "брендів");
    }

    @Override
    public String ofSku(Named skus, boolean is) {
        return no(is) + "з артикулом " + skus.text();
    }

    @Override
    public String forGoods(String attributes) {
        return "для товарів " + attributes;
    }

    @Override
    public String rate(String amount, String per) {
        return amount + " за кожні " + per;
    }

    @Override
    public String nothing() {
        return "нічого не нараховується";
    }

    @Override
    public String percentBack(String percent, String wallet) {
        return percent + " ціни (" + wallet + ")";
    }

    @Override
    public String bonus(String amount) {
        return amount + " один раз за замовлення";
    }

    @Override
    public String multiplied(String wallet, String factor) {
        return factor + " до нарахування за товари (" + wallet + ")";
    }

    @Override
    public String percentOff(String percent) {
        return "знижка " + percent;
    }

    @Override
    public String amountOff(String amount) {
        return "знижка " + amount + " один раз за замовлення";
    }

    @Override
    public String benefit(Benefit.Kind kind) {
        return switch (kind) {
            case FREE_DELIVERY -> "безкоштовна доставка";
            case EARLY_ACCESS -> "ранній доступ до розпродажів";
            case SUPPORT -> "персональна підтримка";
            case GIFT -> "подарунок";
            case LABEL -> "привілей";
        };
    }

    @Override
    public String since(LocalDate day) {
        return "з " + date(day);
    }

    @Override
    public String since(LocalDateTime moment) {
        return "з " + moment.toLocalTime() + " " + date(moment.toLocalDate());
    }

    @Override
    public String through(LocalDate day) {
        return "до " + date(day) + " включно";
    }

    @Override
    public String until(LocalDateTime moment) {
        return "до " + moment.toLocalTime() + " " + date(moment.toLocalDate());
    }

    @Override
    public String onlyFirstOf(String rules) {
        return "для кожного товару діє тільки перше відповідне з правил " + rules;
    }

    @Override
    public String forAllElse() {
        return "для всього іншого";
    }

    @Override
    public String minimumOrder(String amount) {
        return "за замовлення з товарами на суму менше ніж " + amount + " нічого не нараховується";
    }

    @Override
    public String maximumPerOrder(String amount) {
        return "максимум за одне замовлення: " + amount;
    }

    @Override
    public String counts(String items) {
        return "враховуються: " + items;
    }

    @Override
    public String countsNot(String items) {
        return "не враховуються: " + items;
    }

    @Override
    public String counted(Counted what) {
        return switch (what) {
            case GOODS -> "товари";
            case DISCOUNTED_GOODS -> "товари зі знижкою магазину";
            case GIFT_VOUCHERS -> "подарункові сертифікати";
            case DELIVERY -> "доставка";
            case TAX -> "податок понад ціну";
            case PAID_WITH_POINTS -> "частина, сплачена з гаманця";
        };
    }

    @Override
    public String roundedOnOrder() {
        return "дробова частина відкидається один раз, за всім замовленням";
    }

    @Override
    public String roundedOnLine() {
        return "дробова частина відкидається в кожному рядку замовлення";
    }

    @Override
    public String multipliersAddUp(String maximum) {
        return "кілька множників на ті самі товари додаються: ×2 і ×3 дають ×4; не більше ніж " + maximum;
    }

    @Override
    public String multipliersMultiply(String maximum) {
        return "кілька множників на ті самі товари перемножуються: ×2 і ×3 дають ×6; не більше ніж " + maximum;
    }

    @Override
    public String discountsAtMost(String percent) {
        return "усі знижки програми разом знімають не більше ніж " + percent + " суми товарів";
    }

    @Override
    public String discountsInSequence() {
        return "першими застосовуються знижки, які стоять у списку раніше";
    }

    @Override
    public String clockOf(String zone) {
        return "дні й години рахуються за часом " + zone;
    }

    @Override
    public String available(PendingRule.From from, int days) {
        return "нараховане за замовлення зараховується "
                + switch (from) {
                    case PAID -> days == 0 ? "в день оплати" : "через " + days(days) + " після оплати";
                    case DELIVERED -> days == 0 ? "в день доставки" : "через " + days(days) + " після доставки";
                };
    }

    @Override
    public String lastsForGood() {
        return "строк не обмежено";
    }

    @Override
    public String lastDay(String day) {
        return "останній день: " + day;
    }

    @Override
    public String forTier(String tier) {
        return "для рівня " + tier;
    }

    @Override
    public String daysAfter(int days) {
        return "через " + days(days) + " після зарахування";
    }

    @Override
    public String monthsAfter(int months) {
        return "через " + months(months) + " після зарахування";
    }

    @Override
    public String toMonthEnd(String day) {
        return day + " (до кінця того місяця)";
    }

    @Override
    public String nextOf(List<String> dates, int atLeastDays) {
        String next =
                dates.size() == 1 ? "найближче " + dates.getFirst() : "найближча з дат " + Figures.list(dates, and());
        return atLeastDays == 0 ? next : next + " (не раніше ніж через " + days(atLeastDays) + " після зарахування)";
    }

    @Override
    public String earliest(String choice) {
        return choice + ", залежно від того, що раніше";
    }

    @Override
    public String inactive(List<Inactivity.Sign> signs, String span) {
        return "якщо " + span + " немає "
                + Figures.list(signs.stream().map(Ukrainian::sign).toList(), and()) + ", згорає все доступне";
    }

    @Override
    public String atLeastAtATime(String amount) {
        return "щонайменше " + amount + " за раз";
    }

    @Override
    public String inStepsOf(String amount) {
        return "крок: " + amount;
    }

    @Override
    public String upToShare(String percent) {
        return "до " + percent + " замовлення";
    }

    @Override
    public String heldForMinutes(long minutes) {
        return "резерв на час оплати: " + MINUTES.of(minutes, FIGURES);
    }

    @Override
    public String heldForHours(long hours) {
        return "резерв на час оплати: " + HOURS.of(hours, FIGURES);
    }

    @Override
    public String cannotBeSpent() {
        return "платити за замовлення не можна";
    }

    @Override
    public String within(TierPeriod period) {
        return switch (period) {
            case TierPeriod.Calendar calendar ->
                switch (calendar.unit()) {
                    case MONTH -> "за календарний місяць";
                    case QUARTER -> "за календарний квартал";
                    case HALF_YEAR -> "за календарне півріччя";
                    case YEAR -> "за календарний рік";
                };
            case TierPeriod.RollingMonths rolling -> last(rolling.months()) + months(rolling.months());
            case TierPeriod.RollingDays rolling -> last(rolling.days()) + days(rolling.days());
            case TierPeriod.Anniversary anniversary ->
                (Forms.isOne(anniversary.months()) ? "за кожен " : "за кожні ") + months(anniversary.months())
                        + " від дня вступу";
        };
    }

    @Override
    public String levels(String within, boolean periodic, boolean oneStep, int graceDays) {
        String when = periodic
                ? graceDays == 0 ? "наприкінці періоду" : "через " + days(graceDays) + " після кінця періоду"
                : graceDays == 0 ? "одразу" : "через " + days(graceDays);
        return "Умови рівня рахуються " + within
                + ". Досягнутий рівень діє одразу. Рівень, умови якого більше не виконано, " + when + " знижується "
                + (oneStep ? "на один щабель." : "до того, умови якого виконано.");
    }

    @Override
    public String forEverybody() {
        return "для всіх";
    }

    @Override
    public String toReach(String terms) {
        return "щоб отримати: " + terms;
    }

    @Override
    public String toKeep(String terms) {
        return "щоб зберегти: " + terms;
    }

    @Override
    public String brings(String benefits) {
        return "дає: " + benefits;
    }

    @Override
    public String purchases(String amount) {
        return "покупки на " + amount;
    }

    @Override
    public String orders(long number) {
        return ORDERS.of(number, FIGURES);
    }

    @Override
    public String earnedByOrders(String amount) {
        return amount + " за замовлення";
    }

    @Override
    public String eachTime(String amount) {
        return amount + " щоразу";
    }

    @Override
    public String forJoining(String amount) {
        return amount + " за вступ";
    }

    @Override
    public String atMostTimes(long times, Period per) {
        return "не більше " + TIMES.of(times, FIGURES)
                + switch (per) {
                    case DAY -> " на день";
                    case WEEK -> " на тиждень";
                    case MONTH -> " на місяць";
                    case QUARTER -> " на квартал";
                    case YEAR -> " на рік";
                    case EVER -> " за весь час";
                };
    }

    @Override
    public String onlyVerified() {
        return "тільки після перевірки магазином";
    }

    @Override
    public String returned() {
        return "у разі повернення списується те, що нараховано за ці товари, і повертається те, чим їх оплачено";
    }

    @Override
    public String goneIsOwed() {
        return "якщо це вже витрачено, лишається борг, і його погасить наступне зарахування";
    }

    @Override
    public String goneIsDeducted() {
        return "якщо це вже витрачено, його вартість утримується з грошей, що повертаються, наскільки їх вистачає";
    }

    @Override
    public String goneIsForgiven(String upTo) {
        return "якщо це вже витрачено, магазин прощає, але за одне замовлення не більше ніж " + upTo
                + "; решта стає боргом";
    }

    @Override
    public String givenBackLasts(int days) {
        return "те, що повернуто після свого строку, діє ще " + days(days);
    }

    @Override
    public String givenBackExpires() {
        return "те, що повернуто після свого строку, одразу згорає";
    }

    @Override
    public String recommended(Optional<String> referrer, Optional<String> referee, Optional<String> minimum) {
        if (referrer.isEmpty() && referee.isEmpty()) {
            return "рекомендації відзначаються, але нічого не приносять";
        }
        return referrer.map(amount -> "тому, хто рекомендує: " + amount).orElse("")
                + (referrer.isPresent() && referee.isPresent() ? ", " : "")
                + referee.map(amount -> "новому учаснику: " + amount).orElse("")
                + " — коли мине строк повернення першого замовлення нового учасника"
                + minimum.map(amount -> " з товарами на суму не менше ніж " + amount)
                        .orElse("");
    }

    @Override
    public String notYet() {
        return "ще не почалося";
    }

    @Override
    public String noLonger() {
        return "уже закінчилося";
    }

    @Override
    public String basketHas(String amount) {
        return "у кошику " + amount;
    }

    @Override
    public String basketHasMatching(String amount) {
        return "у кошику відповідних товарів на " + amount;
    }

    @Override
    public String noneInBasket() {
        return "у кошику їх немає";
    }

    @Override
    public String emptyBasket() {
        return "у кошику немає товарів";
    }

    @Override
    public String insteadApplied(String rule) {
        return "для цих товарів замість нього діє " + rule;
    }

    @Override
    public String discountTrimmed(String taken, String said) {
        return "знижка " + taken + " замість " + said + ": більше зняти з цих товарів не можна";
    }

    @Override
    public String discountUsedUp() {
        return "більше зняти з цих товарів не можна";
    }

    @Override
    public String discountNotGiven() {
        return "магазин не дав цю знижку";
    }

    private static String ofDays(long number) {
        return OF_DAYS.of(number, FIGURES);
    }

    private static String day(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> "понеділках";
            case TUESDAY -> "вівторках";
            case WEDNESDAY -> "середах";
            case THURSDAY -> "четвергах";
            case FRIDAY -> "п’ятницях";
            case SATURDAY -> "суботах";
            case SUNDAY -> "неділях";
        };
    }

    private static String within(Period per) {
        return switch (per) {
            case DAY -> " за день";
            case WEEK -> " за тиждень";
            case MONTH -> " за місяць";
            case QUARTER -> " за квартал";
            case YEAR -> " за рік";
            case EVER -> "";
        };
    }

    private static String no(boolean is) {
        return is ? "" : "не ";
    }

    private static String last(long number) {
        return Forms.isOne(number) ? "за останній " : "за останні ";
    }

    private static String sign(Inactivity.Sign sign) {
        return switch (sign) {
            case ORDER -> "оплачених замовлень";
            case REDEMPTION -> "списань";
            case ACTIVITY -> "винагороджуваних дій";
        };
    }
}
