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
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Differences;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.document.BothFormats;
import kopilka.lambda.wire.document.SecondFormat;
import kopilka.lambda.wire.document.Warnings;
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
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;

/** Reads the document that a shop writes its program in, and names every error in it at once. */
public final class ProgramDocument {
    /** The first format of documents: one wallet of points, earned by rates. */
    private static final int FIRST = 1;

    /** What the error of a document says that wants to change what a program keeps for good. */
    public static final String UNCHANGEABLE = "unchangeable";

    /** Differences that are told of two documents: whoever changes more reads the document as a whole. */
    public static final int MAX_DIFFERENCES = 1_000;

    /** The objects of a document whose members' order counts: the first wallet is the main one. */
    private static final Set<String> ORDERED = Set.of("/wallets");

    /** Categories with a rate of their own: a page of rules, and far below the size of a body. */
    private static final int MAX_CATEGORIES = 200;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Names of categories, as order lines carry them: without control characters, counted in characters. */
    private static final Pattern CATEGORY = Pattern.compile("[^\\x{0}-\\x{1f}\\x{7f}-\\x{9f}]{1,64}");

    private static final Decoder<Long> POINTS_TO_MOVE = Decoder.integer(1, Points.MAX);

    private static final Decoder<ExpiryRule> EXPIRY = Decoder.object(fields -> {
        Field<Optional<Long>> months = fields.optional("months", Decoder.integer(1, 1_200));
        Field<Optional<Long>> days = fields.optional("days", Decoder.integer(1, 36_600));
        Field<Boolean> toMonthEnd = fields.optional("roundToMonthEnd", Decoder.bool(), false);
        if (!fields.has("months") && !fields.has("days")) {
            fields.refuseMissing("months");
        }
        if (fields.has("months")) {
            BothFormats.refuseBeside(fields, "months", "days");
        }
        return fields.decoded(() -> months.get().isPresent()
                ? new ExpiryRule.AfterMonths(months.get().get().intValue(), toMonthEnd.get())
                : new ExpiryRule.AfterDays(days.get().orElseThrow().intValue(), toMonthEnd.get()));
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
        return document instanceof JsonObject object && isOfSecondFormat(object)
                ? SecondFormat.decode(object, place)
                : Decoder.object(ProgramDocument::program).decode(document, place);
    }

    private static boolean isOfSecondFormat(JsonObject document) {
        return document.member("format")
                .map(told -> Decoder.integer(SecondFormat.FORMAT, SecondFormat.FORMAT)
                        .decode(told, Place.BODY)
                        .errors()
                        .isEmpty())
                .orElse(false);
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

    /**
     * What a new version changes although it stays as it is for good: amounts and days on record mean it, and members have
     * something in each wallet.
     */
    public static List<FieldError> unchangeable(Program before, Program after, Place place) {
        List<FieldError> errors = new ArrayList<>();
        if (!before.currency().equals(after.currency())) {
            errors.add(place.child("currency").error(UNCHANGEABLE, "the currency of a program stays as it is"));
        }
        if (!before.zone().equals(after.zone())) {
            errors.add(place.child("timeZone").error(UNCHANGEABLE, "the time zone of a program stays as it is"));
        }
        Place wallets = place.child("wallets");
        for (WalletRules wallet : before.wallets()) {
            Optional<WalletRules> still = after.wallet(wallet.id());
            if (still.isEmpty()) {
                errors.add(wallets.error(
                        UNCHANGEABLE, "members have something in the wallet " + wallet.id() + ": it stays"));
            } else if (still.get().unit() != wallet.unit()) {
                errors.add(wallets.child(wallet.id().value())
                        .child("unit")
                        .error(UNCHANGEABLE, "what a wallet holds stays as it is"));
            }
        }
        WalletId main = before.main().id();
        if (after.wallet(main).isPresent() && !after.main().id().equals(main)) {
            errors.add(wallets.error(UNCHANGEABLE, "the main wallet stays as it is: " + main + " comes first"));
        }
        return errors;
    }

    /**
     * A document that was looked at for all that may be the matter with it.
     *
     * @param program what it says, or every error in it
     * @param warnings what is no error, but hardly meant, each with its place and a code of its own: rules that can never
     *     apply, rules of one group whose sequence is chance, and more given back than the document's own limit. Empty of a
     *     document that has errors, and of one of the first format
     */
    public record Checked(Decoded<Program> program, List<FieldError> warnings) {
        /** Copies what it is given. */
        public Checked {
            warnings = List.copyOf(warnings);
        }
    }

    /** Decodes a document, and looks for what is odd about it. */
    public static Checked check(JsonValue document, Place place) {
        Decoded<Program> decoded = decode(document, place);
        return new Checked(
                decoded,
                document instanceof JsonObject object && decoded instanceof Decoded.Valid<Program>(Program program)
                        ? Warnings.of(object, program, place)
                        : List.of());
    }

    /** What one document says otherwise than another, in at most {@value #MAX_DIFFERENCES} differences. */
    public static Differences differences(JsonValue before, JsonValue after) {
        return Differences.between(before, after, ORDERED, MAX_DIFFERENCES);
    }

    private static Decoded<Program> program(Fields fields) {
        // A document of the second format never comes here.
        fields.required(
                "format",
                integer()
                        .where(
                                format -> format == FIRST,
                                Code.UNKNOWN_VALUE,
                                "must be " + FIRST + " or " + SecondFormat.FORMAT));
        Field<String> name = fields.required("name", Decoder.text(1, 100));
        Field<Currency> currency = fields.required("currency", Amounts.currency());
        Field<ZoneId> zone = fields.required("timeZone", BothFormats.ZONE);
        Optional<Currency> known = currency.ifValid();
        Field<ToldEarning> earning = fields.required("earning", earning(known));
        Field<PendingRule> pending = fields.required("pending", BothFormats.PENDING);
        Field<ExpiryRule> expiry = fields.optional("expiry", EXPIRY, new ExpiryRule.Never());
        Field<RedemptionRules> redemption = fields.required("redemption", redemption(known));
        Field<RefundRules> refunds = fields.required("refunds", BothFormats.REFUNDS);
        Field<Optional<ReferralRules>> referral =
                fields.optional("referral", BothFormats.referral(Amounts.amount(known, 0)));
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
            Field<Include> include = fields.optional("include", BothFormats.INCLUDE, Include.USUAL);
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
                BothFormats.refuseBeside(fields, "percent", "points");
                BothFormats.refuseBeside(fields, "percent", "per");
                return fields.decoded(() -> new ToldRate.PercentBack(percent.get()));
            }
            Field<Long> points = fields.required("points", Decoder.integer(1, BothFormats.MAX_RATE_POINTS));
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
                    Field<Long> points = fields.required("points", Decoder.integer(1, BothFormats.MAX_RATE_POINTS));
                    Field<Long> amount = fields.required("amount", Amounts.amount(currency, 1));
                    return fields.decoded(() -> new Worth(points.get(), amount.get()));
                })
                .where(
                        worth -> worth.points() <= worth.minor() * BothFormats.MAX_POINTS_FOR_MINOR
                                && worth.minor() <= worth.points() * BothFormats.MAX_MINOR_FOR_POINT,
                        Code.OUT_OF_RANGE,
                        "a point must be worth from a " + BothFormats.MAX_POINTS_FOR_MINOR
                                + "th of the currency's smallest unit to " + BothFormats.MAX_MINOR_FOR_POINT
                                + " of them");
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
            BigInteger most =
                    BigInteger.valueOf(rate.perMinor()).multiply(BigInteger.valueOf(BothFormats.MAX_POINTS_FOR_MINOR));
            if (BigInteger.valueOf(rate.points()).compareTo(most) > 0) {
                errors.add(place.error(
                        Code.OUT_OF_RANGE,
                        "must give at most " + BothFormats.MAX_POINTS_FOR_MINOR
                                + " points for the currency's smallest unit"));
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
