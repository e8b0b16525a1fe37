package kopilka.lambda.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Differences;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import kopilka.money.Points;
import kopilka.program.Category;
import kopilka.program.EarningRules;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.Worth;

/** Reads the document that a shop writes its program in, and names every error in it at once. */
public final class ProgramDocument {
    /** The format of documents that is understood. */
    public static final int FORMAT = 1;

    /** What the error of a document says that wants to change what a program keeps for good. */
    public static final String UNCHANGEABLE = "unchangeable";

    /** Differences that are told of two documents: whoever changes more reads the document as a whole. */
    public static final int MAX_DIFFERENCES = 1_000;

    /** The objects of a document whose members' order counts: the first wallet is the main one. */
    private static final Set<String> ORDERED = Set.of("/wallets");

    /** Categories with a rate of their own: a page of rules, and far below the size of a body. */
    private static final int MAX_CATEGORIES = 200;

    /** Points that a rate or a worth names: a million is plenty for any fraction of money. */
    private static final int MAX_RATE_POINTS = 1_000_000;

    /**
     * The most points for one minor unit, of a rate and of the worth. Above it, what the largest order earns would no
     * longer be computed in 64 bits; far below it, a program gives its points away.
     */
    private static final int MAX_POINTS_FOR_MINOR = 10_000;

    /** The most minor units that a point is worth, for the same reason. */
    private static final int MAX_MINOR_FOR_POINT = 1_000_000;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Names of categories, as order lines carry them: without control characters, counted in characters. */
    private static final Pattern CATEGORY = Pattern.compile("[^\\x{0}-\\x{1f}\\x{7f}-\\x{9f}]{1,64}");

    /** The zones of the IANA list; an offset alone is none, since it knows no daylight saving. */
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> !zone.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Decoder<ZoneId> ZONE = (value, place) -> {
        if (!(value instanceof JsonString zone)) {
            return new Decoded.Invalid<>(place.error(Code.WRONG_TYPE, "must be a string"));
        }
        return ZONES.contains(zone.text())
                ? new Decoded.Valid<>(ZoneId.of(zone.text()))
                : new Decoded.Invalid<>(
                        place.error(Code.UNKNOWN_VALUE, "must be a zone of the IANA list, such as Europe/Kyiv"));
    };

    private static final Decoder<Long> POINTS = Decoder.integer(0, Points.MAX);
    private static final Decoder<Long> POINTS_TO_MOVE = Decoder.integer(1, Points.MAX);

    private static final Decoder<PendingRule> PENDING = Decoder.object(fields -> {
        Field<PendingRule.From> from =
                fields.required("from", Decoder.oneOf(PendingRule.From.values(), ProgramDocument::code));
        Field<Long> days = fields.required("days", Decoder.integer(0, PendingRule.MAX_DAYS));
        return fields.decoded(() -> new PendingRule(from.get(), days.get().intValue()));
    });

    private static final Decoder<ExpiryRule> EXPIRY = Decoder.object(fields -> {
        Field<Optional<Long>> months = fields.optional("months", Decoder.integer(1, 1_200));
        Field<Optional<Long>> days = fields.optional("days", Decoder.integer(1, 36_600));
        Field<Boolean> toMonthEnd = fields.optional("roundToMonthEnd", Decoder.bool(), false);
        if (!fields.has("months") && !fields.has("days")) {
            fields.refuseMissing("months");
        }
        if (fields.has("months")) {
            refuseBeside(fields, "months", "days");
        }
        return fields.decoded(() -> months.get().isPresent()
                ? new ExpiryRule.AfterMonths(months.get().get().intValue(), toMonthEnd.get())
                : new ExpiryRule.AfterDays(days.get().orElseThrow().intValue(), toMonthEnd.get()));
    });

