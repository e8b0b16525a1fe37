package kopilka.lambda.wire;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.order.Order;
import kopilka.program.Language;
import kopilka.program.PaymentMethod;
import kopilka.program.ProgramId;

/**
 * What a quote is asked for.
 *
 * @param member for whom; empty: for a guest, as if that one joined now
 * @param at when it would be ordered; empty: now
 * @param basket what would be ordered, before the program's discounts
 * @param payments what it would be paid with
 * @param language of sentences in the answer
 */
public record QuoteRequest(
        Optional<MemberKey> member,
        Optional<Instant> at,
        Order basket,
        Set<PaymentMethod> payments,
        Language language) {
    /** Copies what it is given. */
    public QuoteRequest {
        payments = Set.copyOf(payments);
    }

    /** {@code POST /v1/quotes}. */
    public static Decoded<QuoteRequest> decode(ProgramId program, JsonValue body) {
        Decoder<QuoteRequest> decoder = Decoder.object(fields -> {
            Field<Optional<MemberKey>> member =
                    fields.optional("member", Decoder.identifier().map(id -> new MemberKey(program, new MemberId(id))));
            Field<Optional<Instant>> at = fields.optional("at", Decoder.instant());
            Field<OrderContent.Basket> content = fields.required("content", OrderContent.basket());
            Field<Language> language = fields.optional("language", languages(), Language.EN);
            return fields.decoded(() -> new QuoteRequest(
                    member.get(), at.get(), content.get().order(), content.get().payments(), language.get()));
        });
        return decoder.decode(body, Place.BODY);
    }

    /** A language, by its code. */
    public static Decoder<Language> languages() {
        return Decoder.oneOf(Language.values(), Language::code);
    }
}
