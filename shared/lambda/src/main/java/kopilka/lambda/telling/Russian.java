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

/** What is said, in Russian. */
final class Russian implements Phrases {
    /** All of them. */
    static final Russian PHRASES = new Russian();

    private static final Figures FIGURES = new Figures(",", Figures.SPACE);

    private static final Forms POINTS = new Forms("балл", "балла", "баллов");
    private static final Forms DAYS = new Forms("день", "дня", "дней");
    private static final Forms OF_DAYS = new Forms("дня", "дней", "дней");
    private static final Forms MONTHS = new Forms("месяц", "месяца", "месяцев");
    private static final Forms HOURS = new Forms("час", "часа", "часов");
    private static final Forms MINUTES = new Forms("минута", "минуты", "минут");
    private static final Forms ORDERS = new Forms("заказ", "заказа", "заказов");
    /** In the genitive, as after "no more than". */
    private static final Forms TIMES = new Forms("раза", "раз", "раз");

    private static final List<String> MONTHS_OF = List.of(
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря");

    private Russian() {}

    @Override
    public Figures figures() {
        return FIGURES;
    }

    @Override
    public String percent(String number) {
        return number + Figures.SPACE + "%";
    }

    @Override
    public String quoted(String name) {
        return "«" + name + "»";
    }

    @Override
    public String and() {
        return " и ";
    }

    @Override
    public String or() {
        return " или ";
    }

    @Override
    public String points(long number) {
        return POINTS.of(number, FIGURES);
    }

    @Override
    public String pointsWord() {
        return "баллы";
    }

    @Override
    public String cashbackWord() {
        return "кешбэк";
    }

    @Override
    public String date(LocalDate day) {
        return date(MonthDay.from(day)) + " " + day.getYear() + " года";
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
            case GENERAL_RATE -> "Начисление за заказы";
            case CATEGORY_RATE -> "Начисление за товары категории";
            case MINIMUM_ORDER -> "Минимальный заказ";
            case MAXIMUM_PER_ORDER -> "Максимум за заказ";
            case INCLUDED -> "Что учитывается";
            case ROUNDING -> "Округление";
            case MULTIPLIERS -> "Множители";
            case DISCOUNTS -> "Сумма скидок";
            case PENDING -> "Когда зачисляется";
            case EXPIRY -> "Срок действия";
            case REDEMPTION -> "Оплата заказов";
            case TIERS -> "Уровни";
            case REFUNDS -> "Возвраты";
            case REFERRAL -> "Рекомендации";
            case TIME_ZONE -> "Время";
        };
    }

    @Override
    public String not(String circumstance) {
        return "не " + circumstance;
    }

    @Override
    public String only(String circumstances) {
        return "только " + circumstances;
    }

    @Override
    public String atLeast(String amount) {
        return "не менее " + amount;
    }

    @Override
    public String below(String amount) {
        return "менее " + amount;
    }

    @Override
    public String between(String amount, String below) {
        return "не менее " + amount + " и менее " + below;
    }

    @Override
    public String goodsFor(String range) {
        return "при сумме товаров " + range;
    }

    @Override
    public String matchingGoodsFor(String range) {
        return "при сумме подходящих товаров " + range;
    }

    @Override
    public String boughtBefore(String range) {
        return "при прежних покупках на сумму " + range;
    }

    @Override
    public String atShop(Named shops) {
        return shops.after("в магазине", "в магазинах");
    }

    @Override
    public String byChannel(Named channels) {
        return channels.after("через канал", "через каналы");
    }

    @Override
    public String inRegion(Named regions) {
        return regions.after("в регионе", "в регионах");
    }

    @Override
    public String onDays(List<DayOfWeek> days) {
        return "по " + Figures.list(days.stream().map(Russian::day).toList(), and());
    }

    @Override
    public String inHours(String from, String to, boolean toNextDay) {
        return "с " + from + " до " + to + (toNextDay ? " следующего дня" : "");
    }

    @Override
    public String atAnyHour() {
        return "в любое время";
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
        return (number == 1 ? "для первого заказа" : "для " + FIGURES.number(number) + "-го заказа") + within(per);
    }

    @Override
    public String everyNthOrder(long every, Period per) {
        return (every == 1 ? "для каждого заказа" : "для каждого " + FIGURES.number(every) + "-го заказа")
                + within(per);
    }

    @Override
    public String inTier(Named tiers) {
        return tiers.after("для уровня", "для уровней");
    }

