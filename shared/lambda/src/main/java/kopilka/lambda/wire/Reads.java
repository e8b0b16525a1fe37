package kopilka.lambda.wire;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import kopilka.lambda.http.Cursor;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.Account;
import kopilka.ledger.Balance;
import kopilka.ledger.Facts;
import kopilka.ledger.Hold;
import kopilka.ledger.Ledger;
import kopilka.ledger.Lot;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.Moves;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Wallet;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.OrderEventKind;
import kopilka.order.RedemptionId;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.Programs;

/**
 * Answers reads. Time is let do its part in what was read, and nothing is written: a balance is right whether or not a
 * sweep has passed.
 */
public final class Reads {
    /** How far ahead a balance names what expires. */
    public static final int EXPIRING_DAYS = 90;

    private final Ledger ledger;
    private final Programs programs;
    private final InstantSource clock;

    /** Answers from that ledger, as it is at the clock's time. */
    public Reads(Ledger ledger, Programs programs, InstantSource clock) {
        this.ledger = ledger;
        this.programs = programs;
        this.clock = clock;
    }

    /** {@code GET /v1/members/{member}}. */
    public HttpResponse member(MemberKey member) {
        return account(member)
                .map(account -> HttpResponse.json(200, json -> {
                    json.put("member", member.member().value())
                            .put("status", account.status().name().toLowerCase(Locale.ROOT))
                            .put("enrolledAt", account.enrolledAt());
                    account.closedAt().ifPresent(at -> json.put("closedAt", at));
                    account.code().ifPresent(code -> json.put("referralCode", code.value()));
                    account.referral()
                            .ifPresent(referral ->
                                    json.put("referrer", referral.referrer().value()));
                }))
                .orElseGet(Reads::noMember);
    }

    /** {@code GET /v1/members/{member}/balance}. */
    public HttpResponse balance(MemberKey member) {
        Optional<Account> account = account(member);
        return account.isEmpty() ? noMember() : balance(account.get());
    }

    private HttpResponse balance(Account account) {
        Instant now = account.dated(clock.instant());
        Program rules = rules(account.key().program(), now);
        Wallet wallet = settled(account, rules, now);
        Balance balance = wallet.balance();
        LocalDate horizon = rules.dayOf(now).plusDays(EXPIRING_DAYS);
        List<Lot> expiring = wallet.available().list().stream()
                .filter(lot -> !lot.term().neverExpires())
                .filter(lot -> !lot.term().expires().isAfter(horizon))
                .toList();
        return HttpResponse.json(
                200,
                json -> json.put("member", account.key().member().value())
                        .put("asOf", now)
                        .put("available", balance.available())
                        .object("worth", Replies.money(worth(balance.available(), rules)))
                        .object(
                                "pending",
                                pending -> pending.put("total", balance.pending())
                                        .objects("lots", pending(wallet), Reads::pendingLot))
                        .put("held", balance.held())
                        .objects("redemptions", wallet.holds(), Reads::openRedemption)
                        .put("debt", balance.debt())
                        .objects(
                                "expiring",
                                expiring,
                                (to, lot) -> to.put("points", lot.points())
                                        .put("expires", lot.term().expires().toString())));
    }

    private static Wallet settled(Account account, Program rules, Instant now) {
        Moves moves = new Moves(account.wallet(), rules.zone(), now);
        moves.settle();
        return moves.wallet();
    }

    private static Money worth(long points, Program rules) {
        long minor = rules.redemption().worth().of(Points.of(Math.min(Points.MAX, points)));
        return new Money(Math.min(Money.MAX_MINOR, minor), rules.currency());
    }

    /** Points that are not available yet; without a lot while nobody can say when they will be. */
    private record PendingLot(long points, Optional<Lot> lot) {}

    private static List<PendingLot> pending(Wallet wallet) {
        List<PendingLot> lots = new ArrayList<>();
        wallet.pending().list().stream()
                .sorted(Comparator.comparing((Lot lot) -> lot.term().availableFrom())
                        .thenComparing(lot -> lot.term().expires()))
                .forEach(lot -> lots.add(new PendingLot(lot.points(), Optional.of(lot))));
        if (wallet.awaiting() > 0) {
            lots.add(new PendingLot(wallet.awaiting(), Optional.empty()));
        }
        return lots;
    }

    private static void pendingLot(JsonWriter json, PendingLot pending) {
        json.put("points", pending.points());
        pending.lot().ifPresent(lot -> Replies.days(json, lot.term()));
    }

    private static void openRedemption(JsonWriter json, Hold hold) {
        json.put("redemption", hold.redemption().value())
                .put("points", hold.points())
                .put("until", hold.until());
    }

    /** {@code GET /v1/members/{member}/ledger}. */
    public HttpResponse ledger(Requests.LedgerPage page) {
        // The account says whether there is such a member: the index of the history may lag behind.
        if (account(page.member()).isEmpty()) {
            return noMember();
        }
        List<Posting> postings = ledger.history(page.member(), page.before(), page.limit());
        return HttpResponse.json(200, json -> {
            json.objects("entries", postings, this::entry);
            // Sequence numbers have no gaps and begin with 1: what is above 1 has something before it.
            if (!postings.isEmpty() && postings.getLast().sequence() > 1) {
                String last = Long.toString(postings.getLast().sequence());
                json.put("next", new Cursor(last).text(page.list()));
            }
        });
    }

