package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.Asked;
import kopilka.program.Effect;
import kopilka.program.Program;
import kopilka.program.RedemptionRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import org.junit.jupiter.api.Test;

/** Whatever stands in a document, it is read or refused; and what is read makes sense. */
class MutatedDocumentsTest {
    private static final long SEED = Long.getLong("kopilka.seed", System.nanoTime());

    private static final int MUTATIONS = Integer.getInteger("kopilka.mutations", 5_000);

    @Test
    void a_document_is_refused_or_makes_sense() {
        Mutation mutation = new Mutation(SEED);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            JsonNode document = mutation.next();
            try {
                read += check(document) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + SEED + ", number " + i + ": " + document, e);
            }
        }
        assertThat(read).as("seed %d", SEED).isGreaterThan(MUTATIONS / 20);
    }

    /** Whether it is read. */
    private static boolean check(JsonNode document) {
        JsonValue json = switch (JsonReader.body(document.toString().getBytes(StandardCharsets.UTF_8))) {
            case JsonReader.Read(JsonValue value) -> value;
            case JsonReader.Malformed malformed -> throw new AssertionError(malformed.toString());
        };
        ProgramDocument.Checked checked = ProgramDocument.check(json, Place.BODY);
        List<FieldError> warnings = checked.warnings();
        return switch (checked.program()) {
            case Decoded.Valid<Program>(Program program) -> {
                makesSense(program);
                pointsAtTheDocument(warnings, document);
                assertThat(ProgramDocument.unchangeable(program, program, Place.BODY))
                        .isEmpty();
                yield true;
            }
            case Decoded.Invalid<Program>(List<FieldError> errors) -> {
                pointsAtTheDocument(
                        errors.stream()
                                .filter(error -> !error.code().equals("missing"))
                                .toList(),
                        document);
                assertThat(warnings).isEmpty();
                yield false;
            }
        };
    }

    private static void pointsAtTheDocument(List<FieldError> errors, JsonNode document) {
        assertThat(errors).allSatisfy(error -> {
            assertThat(document.at(error.at()).isMissingNode()).as("%s", error).isFalse();
            assertThat(error.detail()).isNotBlank().hasSizeLessThanOrEqualTo(500);
        });
    }

    private static void makesSense(Program program) {
        List<WalletId> wallets = program.wallets().stream().map(WalletRules::id).toList();
        List<TierId> tiers = program.tiers().stream()
                .flatMap(rules -> rules.levels().stream())
                .map(TierLevel::id)
                .toList();
        assertThat(wallets).doesNotHaveDuplicates();
        assertThat(tiers).doesNotHaveDuplicates();
        Asked asked = Asked.by(program);
        assertThat(tiers).containsAll(asked.tiers());
        assertThat(program.segments()).containsAll(asked.segments());
        for (WalletRules wallet : program.wallets()) {
            assertThat(tiers).containsAll(wallet.expiry().byTier().keySet());
            asksNothingOfOrders(
                    wallet.redemption().flatMap(RedemptionRules::when).map(when -> Asked.by(Optional.of(when))));
        }
        program.activities().values().forEach(activity -> {
            asksNothingOfOrders(activity.when().map(when -> Asked.by(Optional.of(when))));
            activity.rewards().forEach(reward -> assertThat(wallets).contains(reward.wallet()));
        });
        if (program.scheme() instanceof RuleBook book) {
            assertThat(book.rules().stream().map(Rule::id)).doesNotHaveDuplicates();
            book.rules().forEach(rule -> makesSense(rule, wallets));
        }
        program.tiers().ifPresent(rules -> {
            assertThat(rules.levels().getFirst().toKeep()).isEmpty();
            assertThat(rules.levels().stream().skip(1))
                    .allMatch(level -> level.qualify().isPresent());
        });
    }

    private static void makesSense(Rule rule, List<WalletId> wallets) {
        if (rule.from().isPresent() && rule.to().isPresent()) {
            assertThat(rule.from().get()).isBefore(rule.to().get());
        }
        for (Effect effect : rule.then()) {
            switch (effect) {
                case Effect.Earn earn -> assertThat(wallets).contains(earn.wallet());
                case Effect.Bonus bonus -> assertThat(wallets).contains(bonus.wallet());
                case Effect.Multiply multiply -> assertThat(wallets).contains(multiply.wallet());
                case Effect.PercentOff off -> {}
                case Effect.AmountOff off -> {}
                case Effect.Grant grant -> {}
            }
        }
    }

    private static void asksNothingOfOrders(Optional<Asked> asked) {
        asked.ifPresent(of -> {
            assertThat(of.orders()).isEmpty();
            assertThat(of.payments()).isEmpty();
            assertThat(of.coupons()).isEmpty();
        });
    }
}