    @Override
    public String inSegment(Named segments) {
        return "для участников с меткой " + segments.text();
    }

    @Override
    public String nearBirthday(int before, int after) {
        if (before == 0 && after == 0) {
            return "в день рождения";
        }
        if (after == 0) {
            return "в пределах " + ofDays(before) + " до дня рождения или в этот день";
        }
        if (before == 0) {
            return "в день рождения или в пределах " + ofDays(after) + " после него";
        }
        return "в пределах " + ofDays(before) + " до или " + ofDays(after) + " после дня рождения";
    }

    @Override
    public String joinedWithin(int days) {
        return days == 0 ? "в день вступления" : "в течение " + ofDays(days) + " после вступления";
    }

    @Override
    public String joinedBefore(LocalDate day) {
        return "для вступивших раньше " + date(day);
    }

    @Override
    public String paidBy(Named methods) {
        return "при оплате способом " + methods.text();
    }

    @Override
    public String withCoupon(Named coupons) {
        return "по промокоду " + coupons.text();
    }

    @Override
    public String ofAnyKind(boolean is) {
        return is ? "любого вида" : "никакого вида";
    }

    @Override
    public String ofCategory(Named categories, boolean is) {
        return no(is) + categories.after("категории", "категорий");
    }

    @Override
    public String ofBrand(Named brands, boolean is) {
        return no(is) + brands.after("бренда", "брендов");
    }

    @Override
    public String ofSku(Named skus, boolean is) {
        return no(is) + "с артикулом " + skus.text();
    }

    @Override
    public String forGoods(String attributes) {
        return "для товаров " + attributes;
    }

    @Override
    public String rate(String amount, String per) {
        return amount + " за каждые " + per;
    }

    @Override
    public String nothing() {
        return "ничего не начисляется";
    }

    @Override
    public String percentBack(String percent, String wallet) {
        return percent + " цены (" + wallet + ")";
    }

    @Override
    public String bonus(String amount) {
        return amount + " один раз за заказ";
    }

    @Override
    public String multiplied(String wallet, String factor) {
        return factor + " к начислению за товары (" + wallet + ")";
    }

    @Override
    public String percentOff(String percent) {
        return "скидка " + percent;
    }

    @Override
    public String amountOff(String amount) {
        return "скидка " + amount + " один раз за заказ";
    }

    @Override
    public String benefit(Benefit.Kind kind) {
        return switch (kind) {
            case FREE_DELIVERY -> "бесплатная доставка";
            case EARLY_ACCESS -> "ранний доступ к распродажам";
            case SUPPORT -> "персональная поддержка";
            case GIFT -> "подарок";
            case LABEL -> "привилегия";
        };
    }

    @Override
    public String since(LocalDate day) {
        return (day.getDayOfMonth() == 2 ? "со " : "с ") + date(day);
    }

    @Override
    public String since(LocalDateTime moment) {
        return "с " + moment.toLocalTime() + " " + date(moment.toLocalDate());
    }

    @Override
    public String through(LocalDate day) {
        return "по " + date(day);
    }

    @Override
    public String until(LocalDateTime moment) {
        return "до " + moment.toLocalTime() + " " + date(moment.toLocalDate());
    }

    @Override
    public String onlyFirstOf(String rules) {
        return "для каждого товара действует только первое подходящее из правил " + rules;
    }

    @Override
    public String forAllElse() {
        return "для всего остального";
    }

    @Override
    public String minimumOrder(String amount) {
        return "за заказ с товарами на сумму менее " + amount + " ничего не начисляется";
    }

    @Override
    public String maximumPerOrder(String amount) {
        return "максимум за один заказ: " + amount;
    }

    @Override
    public String counts(String items) {
        return "учитываются: " + items;
    }

    @Override
    public String countsNot(String items) {
        return "не учитываются: " + items;
    }

    @Override
    public String counted(Counted what) {
        return switch (what) {
            case GOODS -> "товары";
            case DISCOUNTED_GOODS -> "товары со скидкой магазина";
            case GIFT_VOUCHERS -> "подарочные сертификаты";
            case DELIVERY -> "доставка";
            case TAX -> "налог сверх цены";
            case PAID_WITH_POINTS -> "часть, оплаченная с кошелька";
        };
    }

    @Override
    public String roundedOnOrder() {
        return "дробная часть отбрасывается один раз, по всему заказу";
    }

    @Override
    public String roundedOnLine() {
        return "дробная часть отбрасывается в каждой строке заказа";
    }

