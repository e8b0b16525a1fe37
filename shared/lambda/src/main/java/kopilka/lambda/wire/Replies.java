package kopilka.lambda.wire;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.Balance;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.Movement;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.ledger.Term;
import kopilka.money.Money;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RefundId;
import kopilka.program.Program;
import kopilka.program.Programs;

/**
 * Answers writes. What was done is answered from its posting, the rules of the version that the posting names, and
 * nothing else that could change: whoever asks again gets the same answer, today and in a year.
 */
public final class Replies {
    private final Ledger ledger;
    private final Programs programs;
    private final Optional<String> referralLinks;

    /** Answers of functions that issue no referral codes. */
    public Replies(Ledger ledger, Programs programs) {
        this(ledger, programs, Optional.empty());
    }

    /**
     * Answers of a function that issues referral codes.
     *
     * @param referralLinks the shop's address that links with a code start with
     */
    public Replies(Ledger ledger, Programs programs, String referralLinks) {
        this(ledger, programs, Optional.of(referralLinks));
    }

    private Replies(Ledger ledger, Programs programs, Optional<String> referralLinks) {
        this.ledger = ledger;
        this.programs = programs;
        this.referralLinks = referralLinks;
    }

    /**
     * The answer to an operation that the teller was asked to carry out.
     *
     * @throws LedgerUnavailable where it is not known whether it was done
     */
    public HttpResponse to(Operation operation, Teller.Answer answer) {
        return switch (answer) {
            case Teller.Answer.Done done -> to(done.posting());
            case Teller.Answer.Refused refused ->
                Refusals.problem(refused.refusal(), operation).response();
            case Teller.Answer.Conflict conflict -> Refusals.conflict(operation).response();
            case Teller.Answer.Unavailable unavailable ->
                throw new LedgerUnavailable("an operation was tried " + Teller.ATTEMPTS + " times");
            case Teller.Answer.Nothing nothing ->
                throw new IllegalStateException("no request asks for what may turn out to be nothing");
        };
    }

    /** The answer from the posting of what was done. */
    private HttpResponse to(Posting posting) {
        Program rules = rules(programs, posting);
        return switch (posting.facts()) {
            case Facts.Enrolled enrolled ->
                HttpResponse.json(
                        201,
                        json -> member(json, posting)
                                .put("status", "active")
                                .put("enrolledAt", posting.at())
                                .put("sequence", posting.sequence()));
            case Facts.Closed closed ->
                HttpResponse.json(
                        200,
                        json -> sums(
                                member(json, posting)
                                        .put("status", "closed")
                                        .put("closedAt", posting.at())
                                        .put("expired", ended(posting)),
                                posting));
            case Facts.OrderNoted noted -> noted(posting, rules, noted);
            case Facts.OrderPaid paid -> {
                Return effect = paid.effect();
                long earned =
                        effect.equals(Return.NONE) ? paid.earning().points().value() : effect.earned();
                yield order(
                        201,
                        posting,
                        rules,
                        new OrderReply(
                                paid.order(),
                                OrderEventKind.PAID,
                                "accrued",
                                earned,
                                paid.term(),
                                effect,
                                !paid.applied().isEmpty()));
            }
            case Facts.OrderDelivered delivered ->
                order(
                        201,
                        posting,
                        rules,
                        new OrderReply(
                                delivered.order(),
                                OrderEventKind.DELIVERED,
                                "recorded",
                                delivered.earned(),
                                Optional.of(delivered.term()),
                                Return.NONE,
                                false));
            case Facts.OrderCancelled cancelled ->
                order(
                        201,
                        posting,
                        rules,
                        new OrderReply(
                                cancelled.order(),
                                OrderEventKind.CANCELLED,
                                "reversed",
                                cancelled.effect().earned(),
                                Optional.empty(),
                                cancelled.effect(),
                                true));
            case Facts.Refunded refunded -> refunded(posting, rules, refunded);
            case Facts.RefundWaiting waiting ->
                HttpResponse.json(
                        202,
                        json -> explained(
                                sums(
                                        refund(json, waiting.refund(), waiting.order(), posting)
                                                .put("outcome", "waiting")
                                                .put("earned", 0)
                                                .put("reversed", 0)
                                                .put("restored", 0)
                                                .put("programVersion", posting.programVersion()),
                                        posting),
                                posting,
                                rules));
            case Facts.Held held ->
                HttpResponse.json(
                        201,
                        json -> sums(
                                member(json.put("redemption", held.redemption().value()), posting)
                                        .put("status", "held")
                                        .put("points", held.points())
                                        .object("worth", money(held.worth()))
                                        .put("until", held.until()),
                                posting));
            case Facts.Captured captured ->
                HttpResponse.json(
                        200,
                        json -> sums(
                                member(
                                                json.put(
                                                        "redemption",
                                                        captured.redemption().value()),
                                                posting)
                                        .put("status", "captured")
                                        .put("captured", captured.captured())
                                        .put("returned", captured.returned())
                                        .object("worth", money(captured.worth())),
                                posting));
            case Facts.Voided voided ->
                HttpResponse.json(
                        200,
                        json -> sums(
                                member(
                                                json.put(
                                                        "redemption",
                                                        voided.redemption().value()),
                                                posting)
                                        .put("status", "voided")
                                        .put("captured", 0)
                                        .put("returned", voided.points())
                                        .object(
                                                "worth",
                                                money(Money.zero(voided.worth().currency()))),
                                posting));
            case Facts.CodeIssued issued ->
                HttpResponse.json(
                        201,
                        json -> member(json, posting)
                                .put("code", issued.code().value())
                                .put("link", link(issued.code())));
            case Facts.RefereeAttached attached ->
                HttpResponse.json(
                        201,
                        json -> member(json, posting)
                                .put("referrer", attached.referrer().value())
                                .put("sequence", posting.sequence()));
            case Facts.Settled settled -> throw nobodyAsked(posting);
            case Facts.ReferrerRewarded rewarded -> throw nobodyAsked(posting);
            case Facts.RewardTakenBack taken -> throw nobodyAsked(posting);
        };
    }