    private void entry(JsonWriter json, Posting posting) {
        Explanation explanation = Explanation.of(posting, Replies.rules(programs, posting));
        json.put("sequence", posting.sequence())
                .put("at", posting.at())
                .put("operation", operation(posting.facts()))
                .put("reference", reference(posting))
                .put("programVersion", posting.programVersion())
                .objects("movements", posting.movements(), Reads::movement)
                .object("balance", Replies.balance(posting.balance()))
                .object("explanation", explanation::write)
                .put("hash", posting.hash().hex());
    }

    private static void movement(JsonWriter json, Movement movement) {
        json.put("kind", movement.kind().name().toLowerCase(Locale.ROOT)).put("points", movement.points());
        movement.term().ifPresent(term -> Replies.days(json, term));
        json.put("at", movement.at()).put("reason", movement.reason().name().toLowerCase(Locale.ROOT));
    }

    private static String operation(Facts facts) {
        return switch (facts) {
            case Facts.Enrolled enrolled -> "enrolled";
            case Facts.Closed closed -> "closed";
            case Facts.OrderNoted noted -> "order_" + noted.kind().code();
            case Facts.OrderPaid paid -> "order_paid";
            case Facts.OrderDelivered delivered -> "order_delivered";
            case Facts.OrderCancelled cancelled -> "order_cancelled";
            case Facts.Refunded refunded -> "refund";
            case Facts.RefundWaiting waiting -> "refund";
            case Facts.Held held -> "redemption_held";
            case Facts.Captured captured -> "redemption_captured";
            case Facts.Voided voided -> "redemption_voided";
            case Facts.Settled settled -> "settled";
            case Facts.CodeIssued issued -> "referral_code";
            case Facts.RefereeAttached attached -> "referral_attached";
            case Facts.ReferrerRewarded rewarded -> "referral_reward";
            case Facts.RewardTakenBack taken -> "referral_taken_back";
        };
    }

    /** What an entry is about. A refund's id says something only together with its order's. */
    private static String reference(Posting posting) {
        String member = posting.member().member().value();
        return switch (posting.facts()) {
            case Facts.Enrolled enrolled -> member;
            case Facts.Closed closed -> member;
            case Facts.OrderNoted noted -> noted.order().value();
            case Facts.OrderPaid paid -> paid.order().value();
            case Facts.OrderDelivered delivered -> delivered.order().value();
            case Facts.OrderCancelled cancelled -> cancelled.order().value();
            case Facts.Refunded refunded -> refunded.order() + "#" + refunded.refund();
            case Facts.RefundWaiting waiting -> waiting.order() + "#" + waiting.refund();
            case Facts.Held held -> held.redemption().value();
            case Facts.Captured captured -> captured.redemption().value();
            case Facts.Voided voided -> voided.redemption().value();
            case Facts.Settled settled -> member;
            case Facts.CodeIssued issued -> issued.code().value();
            case Facts.RefereeAttached attached -> attached.referrer().value();
            case Facts.ReferrerRewarded rewarded -> rewarded.referee().value();
            case Facts.RewardTakenBack taken -> taken.referee().value();
        };
    }

    /** {@code GET /v1/orders/{order}}. */
    public HttpResponse order(Requests.MembersOrder asked) {
        ProgramId program = asked.member().program();
        Set<StoredKey> keys = new HashSet<>();
        keys.add(new StoredKey.OrderKey(asked.member(), asked.order()));
        for (OrderEventKind kind : OrderEventKind.values()) {
            keys.add(new StoredKey.PostingKey(program, OperationId.orderEvent(asked.order(), kind)));
        }
        Snapshot snapshot = ledger.read(keys);
        List<Posting> events = new ArrayList<>();
        for (OrderEventKind kind : OrderEventKind.values()) {
            snapshot.posting(program, OperationId.orderEvent(asked.order(), kind))
                    .filter(posting -> posting.member().equals(asked.member()))
                    .ifPresent(events::add);
        }
        Optional<OrderState> state = snapshot.order(asked.member(), asked.order());
        return events.isEmpty() && state.isEmpty()
                ? Problem.of(ProblemCode.ORDER_NOT_FOUND).response()
                : order(asked, events, state);
    }

    private static HttpResponse order(Requests.MembersOrder asked, List<Posting> events, Optional<OrderState> state) {
        Optional<Posting> payment = events.stream()
                .filter(posting -> posting.facts() instanceof Facts.OrderPaid)
                .findFirst();
        List<PastEvent> past = events.stream()
                .map(Posting::facts)
                .flatMap(facts -> pastEvent(facts).stream())
                .sorted(Comparator.comparing(PastEvent::at).thenComparing(PastEvent::kind))
                .toList();
        return HttpResponse.json(200, json -> {
            json.put("order", asked.order().value())
                    .put("member", asked.member().member().value())
                    .objects(
                            "events",
                            past,
                            (to, event) -> to.put("event", event.kind().code()).put("at", event.at()));
            if (payment.isPresent() && payment.get().facts() instanceof Facts.OrderPaid paid) {
                OrderState stands = state.orElseGet(() -> OrderState.paid(
                        asked.member(), asked.order(), paid.earning().points().value(), paid.term()));
                paid(json, paid, stands);
                json.put("programVersion", payment.get().programVersion());
            } else {
                json.put("earned", 0).put("reversed", 0).put("restored", 0);
            }
        });
    }

