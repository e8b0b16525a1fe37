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

/**
 * What is said, in Kazakh. Case endings stand after nouns only, never after figures, names or codes, whose sound they would
 * have to follow.
 */
final class Kazakh implements Phrases {
    /** All of them. */
    static final Kazakh PHRASES = new Kazakh();

    private static final Figures FIGURES = new Figures(",", Figures.SPACE);

    private static final List<String> MONTHS = List.of(
            "қаңтар",
            "ақпан",
            "наурыз",
            "сәуір",
            "мамыр",
            "маусым",
            "шілде",
            "тамыз",
            "қыркүйек",
            "қазан",
            "қараша",
            "желтоқсан");

    private Kazakh() {}

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
        return " және ";
    }

    @Override
    public String or() {
        return " немесе ";
    }

    @Override
    public String points(long number) {
        return FIGURES.number(number) + " ұпай";
    }

    @Override
    public String pointsWord() {
        return "ұпай";
    }

    @Override
    public String cashbackWord() {
        return "кешбэк";
    }

    @Override
    public String date(LocalDate day) {
        return day.getYear() + " жылғы " + date(MonthDay.from(day));
    }

    @Override
    public String date(MonthDay day) {
        return day.getDayOfMonth() + " " + MONTHS.get(day.getMonthValue() - 1);
    }

    @Override
    public String days(long number) {
        return FIGURES.number(number) + " күн";
    }

    @Override
    public String months(long number) {
        return FIGURES.number(number) + " ай";
    }

    @Override
    public String title(Topic topic) {
        return switch (topic) {
            case GENERAL_RATE -> "Тапсырыс үшін есептеу";
            case CATEGORY_RATE -> "Санат тауарлары үшін есептеу";
            case MINIMUM_ORDER -> "Ең аз тапсырыс";
            case MAXIMUM_PER_ORDER -> "Бір тапсырыс үшін ең көбі";
            case INCLUDED -> "Не ескеріледі";
            case ROUNDING -> "Дөңгелектеу";
            case MULTIPLIERS -> "Көбейткіштер";
            case DISCOUNTS -> "Жеңілдіктер қосындысы";
            case PENDING -> "Қашан түседі";
            case EXPIRY -> "Жарамдылық мерзімі";
            case REDEMPTION -> "Тапсырысты төлеу";
            case TIERS -> "Деңгейлер";
            case REFUNDS -> "Тауарды қайтару";
            case REFERRAL -> "Ұсыныстар";
            case TIME_ZONE -> "Уақыт";
        };
    }

    @Override
    public String not(String circumstance) {
        return circumstance + " емес";
    }

    @Override
    public String only(String circumstances) {
        return "тек " + circumstances;
    }

    @Override
    public String atLeast(String amount) {
        return "кемінде " + amount;
    }

    @Override
    public String below(String amount) {
        return amount + " шегінен төмен";
    }

    @Override
    public String between(String amount, String below) {
        return "кемінде " + amount + ", бірақ " + below + " шегінен төмен";
    }

    @Override
    public String goodsFor(String range) {
        return "тауар сомасы " + range + " болғанда";
    }

    @Override
    public String matchingGoodsFor(String range) {
        return "сәйкес тауарлардың сомасы " + range + " болғанда";
    }

    @Override
    public String boughtBefore(String range) {
        return "бұрынғы сатып алулар сомасы " + range + " болғанда";
    }

    @Override
    public String atShop(Named shops) {
        return shops.text() + " дүкенінде";
    }

    @Override
    public String byChannel(Named channels) {
        return channels.text() + " арнасы арқылы";
    }

    @Override
    public String inRegion(Named regions) {
        return regions.text() + " өңірінде";
    }

    @Override
    public String onDays(List<DayOfWeek> days) {
        return Figures.list(days.stream().map(Kazakh::day).toList(), and()) + " күндері";
    }

    @Override
    public String inHours(String from, String to, boolean toNextDay) {
        return from + (toNextDay ? " – келесі күнгі " : "–") + to + " аралығында";
    }

    @Override
    public String atAnyHour() {
        return "кез келген уақытта";
    }

    @Override
    public String inDates(LocalDate from, LocalDate to) {
        return date(from) + " – " + date(to) + " аралығында";
    }

    @Override
    public String onDate(LocalDate day) {
        return date(day) + " күні";
    }

    @Override
    public String nthOrder(long number, Period per) {
        return within(per) + (number == 1 ? "бірінші тапсырыс үшін" : FIGURES.number(number) + "-тапсырыс үшін");
    }

    @Override
    public String everyNthOrder(long every, Period per) {
        return within(per) + (every == 1 ? "әр тапсырыс үшін" : "әр " + FIGURES.number(every) + "-тапсырыс үшін");
    }

    @Override
    public String inTier(Named tiers) {
        return tiers.text() + " деңгейі үшін";
    }

    @Override
    public String inSegment(Named segments) {
        return segments.text() + " белгісі бар мүшелер үшін";
    }

    @Override
    public String nearBirthday(int before, int after) {
        if (before == 0 && after == 0) {
            return "туған күні";
        }
        if (after == 0) {
            return "туған күні немесе оған дейінгі " + days(before) + " ішінде";
        }
        if (before == 0) {
            return "туған күні немесе одан кейінгі " + days(after) + " ішінде";
        }
        return "туған күнге дейінгі " + days(before) + " немесе одан кейінгі " + days(after) + " ішінде";
    }

    @Override
    public String joinedWithin(int days) {
        return days == 0 ? "қосылған күні" : "қосылғаннан кейін " + days(days) + " ішінде";
    }

    @Override
    public String joinedBefore(LocalDate day) {
        return date(day) + " күнінен бұрын қосылғандар үшін";
    }

    @Override
    public String paidBy(Named methods) {
        return methods.text() + " арқылы төлегенде";
    }

    @Override
    public String withCoupon(Named coupons) {
        return coupons.text() + " промокодымен";
    }

    @Override
    public String ofAnyKind(boolean is) {
        return is ? "кез келген" : "ешқандай";
    }

    @Override
    public String ofCategory(Named categories, boolean is) {
        return categories.text() + " санатына " + belongs(is);
    }

    @Override
    public String ofBrand(Named brands, boolean is) {
        return brands.text() + " брендіне " + belongs(is);
    }

    @Override
    public String ofSku(Named skus, boolean is) {
        return "артикулі " + skus.text() + (is ? " болатын" : " болмайтын");
    }

    @Override
    public String forGoods(String attributes) {
        return attributes + " тауарлар үшін";
    }

    @Override
    public String rate(String amount, String per) {
        return "әр " + per + " үшін " + amount;
    }

    @Override
    public String nothing() {
        return "ештеңе есептелмейді";
    }

    @Override
    public String percentBack(String percent, String wallet) {
        return "бағаның " + percent + " мөлшері (" + wallet + ")";
    }

    @Override
    public String bonus(String amount) {
        return "тапсырысқа бір рет " + amount;
    }

    @Override
    public String multiplied(String wallet, String factor) {
        return "тауарлар үшін есептелгені " + factor + " (" + wallet + ")";
    }

    @Override
    public String percentOff(String percent) {
        return percent + " жеңілдік";
    }

    @Override
    public String amountOff(String amount) {
        return "тапсырысқа бір рет " + amount + " жеңілдік";
    }

    @Override
    public String benefit(Benefit.Kind kind) {
        return switch (kind) {
            case FREE_DELIVERY -> "тегін жеткізу";
            case EARLY_ACCESS -> "сатылымға ертерек қол жеткізу";
            case SUPPORT -> "жеке қолдау қызметі";
            case GIFT -> "сыйлық";
            case LABEL -> "артықшылық";
        };
    }

    @Override
    public String since(LocalDate day) {
        return date(day) + " күнінен бастап";
    }

    @Override
    public String since(LocalDateTime moment) {
        return date(moment.toLocalDate()) + " " + moment.toLocalTime() + " сәтінен бастап";
    }

    @Override
    public String through(LocalDate day) {
        return date(day) + " күніне дейін (қоса алғанда)";
    }

    @Override
    public String until(LocalDateTime moment) {
        return date(moment.toLocalDate()) + " " + moment.toLocalTime() + " сәтіне дейін";
    }

    @Override
    public String onlyFirstOf(String rules) {
        return "әр тауарға мына ережелердің сәйкес келетін біріншісі ғана қолданылады: " + rules;
    }

    @Override
    public String forAllElse() {
        return "қалғанының бәрі үшін";
    }

    @Override
    public String minimumOrder(String amount) {
        return "тауар сомасы " + amount + " шегінен төмен тапсырыс үшін ештеңе есептелмейді";
    }

    @Override
    public String maximumPerOrder(String amount) {
        return "бір тапсырыс үшін ең көбі " + amount;
    }

    @Override
    public String counts(String items) {
        return "ескеріледі: " + items;
    }

    @Override
    public String countsNot(String items) {
        return "ескерілмейді: " + items;
    }

    @Override
    public String counted(Counted what) {
        return switch (what) {
            case GOODS -> "тауарлар";
            case DISCOUNTED_GOODS -> "дүкен жеңілдігі бар тауарлар";
            case GIFT_VOUCHERS -> "сыйлық сертификаттары";
            case DELIVERY -> "жеткізу";
            case TAX -> "баға үстіне салық";
            case PAID_WITH_POINTS -> "әмияннан төленген бөлік";
        };
    }

    @Override
    public String roundedOnOrder() {
        return "бөлшек бөлік бүкіл тапсырыс бойынша бір рет алынып тасталады";
    }

    @Override
    public String roundedOnLine() {
        return "бөлшек бөлік тапсырыстың әр жолында алынып тасталады";
    }

    @Override
    public String multipliersAddUp(String maximum) {
        return "бір тауардағы бірнеше көбейткіш қосылады: ×2 және ×3 бірге ×4; ең көбі " + maximum;
    }

    @Override
    public String multipliersMultiply(String maximum) {
        return "бір тауардағы бірнеше көбейткіш көбейтіледі: ×2 және ×3 бірге ×6; ең көбі " + maximum;
    }

    @Override
    public String discountsAtMost(String percent) {
        return "бағдарламаның барлық жеңілдіктері бірге тауар сомасының " + percent + " мөлшерінен аспайды";
    }

    @Override
    public String discountsInSequence() {
        return "тізімде бұрын тұрғаны бірінші қолданылады";
    }

    @Override
    public String clockOf(String zone) {
        return "күндер мен сағаттар " + zone + " уақытымен есептеледі";
    }

    @Override
    public String available(PendingRule.From from, int days) {
        return "тапсырыс үшін есептелгені "
                + switch (from) {
                    case PAID -> days == 0 ? "төлем күні" : "төлемнен кейін " + days(days) + " өткен соң";
                    case DELIVERED ->
                        days == 0 ? "жеткізілген күні" : "жеткізілгеннен кейін " + days(days) + " өткен соң";
                }
                + " түседі";
    }

    @Override
    public String lastsForGood() {
        return "мерзімі шектелмеген";
    }

    @Override
    public String lastDay(String day) {
        return "соңғы күні: " + day;
    }

    @Override
    public String forTier(String tier) {
        return tier + " деңгейі үшін";
    }

    @Override
    public String daysAfter(int days) {
        return "түскеннен кейін " + days(days) + " өткенде";
    }

    @Override
    public String monthsAfter(int months) {
        return "түскеннен кейін " + months(months) + " өткенде";
    }

    @Override
    public String toMonthEnd(String day) {
        return day + " (сол айдың соңына дейін)";
    }

    @Override
    public String nextOf(List<String> dates, int atLeastDays) {
        String next = dates.size() == 1
                ? "ең жақын " + dates.getFirst()
                : Figures.list(dates, and()) + " күндерінің ең жақыны";
        return atLeastDays == 0 ? next : next + " (түскеннен кейін кемінде " + days(atLeastDays) + " өткенде)";
    }

    @Override
    public String earliest(String choice) {
        return choice + ", қайсысы ерте болса";
    }

    @Override
    public String inactive(List<Inactivity.Sign> signs, String span) {
        String none = signs.size() == 1
                ? sign(signs.getFirst())
                : String.join(
                        ", ",
                        signs.stream().map(each -> sign(each) + also(each)).toList());
        return "егер " + span + " бойы " + none + " болмаса, қолда бары түгел күйеді";
    }

    @Override
    public String atLeastAtATime(String amount) {
        return "бір ретте кемінде " + amount;
    }

    @Override
    public String inStepsOf(String amount) {
        return "қадамы: " + amount;
    }

    @Override
    public String upToShare(String percent) {
        return "тапсырыстың " + percent + " мөлшеріне дейін";
    }

    @Override
    public String heldForMinutes(long minutes) {
        return "төлеу кезінде " + FIGURES.number(minutes) + " минут сақталады";
    }

    @Override
    public String heldForHours(long hours) {
        return "төлеу кезінде " + FIGURES.number(hours) + " сағат сақталады";
    }

    @Override
    public String cannotBeSpent() {
        return "тапсырысты төлеуге болмайды";
    }

    @Override
    public String within(TierPeriod period) {
        return switch (period) {
            case TierPeriod.Calendar calendar ->
                switch (calendar.unit()) {
                    case MONTH -> "күнтізбелік ай ішінде";
                    case QUARTER -> "күнтізбелік тоқсан ішінде";
                    case HALF_YEAR -> "күнтізбелік жарты жыл ішінде";
                    case YEAR -> "күнтізбелік жыл ішінде";
                };
            case TierPeriod.RollingMonths rolling -> "соңғы " + months(rolling.months()) + " ішінде";
            case TierPeriod.RollingDays rolling -> "соңғы " + days(rolling.days()) + " ішінде";
            case TierPeriod.Anniversary anniversary ->
                "қосылған күннен бастап әр " + months(anniversary.months()) + " ішінде";
        };
    }

    @Override
    public String levels(String within, boolean periodic, boolean oneStep, int graceDays) {
        String when = periodic
                ? graceDays == 0 ? "кезең соңында" : "кезең біткеннен кейін " + days(graceDays) + " өткен соң"
                : graceDays == 0 ? "бірден" : days(graceDays) + " өткен соң";
        return "Деңгей шарттары " + within
                + " есептеледі. Жеткен деңгей бірден беріледі. Шарты енді орындалмаған деңгей " + when
                + (oneStep ? " бір саты төмендейді." : " шарты орындалған деңгейге дейін төмендейді.");
    }

    @Override
    public String forEverybody() {
        return "бәріне беріледі";
    }

    @Override
    public String toReach(String terms) {
        return "алу үшін: " + terms;
    }

    @Override
    public String toKeep(String terms) {
        return "сақтау үшін: " + terms;
    }

    @Override
    public String brings(String benefits) {
        return "береді: " + benefits;
    }

    @Override
    public String purchases(String amount) {
        return amount + " сомасына сатып алу";
    }

    @Override
    public String orders(long number) {
        return FIGURES.number(number) + " тапсырыс";
    }

    @Override
    public String earnedByOrders(String amount) {
        return "тапсырыстар үшін " + amount;
    }

    @Override
    public String eachTime(String amount) {
        return "әр жолы " + amount;
    }

    @Override
    public String forJoining(String amount) {
        return "қосылғаны үшін " + amount;
    }

    @Override
    public String atMostTimes(long times, Period per) {
        return switch (per) {
                    case DAY -> "күніне";
                    case WEEK -> "аптасына";
                    case MONTH -> "айына";
                    case QUARTER -> "тоқсанына";
                    case YEAR -> "жылына";
                    case EVER -> "барлығы";
                }
                + " ең көбі " + FIGURES.number(times) + " рет";
    }

    @Override
    public String onlyVerified() {
        return "тек дүкен тексергеннен кейін";
    }

    @Override
    public String returned() {
        return "тауар қайтарылса, ол үшін есептелгені кері алынады, оған төленгені қайтарылады";
    }

    @Override
    public String goneIsOwed() {
        return "ол жұмсалып кеткен болса, қарыз болады, оны келесі түскені жабады";
    }

    @Override
    public String goneIsDeducted() {
        return "ол жұмсалып кеткен болса, құны қайтарылатын ақшадан, ол жеткенше, ұсталады";
    }

    @Override
    public String goneIsForgiven(String upTo) {
        return "ол жұмсалып кеткен болса, дүкен кешіреді, бір тапсырысқа ең көбі " + upTo + "; қалғаны қарыз болады";
    }

    @Override
    public String givenBackLasts(int days) {
        return "мерзімі өткен соң қайтарылғаны тағы " + days(days) + " жарамды";
    }

    @Override
    public String givenBackExpires() {
        return "мерзімі өткен соң қайтарылғаны бірден күйеді";
    }

    @Override
    public String recommended(Optional<String> referrer, Optional<String> referee, Optional<String> minimum) {
        if (referrer.isEmpty() && referee.isEmpty()) {
            return "ұсыныстар белгіленеді, бірақ ештеңе бермейді";
        }
        return "жаңа мүшенің "
                + minimum.map(amount -> "тауар сомасы кемінде " + amount + " болатын ")
                        .orElse("")
                + "бірінші тапсырысының қайтару мерзімі өткенде: "
                + referrer.map(amount -> "ұсынған адамға " + amount).orElse("")
                + (referrer.isPresent() && referee.isPresent() ? and() : "")
                + referee.map(amount -> "жаңа мүшеге " + amount).orElse("");
    }

    @Override
    public String notYet() {
        return "әлі басталған жоқ";
    }

    @Override
    public String noLonger() {
        return "аяқталды";
    }

    @Override
    public String basketHas(String amount) {
        return "себетте " + amount;
    }

    @Override
    public String basketHasMatching(String amount) {
        return "себетте сәйкес тауарлардың сомасы " + amount;
    }

    @Override
    public String noneInBasket() {
        return "себетте ондай тауар жоқ";
    }

    @Override
    public String emptyBasket() {
        return "себетте тауар жоқ";
    }

    @Override
    public String insteadApplied(String rule) {
        return "бұл тауарларға оның орнына " + rule + " қолданылады";
    }

    @Override
    public String discountTrimmed(String taken, String said) {
        return said + " орнына " + taken + " жеңілдік: бұл тауарлардан бұдан артық шегеруге болмайды";
    }

    @Override
    public String discountUsedUp() {
        return "бұл тауарлардан бұдан артық шегеруге болмайды";
    }

    @Override
    public String discountNotGiven() {
        return "дүкен бұл жеңілдікті берген жоқ";
    }

    private static String day(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> "дүйсенбі";
            case TUESDAY -> "сейсенбі";
            case WEDNESDAY -> "сәрсенбі";
            case THURSDAY -> "бейсенбі";
            case FRIDAY -> "жұма";
            case SATURDAY -> "сенбі";
            case SUNDAY -> "жексенбі";
        };
    }

    private static String within(Period per) {
        return switch (per) {
            case DAY -> "бір күндегі ";
            case WEEK -> "бір аптадағы ";
            case MONTH -> "бір айдағы ";
            case QUARTER -> "бір тоқсандағы ";
            case YEAR -> "бір жылдағы ";
            case EVER -> "";
        };
    }

    private static String belongs(boolean is) {
        return is ? "жататын" : "жатпайтын";
    }

    private static String sign(Inactivity.Sign sign) {
        return switch (sign) {
            case ORDER -> "төленген тапсырыс";
            case REDEMPTION -> "жұмсау";
            case ACTIVITY -> "марапатталатын әрекет";
        };
    }

    /** The particle after a sign in "neither this nor that", by the sound of the word. */
    private static String also(Inactivity.Sign sign) {
        return switch (sign) {
            case ORDER -> " та";
            case REDEMPTION -> " да";
            case ACTIVITY -> " те";
        };
    }
}
