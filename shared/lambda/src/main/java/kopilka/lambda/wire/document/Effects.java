package kopilka.lambda.wire.document;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.lambda.wire.Amounts;
import kopilka.money.Points;
import kopilka.program.Benefit;
import kopilka.program.Effect;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules.Unit;
import kopilka.program.Worth;

/** Decodes what rules and activities bring. */
final class Effects {
    private static final int PERCENT_DECIMALS = 4;

    private static final Decoder<BigDecimal> PERCENT = Amounts.unsigned(
            Decoder.decimal(PERCENT_DECIMALS, BigDecimal.ONE.movePointLeft(PERCENT_DECIMALS), BigDecimal.valueOf(100)));

    /** Something beside points and discounts. */
    static final Decoder<Benefit> BENEFIT = Decoder.object(fields -> {
        Field<Benefit.Kind> kind = fields.required("kind", Decoder.oneOf(Benefit.Kind.values(), Benefit.Kind::code));
        Field<Optional<String>> label = fields.optional("label", Values.LABEL);
        if (kind.ifValid().equals(Optional.of(Benefit.Kind.LABEL)) && !fields.has("label")) {
            fields.refuseMissing("label");
        }
        return fields.decoded(() -> new Benefit(kind.get(), label.get()));
    });

    private final Known known;
    private final Map<String, Decoder<Effect>> kinds = new LinkedHashMap<>();

    Effects(Known known) {
        this.known = known;
        kinds.put("earn", earn());
        kinds.put("bonus", bonus().map(bonus -> bonus));
        kinds.put("multiply", multiply());
        kinds.put("discount", discount());
        kinds.put("benefit", BENEFIT.map(Effect.Grant::new));
    }

    /** One effect. */
    Decoder<Effect> decoder() {
        return Decoder.object(fields -> {
            Field<Effect> effect = fields.exactlyOne(kinds);
            return fields.decoded(effect::get);
        });
    }

    private Decoder<Effect> earn() {
        return Decoder.object(fields -> {
            Field<WalletId> wallet = fields.required("wallet", known.wallet());
            return fields.has("percent") ? percent(fields, wallet) : perAmount(fields, wallet);
        });
    }

    private Decoded<Effect> percent(Fields fields, Field<WalletId> wallet) {
        Field<BigDecimal> percent = fields.required("percent", PERCENT);
        BothFormats.refuseBeside(fields, "percent", "points");
        BothFormats.refuseBeside(fields, "percent", "per");
        Optional<Known.Purse> purse = wallet.ifValid().map(known::purse);
        if (purse.isPresent() && !purse.get().redeemable() && !purse.get().holds(Unit.MONEY)) {
            fields.refuse(
                    "percent",
                    Flaw.NO_WORTH.code(),
                    "this wallet has no redemption, so its points are worth nothing: say points and per");
        }
        return fields.decoded(() -> new Effect.Earn(
                wallet.get(),
                Rate.percentage(
                        percent.get().movePointRight(PERCENT_DECIMALS).longValueExact(),
                        BigDecimal.TEN.pow(PERCENT_DECIMALS).longValueExact(),
                        // Where the worth has an error, the document is refused for it.
                        purse.flatMap(Known.Purse::worth).orElse(new Worth(1, 1))),
                Optional.of(percent.get())));
    }

    private Decoded<Effect> perAmount(Fields fields, Field<WalletId> wallet) {
        Field<Long> points = fields.required("points", Decoder.integer(1, BothFormats.MAX_RATE_POINTS));
        Field<Long> per = fields.required("per", Values.positive(Values.amount(known.currency())));
        if (fields.has("points") && holds(wallet, Unit.MONEY)) {
            fields.refuse("points", Flaw.WRONG_UNIT.code(), "this wallet holds money: say percent");
        }
        return fields.decodedFurther(() -> {
            // An amount above a million minor units cannot be too small for a million points.
            long most = Math.min(per.get(), BothFormats.MAX_RATE_POINTS) * BothFormats.MAX_POINTS_FOR_MINOR;
            return points.get() > most
                    ? Flaw.TOO_GENEROUS.refused(
                            fields.place().child("points"),
                            "must be at most " + BothFormats.MAX_POINTS_FOR_MINOR
                                    + " for each of the currency's smallest unit")
                    : new Decoded.Valid<>(
                            new Effect.Earn(wallet.get(), new Rate(points.get(), per.get()), Optional.empty()));
        });
    }

    /** So many wallet units, once. */
    Decoder<Effect.Bonus> bonus() {
        return Decoder.object(fields -> {
            Field<WalletId> wallet = fields.required("wallet", known.wallet());
            Field<Long> units = fields.has("amount") || (holds(wallet, Unit.MONEY) && !fields.has("points"))
                    ? fields.required("amount", Values.positive(Values.amount(known.currency(), Points.MAX)))
                    : fields.required("points", Values.POINTS_TO_MOVE);
            if (fields.has("amount")) {
                BothFormats.refuseBeside(fields, "amount", "points");
                if (holds(wallet, Unit.POINTS)) {
                    fields.refuse("amount", Flaw.WRONG_UNIT.code(), "this wallet holds points: say points");
                }
            } else if (fields.has("points") && holds(wallet, Unit.MONEY)) {
                fields.refuse("points", Flaw.WRONG_UNIT.code(), "this wallet holds money: say amount");
            }
            return fields.decoded(() -> new Effect.Bonus(wallet.get(), units.get()));
        });
    }

    private boolean holds(Field<WalletId> wallet, Unit unit) {
        return wallet.ifValid()
                .map(known::purse)
                .filter(purse -> purse.holds(unit))
                .isPresent();
    }

    private Decoder<Effect> multiply() {
        return Decoder.object(fields -> {
            Field<WalletId> wallet = fields.required("wallet", known.wallet());
            Field<Integer> by = fields.required("by", Values.hundredths(0, Effect.Multiply.MAX_HUNDREDTHS));
            return fields.decoded(() -> new Effect.Multiply(wallet.get(), by.get()));
        });
    }

    private Decoder<Effect> discount() {
        Map<String, Decoder<Effect>> choices = new LinkedHashMap<>();
        choices.put("percent", Values.hundredths(1, RedemptionRules.WHOLE).map(Effect.PercentOff::new));
        choices.put("amount", Values.positive(Values.amount(known.currency())).map(Effect.AmountOff::new));
        return Decoder.object(fields -> {
            Field<Effect> discount = fields.exactlyOne(choices);
            return fields.decoded(discount::get);
        });
    }
}
