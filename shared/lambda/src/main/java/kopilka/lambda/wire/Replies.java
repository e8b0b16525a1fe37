package kopilka.lambda.wire;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.Balance;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
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
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;
import kopilka.program.ByWallet;
import kopilka.program.Program;
import kopilka.program.Programs;
import kopilka.program.WalletId;

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
                HttpResponse.json(201, json -> {
                    member(json, posting).put("status", "active").put("enrolledAt", posting.at());
                    if (posting.movements().stream().anyMatch(Replies::isOfActivity)) {
                        broughtByActivity(json, posting);
                    }
                    json.put("sequence", posting.sequence());
                });
            case Facts.Closed closed ->
                HttpResponse.json(
                        200,
                        json -> sums(
                                others(
                                        member(json, posting)
                                                .put("status", "closed")
                                                .put("closedAt", posting.at())
                                                .put("expired", ended(posting, main(rules))),
                                        otherWallets(rules, posting),
                                        (to, wallet) -> to.put("expired", ended(posting, wallet))),
                                posting,
                                rules));
            case Facts.OrderNoted noted -> noted(posting, rules, noted);
            case Facts.OrderPaid paid ->
                order(
                        201,
                        posting,
                        rules,
                        new OrderReply(
                                paid.order(),
                                OrderEventKind.PAID,
                                "accrued",
                                paid.effect().equals(Return.NONE)
                                        ? paid.earned()
                                        : earned(paid.effect(), paid.earned()),
                                paid.effect(),
                                !paid.applied().isEmpty()));
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
                                ByWallet.none(),
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
                                        posting,
                                        rules),
                                posting,
                                rules));
            case Facts.Held held ->
                HttpResponse.json(
                        201,
                        json -> sums(
                                redemption(json, held.redemption(), held.wallet(), posting, rules)
                                        .put("status", "held")
                                        .put("points", held.points())
                                        .object("worth", money(held.worth()))
                                        .put("until", held.until()),
                                posting,
                                rules));
            case Facts.Captured captured ->
                HttpResponse.json(
                        200,
                        json -> sums(
                                redemption(json, captured.redemption(), captured.wallet(), posting, rules)
                                        .put("status", "captured")
                                        .put("captured", captured.captured())
                                        .put("returned", captured.returned())
                                        .object("worth", money(captured.worth())),
                                posting,
                                rules));
            case Facts.Voided voided ->
                HttpResponse.json(
                        200,
                        json -> sums(
                                redemption(json, voided.redemption(), voided.wallet(), posting, rules)
                                        .put("status", "voided")
                                        .put("captured", 0)
                                        .put("returned", voided.points())
                                        .object(
                                                "worth",
                                                money(Money.zero(voided.worth().currency()))),
                                posting,
                                rules));
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
            case Facts.ActivityRewarded rewarded ->
                HttpResponse.json(
                        201,
                        json -> explained(
                                sums(
                                        broughtByActivity(
                                                        member(
                                                                        json.put(
                                                                                "activity",
                                                                                rewarded.activity()
                                                                                        .value()),
                                                                        posting)
                                                                .put(
                                                                        "kind",
                                                                        rewarded.kind()
                                                                                .value()),
                                                        posting)
                                                .put("programVersion", posting.programVersion()),
                                        posting,
                                        rules),
                                posting,
                                rules));
            case Facts.ProfileChanged changed ->
                HttpResponse.json(
                        200,
                        json -> member(json, posting)
                                .put("changedAt", posting.at())
                                .put("sequence", posting.sequence()));
            case Facts.Settled settled -> throw nobodyAsked(posting);
            case Facts.ReferrerRewarded rewarded -> throw nobodyAsked(posting);
            case Facts.RewardTakenBack taken -> throw nobodyAsked(posting);
        };
    }

    private static boolean isOfActivity(Movement movement) {
        return movement.kind() == Movement.Kind.ACCRUE && movement.reason() == Reason.ACTIVITY;
    }

    private static JsonWriter broughtByActivity(JsonWriter json, Posting posting) {
        return json.objects(
                "earned",
                posting.movements().stream().filter(Replies::isOfActivity).toList(),
                (to, movement) -> to.put("wallet", movement.wallet().value()).put("units", movement.points()));
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

    /** What an order event's answer says of the order: what it has earned as it stands, and what came back. */
    private record OrderReply(
            OrderId order,
            OrderEventKind event,
            String outcome,
            SortedMap<WalletId, Earned> earned,
            Return effect,
            boolean hasEffect) {
        Earned in(WalletId wallet) {
            return earned.getOrDefault(wallet, Earned.NONE);
        }
    }

    /** What an order has earned after what came back, with the days that it was earned with. */
    private static SortedMap<WalletId, Earned> earned(Return effect, SortedMap<WalletId, Earned> before) {
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        effect.wallets()
                .forEach((wallet, some) -> earned.put(
                        wallet,
                        new Earned(
                                some.earned(),
                                before.getOrDefault(wallet, Earned.NONE).term())));
        return earned;
    }

    private HttpResponse noted(Posting posting, Program rules, Facts.OrderNoted noted) {
        // What of an order became available when is on record with its payment, which never changes.
        boolean needsTerm = !noted.waiting() && !noted.earned().isEmpty();
        SortedMap<WalletId, Earned> paid = needsTerm ? paid(posting, noted.order()) : ByWallet.none();
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        noted.earned()
                .forEach((wallet, points) -> earned.put(
                        wallet,
                        new Earned(
                                points, paid.getOrDefault(wallet, Earned.NONE).term())));
        return order(
                noted.waiting() ? 202 : 201,
                posting,
                rules,
                new OrderReply(
                        noted.order(),
                        noted.kind(),
                        noted.waiting() ? "waiting" : "recorded",
                        earned,
                        Return.NONE,
                        false));
    }

    private SortedMap<WalletId, Earned> paid(Posting posting, OrderId order) {
        var program = posting.member().program();
        OperationId payment = OperationId.orderEvent(order, OrderEventKind.PAID);
        return ledger.read(Set.of(new StoredKey.PostingKey(program, payment)))
                .posting(program, payment)
                .map(Posting::facts)
                .filter(Facts.OrderPaid.class::isInstance)
                .map(facts -> ((Facts.OrderPaid) facts).earned())
                .orElseGet(ByWallet::none);
    }

    private static HttpResponse order(int status, Posting posting, Program rules, OrderReply reply) {
        return HttpResponse.json(status, json -> {
            member(
                            json.put("order", reply.order().value())
                                    .put("event", reply.event().code()),
                            posting)
                    .put("outcome", reply.outcome());
            stands(json, posting, rules, reply, main(rules));
            others(json, otherWallets(rules, posting), (to, wallet) -> stands(to, posting, rules, reply, wallet));
            json.put("programVersion", posting.programVersion());
            explained(sums(json, posting, rules), posting, rules);
        });
    }

    /** How an order stands in a wallet. */
    private static void stands(JsonWriter json, Posting posting, Program rules, OrderReply reply, WalletId wallet) {
        Earned earned = reply.in(wallet);
        boolean pending = earned.points() > 0
                && posting.balance(wallet).pending() > 0
                && earned.term()
                        .map(term -> posting.at().isBefore(start(term, rules)))
                        .orElse(true);
        json.put("earned", earned.points()).put("pending", pending);
        earned.term().filter(term -> earned.points() > 0).ifPresent(term -> days(json, term));
        WalletReturn effect = reply.effect().in(wallet);
        json.put("reversed", effect.reversed());
        if (reply.hasEffect()) {
            json.put("restored", effect.restored()).object("shortfall", shortfall(effect, rules));
        }
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
                                others(
                                        back(
                                                        refund(json, refunded.refund(), refunded.order(), posting)
                                                                .put("outcome", "applied"),
                                                        effect.in(main(rules)),
                                                        rules)
                                                .object("value", money(new Money(effect.value(), rules.currency())))
                                                .put("programVersion", posting.programVersion()),
                                        otherWallets(rules, posting),
                                        (to, wallet) -> back(to, effect.in(wallet), rules)),
                                posting,
                                rules),
                        posting,
                        rules));
    }

    private static JsonWriter back(JsonWriter json, WalletReturn effect, Program rules) {
        return json.put("earned", effect.earned())
                .put("reversed", effect.reversed())
                .put("restored", effect.restored())
                .object("shortfall", shortfall(effect, rules));
    }

    private static JsonWriter refund(JsonWriter json, RefundId refund, OrderId order, Posting posting) {
        return member(json.put("refund", refund.value()).put("order", order.value()), posting);
    }

    private static Consumer<JsonWriter> shortfall(WalletReturn effect, Program rules) {
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

    /** Points of a wallet that ended with an account. */
    private static long ended(Posting posting, WalletId wallet) {
        return posting.movements().stream()
                .filter(movement -> movement.wallet().equals(wallet))
                .filter(movement -> movement.reason() == Reason.ACCOUNT_CLOSED)
                .mapToLong(Movement::points)
                .sum();
    }

    private static JsonWriter member(JsonWriter json, Posting posting) {
        return json.put("member", posting.member().member().value());
    }

    private static JsonWriter redemption(
            JsonWriter json, RedemptionId redemption, WalletId wallet, Posting posting, Program rules) {
        return otherWallet(member(json.put("redemption", redemption.value()), posting), wallet, rules);
    }

    private static WalletId main(Program rules) {
        return rules.main().id();
    }

    /** Names a wallet, unless it is the main one. */
    static JsonWriter otherWallet(JsonWriter json, WalletId wallet, Program rules) {
        return wallet.equals(main(rules)) ? json : json.put("wallet", wallet.value());
    }

    /** All wallets but the main one: those of the program in their sequence, then what else a posting speaks of. */
    static List<WalletId> otherWallets(Program rules, Posting posting) {
        return otherWallets(rules, posting.wallets());
    }

    /** All wallets but the main one: those of the program in their sequence, then others in which there is something. */
    static List<WalletId> otherWallets(Program rules, Set<WalletId> more) {
        if (rules.wallets().size() == 1 && Set.of(main(rules)).containsAll(more)) {
            return List.of();
        }
        Set<WalletId> wallets = new LinkedHashSet<>();
        rules.wallets().forEach(wallet -> wallets.add(wallet.id()));
        wallets.addAll(more);
        wallets.remove(main(rules));
        return List.copyOf(wallets);
    }

    /** What there is to say of wallets beside the main one; nothing where there are none. */
    static JsonWriter others(JsonWriter json, List<WalletId> wallets, BiConsumer<JsonWriter, WalletId> each) {
        return wallets.isEmpty()
                ? json
                : json.objects(
                        "wallets", wallets, (to, wallet) -> each.accept(to.put("wallet", wallet.value()), wallet));
    }

    private static JsonWriter sums(JsonWriter json, Posting posting, Program rules) {
        return json.put("sequence", posting.sequence()).object("balance", balance(posting, rules));
    }

    private static JsonWriter explained(JsonWriter json, Posting posting, Program rules) {
        return json.object("explanation", to -> Explanation.of(posting, rules).write(to));
    }

    static Consumer<JsonWriter> balance(Posting posting, Program rules) {
        return json -> others(
                balance(json, posting.balance(main(rules))),
                otherWallets(rules, posting),
                (to, wallet) -> balance(to, posting.balance(wallet)));
    }

    private static JsonWriter balance(JsonWriter json, Balance balance) {
        return json.put("available", balance.available())
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
