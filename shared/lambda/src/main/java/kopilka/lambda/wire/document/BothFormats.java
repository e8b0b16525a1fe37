package kopilka.lambda.wire.document;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.wire.ShortfallPolicy;
import kopilka.program.EarningRules.Include;
import kopilka.program.PendingRule;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.RefundRules.Shortfall;

/** What documents of the first and the second format say alike. */
public final class BothFormats {
    /** Points that a rate or a worth names: a million is plenty for any fraction of money. */
    public static final int MAX_RATE_POINTS = 1_000_000;

    /**
     * The most points for one minor unit, of a rate and of the worth. Above it, what the largest order earns would no
     * longer be computed in 64 bits; far below it, a program gives its points away.
     */
    public static final int MAX_POINTS_FOR_MINOR = 10_000;

    /** The most minor units that a point is worth, for the same reason. */
    public static final int MAX_MINOR_FOR_POINT = 1_000_000;

    /** The zones of the IANA list; an offset alone is none, since it knows no daylight saving. */
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> !zone.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableSet());

    /** A time zone. */
    public static final Decoder<ZoneId> ZONE = (value, place) -> {
        if (!(value instanceof JsonString zone)) {
            return new Decoded.Invalid<>(place.error(Code.WRONG_TYPE, "must be a string"));
        }
        return ZONES.contains(zone.text())
                ? new Decoded.Valid<>(ZoneId.of(zone.text()))
                : new Decoded.Invalid<>(
                        place.error(Code.UNKNOWN_VALUE, "must be a zone of the IANA list, such as Europe/Kyiv"));
    };

    /** How long earned points stay pending. */
    public static final Decoder<PendingRule> PENDING = Decoder.object(fields -> {
        Field<PendingRule.From> from = fields.required("from", Decoder.oneOf(PendingRule.From.values(), Values::code));
        Field<Long> days = fields.required("days", Decoder.integer(0, PendingRule.MAX_DAYS));
        return fields.decoded(() -> new PendingRule(from.get(), days.get().intValue()));
    });

    /** What counts beside the goods. */
    public static final Decoder<Include> INCLUDE = Decoder.object(fields -> {
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
        Field<Optional<Long>> limit = fields.optional("limit", Values.POINTS);
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

    /** What returns take back and give back. */
    public static final Decoder<RefundRules> REFUNDS = Decoder.object(fields -> {
        Field<Shortfall> shortfall = fields.required("shortfall", SHORTFALL);
        Field<Long> grace = fields.optional("graceDays", Decoder.integer(0, 366), 0L);
        return fields.decoded(() -> new RefundRules(shortfall.get(), grace.get().intValue()));
    });

    private BothFormats() {}

    /**
     * What recommending brings.
     *
     * @param amount decodes an amount of the program's currency
     */
    public static Decoder<ReferralRules> referral(Decoder<Long> amount) {
        return Decoder.object(fields -> {
            Field<Long> referrer = fields.required("referrerPoints", Values.POINTS);
            Field<Long> referee = fields.required("refereePoints", Values.POINTS);
            Field<Long> minimum = fields.optional("minimumOrder", amount, 0L);
            return fields.decoded(() -> new ReferralRules(referrer.get(), referee.get(), Math.max(1, minimum.get())));
        });
    }

    /** Refuses a field that another one excludes. */
    public static void refuseBeside(Fields fields, String name, String other) {
        // Asked for, so that it is not refused as unknown too.
        fields.optional(other, Decoder.any());
        if (fields.has(other)) {
            fields.refuse(other, Code.NOT_ALLOWED, "does not stand beside " + name);
        }
    }
}