    private static IllegalArgumentException nobodyAsked(Posting posting) {
        return new IllegalArgumentException("no request asks for " + posting.operation());
    }

    /** The answer to an order event that waits in the queue, since the ledger cannot take it now. */
    public static HttpResponse queued(OrderId order, OrderEventKind event) {
        return HttpResponse.json(
                202,
                json -> json.put("order", order.value())
                        .put("event", event.code())
                        .put("outcome", "queued"));
    }

    /** The answer to a refund that waits in the queue, since the ledger cannot take it now. */
    public static HttpResponse queued(OrderId order, RefundId refund) {
        return HttpResponse.json(
                202,
                json -> json.put("refund", refund.value())
                        .put("order", order.value())
                        .put("outcome", "queued"));
    }

    /** What an order event's answer says of the order. */
    private record OrderReply(
            OrderId order,
            OrderEventKind event,
            String outcome,
            long earned,
            Optional<Term> term,
            Return effect,
            boolean hasEffect) {}

    private HttpResponse noted(Posting posting, Program rules, Facts.OrderNoted noted) {
        // What of an order became available when is on record with its payment, which never changes.
        boolean needsTerm = !noted.waiting() && noted.earned() > 0;
        Optional<Term> term = needsTerm ? paidTerm(posting, noted.order()) : Optional.empty();
        return order(
                noted.waiting() ? 202 : 201,
                posting,
                rules,
                new OrderReply(
                        noted.order(),
                        noted.kind(),
                        noted.waiting() ? "waiting" : "recorded",
                        noted.earned(),
                        term,
                        Return.NONE,
                        false));
    }

    private Optional<Term> paidTerm(Posting posting, OrderId order) {
        var program = posting.member().program();
        OperationId payment = OperationId.orderEvent(order, OrderEventKind.PAID);
        return ledger.read(Set.of(new StoredKey.PostingKey(program, payment)))
                .posting(program, payment)
                .flatMap(paid -> paid.facts() instanceof Facts.OrderPaid facts ? facts.term() : Optional.empty());
    }