    @Override
    public String multipliersAddUp(String maximum) {
        return "несколько множителей на одни товары складываются: ×2 и ×3 дают ×4; не больше " + maximum;
    }

    @Override
    public String multipliersMultiply(String maximum) {
        return "несколько множителей на одни товары перемножаются: ×2 и ×3 дают ×6; не больше " + maximum;
    }

    @Override
    public String discountsAtMost(String percent) {
        return "все скидки программы вместе снимают не больше " + percent + " суммы товаров";
    }

    @Override
    public String discountsInSequence() {
        return "первыми применяются скидки, которые стоят в списке раньше";
    }

    @Override
    public String clockOf(String zone) {
        return "дни и часы считаются по времени " + zone;
    }

    @Override
    public String available(PendingRule.From from, int days) {
        return "начисленное за заказ зачисляется "
                + switch (from) {
                    case PAID -> days == 0 ? "в день оплаты" : "через " + days(days) + " после оплаты";
                    case DELIVERED -> days == 0 ? "в день доставки" : "через " + days(days) + " после доставки";
                };
    }

    @Override
    public String lastsForGood() {
        return "срок не ограничен";
    }

    @Override
    public String lastDay(String day) {
        return "последний день: " + day;
    }

    @Override
    public String forTier(String tier) {
        return "для уровня " + tier;
    }

    @Override
    public String daysAfter(int days) {
        return "через " + days(days) + " после зачисления";
    }

    @Override
    public String monthsAfter(int months) {
        return "через " + months(months) + " после зачисления";
    }

    @Override
    public String toMonthEnd(String day) {
        return day + " (до конца того месяца)";
    }

    @Override
    public String nextOf(List<String> dates, int atLeastDays) {
        String next =
                dates.size() == 1 ? "ближайшее " + dates.getFirst() : "ближайшая из дат " + Figures.list(dates, and());
        return atLeastDays == 0 ? next : next + " (не раньше чем через " + days(atLeastDays) + " после зачисления)";
    }

    @Override
    public String earliest(String choice) {
        return choice + ", смотря что раньше";
    }

    @Override
    public String inactive(List<Inactivity.Sign> signs, String span) {
        return "если " + span + " нет "
                + Figures.list(signs.stream().map(Russian::sign).toList(), and()) + ", сгорает всё доступное";
    }

    @Override
    public String atLeastAtATime(String amount) {
        return "минимум " + amount + " за раз";
    }

    @Override
    public String inStepsOf(String amount) {
        return "шаг: " + amount;
    }

    @Override
    public String upToShare(String percent) {
        return "до " + percent + " заказа";
    }

    @Override
    public String heldForMinutes(long minutes) {
        return "резерв на время оплаты: " + MINUTES.of(minutes, FIGURES);
    }

    @Override
    public String heldForHours(long hours) {
        return "резерв на время оплаты: " + HOURS.of(hours, FIGURES);
    }

    @Override
    public String cannotBeSpent() {
        return "платить за заказы нельзя";
    }

    @Override
    public String within(TierPeriod period) {
        return switch (period) {
            case TierPeriod.Calendar calendar ->
                switch (calendar.unit()) {
                    case MONTH -> "за календарный месяц";
                    case QUARTER -> "за календарный квартал";
                    case HALF_YEAR -> "за календарное полугодие";
                    case YEAR -> "за календарный год";
                };
            case TierPeriod.RollingMonths rolling -> last(rolling.months()) + months(rolling.months());
            case TierPeriod.RollingDays rolling -> last(rolling.days()) + days(rolling.days());
            case TierPeriod.Anniversary anniversary ->
                (Forms.isOne(anniversary.months()) ? "за каждый " : "за каждые ") + months(anniversary.months())
                        + " со дня вступления";
        };
    }

    @Override
    public String levels(String within, boolean periodic, boolean oneStep, int graceDays) {
        String when = periodic
                ? graceDays == 0 ? "в конце периода" : "через " + days(graceDays) + " после конца периода"
                : graceDays == 0 ? "сразу" : "через " + days(graceDays);
        return "Условия уровня считаются " + within
                + ". Достигнутый уровень действует сразу. Уровень, условия которого больше не выполнены, " + when
                + " снижается " + (oneStep ? "на одну ступень." : "до того, условия которого выполнены.");
    }

    @Override
    public String forEverybody() {
        return "для всех";
    }

    @Override
    public String toReach(String terms) {
        return "чтобы получить: " + terms;
    }

