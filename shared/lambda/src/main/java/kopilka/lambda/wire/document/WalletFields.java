package kopilka.lambda.wire.document;

import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.money.Points;
import kopilka.program.Condition;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.RedemptionRules;
import kopilka.program.Texts;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.WalletRules.Unit;
import kopilka.program.Worth;

/** Decodes a wallet. */
final class WalletFields {
    /** What a wallet is counted in. */
    static final Decoder<Unit> UNIT = Decoder.oneOf(Unit.values(), Values::code);

    /** What money is worth. */
    static final Worth FACE_VALUE = new Worth(1, 1);

    private final Known known;
    private final Decoder<Expiry> expiry;
    private final Decoder<Condition> when;

    WalletFields(Known known) {
        this.known = known;
        this.expiry = new ExpiryFields(known).decoder();
        this.when = Nesting.limited(new Conditions(known, Conditions.Room.REDEMPTION).decoder());
    }

    /** A wallet that does not know its id yet. */
    Decoder<Function<WalletId, WalletRules>> decoder() {
        return Decoder.object(this::wallet);
    }

    private Decoded<Function<WalletId, WalletRules>> wallet(Fields fields) {
        Field<Unit> unit = fields.required("unit", UNIT);
        Optional<Unit> holds = unit.ifValid();
        Field<Texts> name = fields.optional("name", Values.TEXTS, Texts.NONE);
        Field<PendingRule> pending = fields.required("pending", BothFormats.PENDING);
        Field<Expiry> expires = fields.optional("expiry", expiry, Expiry.by(new ExpiryRule.Never()));
        Field<Optional<RedemptionRules>> redemption = fields.optional("redemption", redemption(holds));
        Field<Optional<Long>> maximum = fields.optional("maximumPerOrder", units(holds));
        return fields.decoded(() -> id -> new WalletRules(
                id,
                unit.get(),
                name.get(),
                pending.get(),
                expires.get(),
                redemption.get(),
                maximum.get().map(OptionalLong::of).orElse(OptionalLong.empty())));
    }

    /** A number of points, or an amount of money, as the wallet holds; any of them where its unit has an error. */
    private Decoder<Long> units(Optional<Unit> unit) {
        return unit.map(holds -> switch (holds) {
                    case POINTS -> Values.POINTS_TO_MOVE;
                    case MONEY -> Values.positive(Values.amount(known.currency(), Points.MAX));
                })
                .orElseGet(() -> Decoder.any().map(any -> 1L));
    }

    private Decoder<RedemptionRules> redemption(Optional<Unit> unit) {
        return Decoder.object(fields -> {
            Field<Worth> worth = unit.equals(Optional.of(Unit.MONEY))
                    ? faceValue(fields)
                    : fields.required("worth", worth(known.currency()));
            Field<Long> minimum = fields.optional("minimumPoints", Values.POINTS_TO_MOVE, 1L);
            Field<Long> step = fields.optional("step", Values.POINTS_TO_MOVE, 1L);
            Field<Integer> share =
                    fields.optional("maximumShare", Values.hundredths(1, RedemptionRules.WHOLE), RedemptionRules.WHOLE);
            Field<Long> minutes = fields.optional(
                    "holdMinutes",
                    Decoder.integer(1, RedemptionRules.LONGEST_HOLD.toMinutes()),
                    RedemptionRules.DEFAULT_HOLD.toMinutes());
            Field<Optional<Condition>> circumstances = fields.optional("when", when);
            return fields.decoded(() -> new RedemptionRules(
                    worth.get(),
                    minimum.get(),
                    step.get(),
                    share.get(),
                    Duration.ofMinutes(minutes.get()),
                    circumstances.get()));
        });
    }

    private static Field<Worth> faceValue(Fields fields) {
        if (fields.has("worth")) {
            fields.refuse("worth", Code.NOT_ALLOWED, "money is worth what it is: this wallet has no other worth");
        }
        return fields.optional("worth", Decoder.any().map(any -> FACE_VALUE), FACE_VALUE);
    }

    /** What points are worth. */
    static Decoder<Worth> worth(Optional<Currency> currency) {
        return Decoder.object(fields -> {
            Field<Long> points = fields.required("points", Decoder.integer(1, BothFormats.MAX_RATE_POINTS));
            Field<Long> amount = fields.required("amount", Values.positive(Values.amount(currency)));
            return fields.decodedFurther(() -> {
                // An amount above a million minor units cannot be too small for a million points.
                long least = Math.min(amount.get(), BothFormats.MAX_RATE_POINTS) * BothFormats.MAX_POINTS_FOR_MINOR;
                boolean inRange = points.get() <= least
                        && (currency.isEmpty() || amount.get() <= points.get() * BothFormats.MAX_MINOR_FOR_POINT);
                return inRange
                        ? new Decoded.Valid<>(new Worth(points.get(), amount.get()))
                        : Flaw.WORTH_OUT_OF_RANGE.refused(
                                fields.place(),
                                "a point must be worth from a " + BothFormats.MAX_POINTS_FOR_MINOR
                                        + "th of the currency's smallest unit to " + BothFormats.MAX_MINOR_FOR_POINT
                                        + " of them");
            });
        });
    }
}