    private static HttpResponse order(int status, Posting posting, Program rules, OrderReply reply) {
        boolean pending = reply.earned() > 0
                && posting.balance().pending() > 0
                && reply.term()
                        .map(term -> posting.at().isBefore(start(term, rules)))
                        .orElse(true);
        Optional<Term> told = reply.term().filter(term -> reply.earned() > 0);
        return HttpResponse.json(status, json -> {
            member(
                            json.put("order", reply.order().value())
                                    .put("event", reply.event().code()),
                            posting)
                    .put("outcome", reply.outcome())
                    .put("earned", reply.earned())
                    .put("pending", pending);
            told.ifPresent(term -> days(json, term));
            json.put("reversed", reply.effect().reversed());
            if (reply.hasEffect()) {
                json.put("restored", reply.effect().restored()).object("shortfall", shortfall(reply.effect(), rules));
            }
            json.put("programVersion", posting.programVersion());
            explained(sums(json, posting), posting, rules);
        });
    }

    private static Instant start(Term term, Program rules) {
        return term.availableFrom().atStartOfDay(rules.zone()).toInstant();
    }

    private static HttpResponse refunded(Posting posting, Program rules, Facts.Refunded refunded) {
        Return effect = refunded.effect();
        return HttpResponse.json(
                201,
                json -> explained(
                        sums(
                                refund(json, refunded.refund(), refunded.order(), posting)
                                        .put("outcome", "applied")
                                        .put("earned", effect.earned())
                                        .put("reversed", effect.reversed())
                                        .put("restored", effect.restored())
                                        .object("shortfall", shortfall(effect, rules))
                                        .object("value", money(new Money(effect.value(), rules.currency())))
                                        .put("programVersion", posting.programVersion()),
                                posting),
                        posting,
                        rules));
    }

    private static JsonWriter refund(JsonWriter json, RefundId refund, OrderId order, Posting posting) {
        return member(json.put("refund", refund.value()).put("order", order.value()), posting);
    }

    private static Consumer<JsonWriter> shortfall(Return effect, Program rules) {
        return json -> json.put("points", effect.shortfall())
                .put("policy", ShortfallPolicy.of(rules.refunds().shortfall()).code())
                .put("debt", effect.debt())
                .object(
                        "deduct",
                        deduct -> deduct.put("points", effect.deducted())
                                .object("money", money(new Money(effect.deduction(), rules.currency()))))
                .put("writtenOff", effect.writtenOff());
    }

    private String link(ReferralCode code) {
        String base = referralLinks.orElseThrow(
                () -> new IllegalStateException("a function that issues referral codes knows where links lead"));
        return base + (base.indexOf('?') < 0 ? "?" : "&") + "ref=" + code;
    }

    /** Points that ended with an account. */
    private static long ended(Posting posting) {
        return posting.movements().stream()
                .filter(movement -> movement.reason() == Reason.ACCOUNT_CLOSED)
                .mapToLong(Movement::points)
                .sum();
    }

    private static JsonWriter member(JsonWriter json, Posting posting) {
        return json.put("member", posting.member().member().value());
    }

    private static JsonWriter sums(JsonWriter json, Posting posting) {
        return json.put("sequence", posting.sequence()).object("balance", balance(posting.balance()));
    }

    private static JsonWriter explained(JsonWriter json, Posting posting, Program rules) {
        return json.object("explanation", to -> Explanation.of(posting, rules).write(to));
    }

    static Consumer<JsonWriter> balance(Balance balance) {
        return json -> json.put("available", balance.available())
                .put("pending", balance.pending())
                .put("held", balance.held())
                .put("debt", balance.debt());
    }

    static Consumer<JsonWriter> money(Money money) {
        return json -> json.put("amount", money.amount())
                .put("currency", money.currency().getCurrencyCode());
    }

    /** The days of a lot; one that never expires has no last day. */
    static void days(JsonWriter json, Term term) {
        json.put("availableFrom", term.availableFrom().toString());
        if (!term.neverExpires()) {
            json.put("expires", term.expires().toString());
        }
    }

    /** The rules that a posting was decided under. */
    static Program rules(Programs programs, Posting posting) {
        return programs.version(posting.member().program(), posting.programVersion())
                .orElseThrow(() -> new IllegalStateException("a posting names a version that does not exist"))
                .rules();
    }
}