    private static final Decoder<Include> INCLUDE = Decoder.object(fields -> {
        Include usual = Include.USUAL;
        Field<Boolean> delivery = fields.optional("delivery", Decoder.bool(), usual.delivery());
        Field<Boolean> tax = fields.optional("tax", Decoder.bool(), usual.tax());
        Field<Boolean> discounted = fields.optional("discountedLines", Decoder.bool(), usual.discountedLines());
        Field<Boolean> vouchers = fields.optional("giftVouchers", Decoder.bool(), usual.giftVouchers());
        Field<Boolean> points = fields.optional("paidWithPoints", Decoder.bool(), usual.paidWithPoints());
        return fields.decoded(
                () -> new Include(delivery.get(), tax.get(), discounted.get(), vouchers.get(), points.get()));
    });

    private static final Decoder<Shortfall> SHORTFALL = Decoder.object(fields -> {
        Field<ShortfallPolicy> policy =
                fields.required("policy", Decoder.oneOf(ShortfallPolicy.values(), ShortfallPolicy::code));
        Field<Optional<Long>> limit = fields.optional("limit", POINTS);
        policy.ifValid().ifPresent(known -> {
            boolean limited = known == ShortfallPolicy.WRITE_OFF;
            if (limited && !fields.has("limit")) {
                fields.refuseMissing("limit");
            }
            if (!limited && fields.has("limit")) {
                fields.refuse("limit", Code.NOT_ALLOWED, "only write_off has a limit");
            }
        });
        return fields.decoded(() -> switch (policy.get()) {
            case DEBT -> new Shortfall.Debt();
            case DEDUCT -> new Shortfall.Deduct();
            case WRITE_OFF -> new Shortfall.WriteOff(limit.get().orElseThrow());
        });
    });

    private static final Decoder<RefundRules> REFUNDS = Decoder.object(fields -> {
        Field<Shortfall> shortfall = fields.required("shortfall", SHORTFALL);
        Field<Long> grace = fields.optional("graceDays", Decoder.integer(0, 366), 0L);
        return fields.decoded(() -> new RefundRules(shortfall.get(), grace.get().intValue()));
    });

    private ProgramDocument() {}

    /** Decodes the text of a document. */
    public static Decoded<Program> decode(byte[] document) {
        return switch (JsonReader.body(document)) {
            case JsonReader.Read read -> decode(read.value(), Place.BODY);
            case JsonReader.Malformed malformed ->
                new Decoded.Invalid<>(
                        Place.BODY.error("malformed_json", malformed.fault().detail()));
        };
    }

    /** Decodes a document that is a part of something else, or was read already. */
    public static Decoded<Program> decode(JsonValue document, Place place) {
        return Decoder.object(ProgramDocument::program).decode(document, place);
    }