    @Override
    public String toKeep(String terms) {
        return "чтобы сохранить: " + terms;
    }

    @Override
    public String brings(String benefits) {
        return "даёт: " + benefits;
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
        return amount + " за заказы";
    }

    @Override
    public String eachTime(String amount) {
        return amount + " каждый раз";
    }

    @Override
    public String forJoining(String amount) {
        return amount + " за вступление";
    }

    @Override
    public String atMostTimes(long times, Period per) {
        return "не более " + TIMES.of(times, FIGURES)
                + switch (per) {
                    case DAY -> " в день";
                    case WEEK -> " в неделю";
                    case MONTH -> " в месяц";
                    case QUARTER -> " в квартал";
                    case YEAR -> " в год";
                    case EVER -> " за всё время";
                };
    }

    @Override
    public String onlyVerified() {
        return "только после проверки магазином";
    }

    @Override
    public String returned() {
        return "при возврате списывается то, что начислено за эти товары, и возвращается то, чем они оплачены";
    }

    @Override
    public String goneIsOwed() {
        return "если это уже потрачено, остаётся долг, и его погасит следующее зачисление";
    }

    @Override
    public String goneIsDeducted() {
        return "если это уже потрачено, его стоимость удерживается из возвращаемых денег, насколько их хватает";
    }

    @Override
    public String goneIsForgiven(String upTo) {
        return "если это уже потрачено, магазин прощает, но за один заказ не больше чем " + upTo
                + "; остальное становится долгом";
    }

    @Override
    public String givenBackLasts(int days) {
        return "то, что возвращено после своего срока, действует ещё " + days(days);
    }

    @Override
    public String givenBackExpires() {
        return "то, что возвращено после своего срока, сразу сгорает";
    }

    @Override
    public String recommended(Optional<String> referrer, Optional<String> referee, Optional<String> minimum) {
        if (referrer.isEmpty() && referee.isEmpty()) {
            return "рекомендации отмечаются, но ничего не приносят";
        }
        return referrer.map(amount -> "тому, кто рекомендует: " + amount).orElse("")
                + (referrer.isPresent() && referee.isPresent() ? ", " : "")
                + referee.map(amount -> "новому участнику: " + amount).orElse("")
                + " — когда пройдёт срок возврата первого заказа нового участника"
                + minimum.map(amount -> " с товарами на сумму не менее " + amount)
                        .orElse("");
    }

    @Override
    public String notYet() {
        return "ещё не началось";
    }

    @Override
    public String noLonger() {
        return "уже закончилось";
    }

    @Override
    public String basketHas(String amount) {
        return "в корзине " + amount;
    }

    @Override
    public String basketHasMatching(String amount) {
        return "в корзине подходящих товаров на " + amount;
    }

    @Override
    public String noneInBasket() {
        return "в корзине их нет";
    }

    @Override
    public String emptyBasket() {
        return "в корзине нет товаров";
    }

    @Override
    public String insteadApplied(String rule) {
        return "для этих товаров вместо него действует " + rule;
    }

    @Override
    public String discountTrimmed(String taken, String said) {
        return "скидка " + taken + " вместо " + said + ": больше снять с этих товаров нельзя";
    }

    @Override
    public String discountUsedUp() {
        return "больше снять с этих товаров нельзя";
    }

    @Override
    public String discountNotGiven() {
        return "магазин не дал эту скидку";
    }

    private static String ofDays(long number) {
        return OF_DAYS.of(number, FIGURES);
    }

    private static String day(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> "понедельникам";
            case TUESDAY -> "вторникам";
            case WEDNESDAY -> "средам";
            case THURSDAY -> "четвергам";
            case FRIDAY -> "пятницам";
            case SATURDAY -> "субботам";
            case SUNDAY -> "воскресеньям";
        };
    }

    private static String within(Period per) {
        return switch (per) {
            case DAY -> " за день";
            case WEEK -> " за неделю";
            case MONTH -> " за месяц";
            case QUARTER -> " за квартал";
            case YEAR -> " за год";
            case EVER -> "";
        };
    }

    private static String no(boolean is) {
        return is ? "" : "не ";
    }

    private static String last(long number) {
        return Forms.isOne(number) ? "за последний " : "за последние ";
    }

    private static String sign(Inactivity.Sign sign) {
        return switch (sign) {
            case ORDER -> "оплаченных заказов";
            case REDEMPTION -> "списаний";
            case ACTIVITY -> "вознаграждаемых действий";
        };
    }
}
