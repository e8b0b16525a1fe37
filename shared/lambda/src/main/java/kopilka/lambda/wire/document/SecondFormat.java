package kopilka.lambda.wire.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.Amounts;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Effect;
import kopilka.program.Multipliers;
import kopilka.program.Program;
import kopilka.program.RedemptionRules;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.Segment;
import kopilka.program.TierRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/** Decodes documents of the second format: wallets, rules, tiers and activities. */
public final class SecondFormat {
    /** The number of this format. */
    public static final int FORMAT = 2;

    /** Labels that a shop gives to its members for rules to ask for. */
    static final int MAX_SEGMENTS = 100;

    private SecondFormat() {}

    /** Decodes a document that says that it is of this format. */
    public static Decoded<Program> decode(JsonObject document, Place place) {
        return program(new Fields(document, place), Known.of(document));
    }

    private static Decoded<Program> program(Fields fields, Known known) {
        fields.required("format", Decoder.integer(FORMAT, FORMAT));
        Field<String> name = fields.required("name", Decoder.text(1, 100));
        Field<Currency> currency = fields.required("currency", Amounts.currency());
        Field<ZoneId> zone = fields.required("timeZone", BothFormats.ZONE);
        Field<List<WalletRules>> wallets = fields.required("wallets", wallets(known));
        Field<Earning> earning = fields.optional("earning", earning(known), Earning.USUAL);
        Field<Integer> maximumDiscount = fields.optional("discounts", DISCOUNTS, RedemptionRules.WHOLE);
        Field<List<Rule>> rules = fields.required("rules", new RuleFields(known).decoder());
        Field<Optional<TierRules>> tiers = fields.optional("tiers", new TierFields(known).decoder());
        Field<Map<ActivityKind, ActivityRules>> activities =
                fields.optional("activities", new ActivityFields(known).decoder(), Map.of());
        Field<List<Segment>> segments = fields.optional(
                "segments", Decoder.distinct(Decoder.identifier().map(Segment::new), 0, MAX_SEGMENTS), List.of());
        Field<RefundRules> refunds = fields.required("refunds", BothFormats.REFUNDS);
        Field<Optional<ReferralRules>> referral =
                fields.optional("referral", BothFormats.referral(Values.amount(known.currency())));
        Field<Optional<Integer>> giveBack = fields.optional("limits", LIMITS, Optional.empty());
        return fields.decoded(() -> new Program(
                name.get(),
                currency.get(),
                zone.get(),
                earning.get().with(rules.get(), maximumDiscount.get()),
                wallets.get(),
                refunds.get(),
                referral.get(),
                tiers.get(),
                activities.get(),
                new LinkedHashSet<>(segments.get()),
                giveBack.get().map(OptionalLong::of).orElse(OptionalLong.empty())));
    }

    private static Decoder<List<WalletRules>> wallets(Known known) {
        return Decoder.mapOf(Values.WORD_ID, new WalletFields(known).decoder(), Program.MAX_WALLETS)
                .where(wallets -> !wallets.isEmpty(), Code.TOO_FEW, "at least one wallet is needed")
                .map(told -> {
                    List<WalletRules> wallets = new ArrayList<>();
                    told.forEach((id, rules) -> wallets.add(rules.apply(new WalletId(id))));
                    return wallets;
                });
    }

    /** How orders earn, whatever the rules are. */
    private record Earning(long minimumOrder, Include include, Rounding rounding, Multipliers multipliers) {
        private static final Earning USUAL = new Earning(0, Include.USUAL, Rounding.DOWN_ON_ORDER, Multipliers.USUAL);

        RuleBook with(List<Rule> rules, int maximumDiscount) {
            return new RuleBook(rules, minimumOrder, include, rounding, multipliers, maximumDiscount);
        }
    }

    private static Decoder<Earning> earning(Known known) {
        return Decoder.object(fields -> {
            Field<Long> minimum = fields.optional("minimumOrder", Values.amount(known.currency()), 0L);
            Field<Include> include = fields.optional("include", BothFormats.INCLUDE, Include.USUAL);
            Field<Rounding> rounding =
                    fields.optional("rounding", Decoder.oneOf(Rounding.values(), Values::code), Rounding.DOWN_ON_ORDER);
            Field<Multipliers> multipliers = fields.optional("multipliers", MULTIPLIERS, Multipliers.USUAL);
            return fields.decoded(() -> new Earning(minimum.get(), include.get(), rounding.get(), multipliers.get()));
        });
    }

    private static final Decoder<Multipliers> MULTIPLIERS = Decoder.object(fields -> {
        Multipliers usual = Multipliers.USUAL;
        Field<Multipliers.Combine> combine =
                fields.optional("combine", Decoder.oneOf(Multipliers.Combine.values(), Values::code), usual.combine());
        Field<Integer> maximum =
                fields.optional("maximum", Values.hundredths(100, Effect.Multiply.MAX_HUNDREDTHS), usual.maximum());
        return fields.decoded(() -> new Multipliers(combine.get(), maximum.get()));
    });

    private static final Decoder<Integer> DISCOUNTS = Decoder.object(fields -> {
        Field<Integer> share =
                fields.optional("maximumShare", Values.hundredths(1, RedemptionRules.WHOLE), RedemptionRules.WHOLE);
        return fields.decoded(share::get);
    });

    private static final Decoder<Optional<Integer>> LIMITS = Decoder.object(fields -> {
        Field<Optional<Integer>> giveBack =
                fields.optional("giveBackPercent", Values.hundredths(1, RedemptionRules.WHOLE));
        return fields.decoded(giveBack::get);
    });
}