    /**
     * Reads a document that was found valid before it was stored.
     *
     * @throws IllegalArgumentException if it is not valid: the store was tampered with, or a rule was tightened that
     *     must not be
     */
    public static Program parse(String document) {
        return switch (decode(document.getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Valid<Program> valid -> valid.value();
            case Decoded.Invalid<Program> invalid ->
                throw new IllegalArgumentException("a stored program document is not valid: "
                        + invalid.errors().getFirst());
        };
    }

    /** What a new version changes although it stays as it is for good: amounts and days on record mean it. */
    public static List<FieldError> unchangeable(Program before, Program after, Place place) {
        List<FieldError> errors = new ArrayList<>();
        if (!before.currency().equals(after.currency())) {
            errors.add(place.child("currency").error(UNCHANGEABLE, "the currency of a program stays as it is"));
        }
        if (!before.zone().equals(after.zone())) {
            errors.add(place.child("timeZone").error(UNCHANGEABLE, "the time zone of a program stays as it is"));
        }
        return errors;
    }

    /** What is allowed in a document and yet worth a second look before it is published, each at its place. */
    public static List<FieldError> warnings(Program rules, Place place) {
        return List.of();
    }

    /** What one document says otherwise than another, in at most {@value #MAX_DIFFERENCES} differences. */
    public static Differences differences(JsonValue before, JsonValue after) {
        return Differences.between(before, after, ORDERED, MAX_DIFFERENCES);
    }

    private static Decoded<Program> program(Fields fields) {
        fields.required("format", integer().where(format -> format == FORMAT, Code.UNKNOWN_VALUE, "must be " + FORMAT));
        Field<String> name = fields.required("name", Decoder.text(1, 100));
        Field<Currency> currency = fields.required("currency", Amounts.currency());
        Field<ZoneId> zone = fields.required("timeZone", ZONE);
        Optional<Currency> known = currency.ifValid();
        Field<ToldEarning> earning = fields.required("earning", earning(known));
        Field<PendingRule> pending = fields.required("pending", PENDING);
        Field<ExpiryRule> expiry = fields.optional("expiry", EXPIRY, new ExpiryRule.Never());
        Field<RedemptionRules> redemption = fields.required("redemption", redemption(known));
        Field<RefundRules> refunds = fields.required("refunds", REFUNDS);
        Field<Optional<ReferralRules>> referral = fields.optional("referral", referral(known));
        return fields.decodedFurther(() -> earning.get()
                .rules(redemption.get().worth(), fields.place().child("earning"))
                .map(rules -> new Program(
                        name.get(),
                        currency.get(),
                        zone.get(),
                        rules,
                        pending.get(),
                        expiry.get(),
                        redemption.get(),
                        refunds.get(),
                        referral.get())));
    }

    private static Decoder<Long> integer() {
        return Decoder.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static Decoder<ToldEarning> earning(Optional<Currency> currency) {
        return Decoder.object(fields -> {
            Field<ToldRate> rate = fields.required("rate", rate(currency, new BigDecimal("0.0001")));
            Field<Map<String, ToldRate>> categories = fields.optional(
                    "categories", Decoder.mapOf(CATEGORY, rate(currency, BigDecimal.ZERO), MAX_CATEGORIES), Map.of());
            Field<Long> minimum = fields.optional("minimumOrder", Amounts.amount(currency, 0), 0L);
            Field<Optional<Long>> maximum = fields.optional("maximumPerOrder", POINTS_TO_MOVE);
            Field<Include> include = fields.optional("include", INCLUDE, Include.USUAL);
            Field<Rounding> rounding = fields.optional(
                    "rounding", Decoder.oneOf(Rounding.values(), ProgramDocument::code), Rounding.DOWN_ON_ORDER);
            return fields.decoded(() -> new ToldEarning(
                    rate.get(),
                    categories.get(),
                    minimum.get(),
                    maximum.get().map(OptionalLong::of).orElse(OptionalLong.empty()),
                    include.get(),
                    rounding.get()));
        });
    }

    private static Decoder<ToldRate> rate(Optional<Currency> currency, BigDecimal minPercent) {
        return Decoder.object(fields -> {
            if (fields.has("percent")) {
                Field<BigDecimal> percent = fields.required(
                        "percent", Amounts.unsigned(Decoder.decimal(ToldRate.PERCENT_DECIMALS, minPercent, HUNDRED)));
                refuseBeside(fields, "percent", "points");
                refuseBeside(fields, "percent", "per");
                return fields.decoded(() -> new ToldRate.PercentBack(percent.get()));
            }
            Field<Long> points = fields.required("points", Decoder.integer(1, MAX_RATE_POINTS));
            Field<Long> per = fields.required("per", Amounts.amount(currency, 1));
            return fields.decoded(() -> new ToldRate.PerAmount(points.get(), per.get()));
        });
    }

    private static Decoder<RedemptionRules> redemption(Optional<Currency> currency) {
        return Decoder.object(fields -> {
            Field<Worth> worth = fields.required("worth", worth(currency));
            Field<Long> minimum = fields.optional("minimumPoints", POINTS_TO_MOVE, 1L);
            Field<BigDecimal> share = fields.optional(
                    "maximumShare", Amounts.unsigned(Decoder.decimal(2, new BigDecimal("0.01"), HUNDRED)), HUNDRED);
            Field<Long> minutes = fields.optional(
                    "holdMinutes",
                    Decoder.integer(1, RedemptionRules.LONGEST_HOLD.toMinutes()),
                    RedemptionRules.DEFAULT_HOLD.toMinutes());
            return fields.decoded(() -> new RedemptionRules(
                    worth.get(),
                    minimum.get(),
                    share.get().movePointRight(2).intValueExact(),
                    Duration.ofMinutes(minutes.get())));
        });
    }

    private static Decoder<Worth> worth(Optional<Currency> currency) {
        return Decoder.<Worth>object(fields -> {
                    Field<Long> points = fields.required("points", Decoder.integer(1, MAX_RATE_POINTS));
                    Field<Long> amount = fields.required("amount", Amounts.amount(currency, 1));
                    return fields.decoded(() -> new Worth(points.get(), amount.get()));
                })
                .where(
                        worth -> worth.points() <= worth.minor() * MAX_POINTS_FOR_MINOR
                                && worth.minor() <= worth.points() * MAX_MINOR_FOR_POINT,
                        Code.OUT_OF_RANGE,
                        "a point must be worth from a " + MAX_POINTS_FOR_MINOR
                                + "th of the currency's smallest unit to " + MAX_MINOR_FOR_POINT + " of them");
    }

    private static Decoder<ReferralRules> referral(Optional<Currency> currency) {
        return Decoder.object(fields -> {
            Field<Long> referrer = fields.required("referrerPoints", POINTS);
            Field<Long> referee = fields.required("refereePoints", POINTS);
            Field<Long> minimum = fields.optional("minimumOrder", Amounts.amount(currency, 0), 0L);
            return fields.decoded(() -> new ReferralRules(referrer.get(), referee.get(), Math.max(1, minimum.get())));
        });
    }

    private static void refuseBeside(Fields fields, String name, String other) {
        if (fields.optional(other, Decoder.any())
                .ifValid()
                .flatMap(found -> found)
                .isPresent()) {
            fields.refuse(other, Code.NOT_ALLOWED, "does not stand beside " + name);
        }
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The rules of earning as they are written: a percentage means points only together with what these are worth. */
    private record ToldEarning(
            ToldRate rate,
            Map<String, ToldRate> categories,
            long minimumOrder,
            OptionalLong maximumPerOrder,
            Include include,
            Rounding rounding) {
        Decoded<EarningRules> rules(Worth worth, Place place) {
            List<FieldError> errors = new ArrayList<>();
            check(rate.in(worth), place.child("rate"), errors);
            Map<Category, Rate> rates = new HashMap<>();
            categories.forEach((name, told) -> {
                Rate other = told.in(worth);
                check(other, place.child("categories").child(name), errors);
                rates.put(new Category(name), other);
            });
            return errors.isEmpty()
                    ? new Decoded.Valid<>(
                            new EarningRules(rate.in(worth), rates, minimumOrder, maximumPerOrder, include, rounding))
                    : new Decoded.Invalid<>(errors);
        }

        private static void check(Rate rate, Place place, List<FieldError> errors) {
            BigInteger most = BigInteger.valueOf(rate.perMinor()).multiply(BigInteger.valueOf(MAX_POINTS_FOR_MINOR));
            if (BigInteger.valueOf(rate.points()).compareTo(most) > 0) {
                errors.add(place.error(
                        Code.OUT_OF_RANGE,
                        "must give at most " + MAX_POINTS_FOR_MINOR + " points for the currency's smallest unit"));
            }
        }
    }

    /** A rate as it is written. */
    private sealed interface ToldRate {
        int PERCENT_DECIMALS = 4;

        Rate in(Worth worth);

        /** Points for an amount. */
        record PerAmount(long points, long perMinor) implements ToldRate {
            @Override
            public Rate in(Worth worth) {
                return new Rate(points, perMinor);
            }
        }

        /** A share of the amount, given back in points. */
        record PercentBack(BigDecimal percent) implements ToldRate {
            @Override
            public Rate in(Worth worth) {
                return Rate.percentage(
                        percent.movePointRight(PERCENT_DECIMALS).longValueExact(),
                        BigInteger.TEN.pow(PERCENT_DECIMALS).longValueExact(),
                        worth);
            }
        }
    }
}