    private static void paid(JsonWriter json, Facts.OrderPaid paid, OrderState stands) {
        long total = paid.basis().total();
        long kept = stands.cancelled() ? 0 : total - stands.refunded();
        long earnedAtFirst = paid.earning().points().value();
        json.object("total", Replies.money(new Money(total, paid.basis().currency())))
                .object("kept", Replies.money(new Money(kept, paid.basis().currency())))
                .put("earned", stands.earned())
                .put("reversed", Math.max(0, earnedAtFirst - stands.earned()))
                .put("restored", stands.restored());
    }

    private record PastEvent(OrderEventKind kind, Instant at) {}

    private static Optional<PastEvent> pastEvent(Facts facts) {
        return switch (facts) {
            case Facts.OrderNoted noted -> Optional.of(new PastEvent(noted.kind(), noted.at()));
            case Facts.OrderPaid paid -> Optional.of(new PastEvent(OrderEventKind.PAID, paid.at()));
            case Facts.OrderDelivered delivered -> Optional.of(new PastEvent(OrderEventKind.DELIVERED, delivered.at()));
            case Facts.OrderCancelled cancelled -> Optional.of(new PastEvent(OrderEventKind.CANCELLED, cancelled.at()));
            default -> Optional.empty();
        };
    }

    /** {@code GET /v1/redemptions/{redemption}}. */
    public HttpResponse redemption(ProgramId program, RedemptionId redemption) {
        OperationId held = OperationId.held(redemption);
        return ledger.read(Set.of(new StoredKey.PostingKey(program, held)))
                .posting(program, held)
                .flatMap(posting -> posting.facts() instanceof Facts.Held facts
                        ? Optional.of(redemption(posting.member(), facts))
                        : Optional.empty())
                .orElseGet(() -> Problem.of(ProblemCode.REDEMPTION_NOT_FOUND).response());
    }

    /** All that tells how it ended is read as of one moment. */
    private HttpResponse redemption(MemberKey member, Facts.Held held) {
        OperationId captured = OperationId.captured(held.redemption());
        OperationId voided = OperationId.voided(held.redemption());
        Snapshot snapshot = ledger.read(Set.of(
                new StoredKey.AccountKey(member),
                new StoredKey.PostingKey(member.program(), captured),
                new StoredKey.PostingKey(member.program(), voided)));
        Money nothing = Money.zero(held.worth().currency());
        Optional<Posting> capture = snapshot.posting(member.program(), captured);
        if (capture.isPresent() && capture.get().facts() instanceof Facts.Captured spent) {
            return redemption(member, held, new Ending("captured", spent.captured(), spent.returned(), spent.worth()));
        }
        if (snapshot.posting(member.program(), voided).isPresent()) {
            return redemption(member, held, new Ending("voided", 0, held.points(), nothing));
        }
        return isOpen(snapshot.account(member), held)
                ? redemption(member, held, json -> json.object("worth", Replies.money(held.worth())), "held")
                : redemption(member, held, new Ending("timed_out", 0, held.points(), nothing));
    }

    private boolean isOpen(Optional<Account> account, Facts.Held held) {
        if (account.isEmpty()) {
            return false;
        }
        Instant now = account.get().dated(clock.instant());
        return now.isBefore(held.until())
                && account.get().wallet().hold(held.redemption()).isPresent();
    }

    private record Ending(String status, long captured, long returned, Money worth) {}

    private static HttpResponse redemption(MemberKey member, Facts.Held held, Ending ending) {
        return redemption(
                member,
                held,
                json -> json.put("captured", ending.captured())
                        .put("returned", ending.returned())
                        .object("worth", Replies.money(ending.worth())),
                ending.status());
    }

    private static HttpResponse redemption(
            MemberKey member, Facts.Held held, Consumer<JsonWriter> outcome, String status) {
        return HttpResponse.json(200, json -> {
            json.put("redemption", held.redemption().value())
                    .put("member", member.member().value())
                    .put("status", status)
                    .put("points", held.points());
            outcome.accept(json);
            json.put("until", held.until());
        });
    }

    private Optional<Account> account(MemberKey member) {
        return ledger.read(Set.of(new StoredKey.AccountKey(member))).account(member);
    }

    private Program rules(ProgramId program, Instant now) {
        return programs.at(program, now)
                .orElseThrow(() -> new IllegalStateException("a member of a program that does not exist"))
                .rules();
    }

    private static HttpResponse noMember() {
        return Problem.of(ProblemCode.MEMBER_NOT_FOUND).response();
    }
}
