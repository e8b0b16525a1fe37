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
import java.util.SortedMap;
import java.util.function.Consumer;
import kopilka.earning.Evaluation;
import kopilka.earning.Rewards;
import kopilka.lambda.http.Cursor;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.Account;
import kopilka.ledger.Balance;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Hold;
import kopilka.ledger.Ledger;
import kopilka.ledger.Lot;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.Moves;
import kopilka.ledger.Opened;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Wallet;
import kopilka.money.Money;
import kopilka.order.OrderEventKind;
import kopilka.order.Quoted;
import kopilka.order.RedemptionId;
import kopilka.order.Returned;
import kopilka.program.Language;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.TierLevel;
import kopilka.program.TierRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.standing.Progress;
import kopilka.tiers.Missing;
import kopilka.tiers.TierProgress;

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
        SortedMap<WalletId, Wallet> wallets = settled(account, now);
        return HttpResponse.json(200, json -> {
            json.put("member", account.key().member().value()).put("asOf", now);
            wallet(json, wallets, rules.main().id(), rules, now);
            Replies.others(
                    json,
                    Replies.otherWallets(rules, wallets.keySet()),
                    (to, wallet) -> wallet(to, wallets, wallet, rules, now));
        });
    }

    private static void wallet(
            JsonWriter json, SortedMap<WalletId, Wallet> wallets, WalletId id, Program rules, Instant now) {
        Wallet wallet = wallets.getOrDefault(id, Wallet.EMPTY);
        Balance balance = wallet.balance();
        LocalDate horizon = rules.dayOf(now).plusDays(EXPIRING_DAYS);
        List<Lot> expiring = wallet.available().list().stream()
                .filter(lot -> !lot.term().neverExpires())
                .filter(lot -> !lot.term().expires().isAfter(horizon))
                .toList();
        json.put("available", balance.available())
                .object("worth", worth(balance.available(), id, rules))
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
                                .put("expires", lot.term().expires().toString()));
    }

    private SortedMap<WalletId, Wallet> settled(Account account, Instant now) {
        Progress progress = Opened.progress(account, programs, now)
                .orElseThrow(() -> new IllegalStateException("a member of a program that does not exist"));
        ProgramVersion calendar = programs.at(account.key().program(), now).orElseThrow();
        Moves moves = Opened.moves(account, progress, calendar, now);
        moves.settle();
        return moves.wallets();
    }

    /** What points of a wallet pay; nothing where they pay for nothing. */
    private static Consumer<JsonWriter> worth(long points, WalletId wallet, Program rules) {
        String amount = rules.wallet(wallet)
                .flatMap(WalletRules::worth)
                .map(worth -> worth.amount(points, rules.currency()))
                .orElseGet(() -> Money.zero(rules.currency()).amount());
        return json ->
                json.put("amount", amount).put("currency", rules.currency().getCurrencyCode());
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

    /** {@code GET /v1/members/{member}/tier}. */
    public HttpResponse tier(MemberKey member) {
        Optional<Account> found = account(member);
        if (found.isEmpty()) {
            return noMember();
        }
        Account account = found.get();
        Instant now = account.dated(clock.instant());
        Program rules = rules(member.program(), now);
        Optional<TierProgress> progress =
                Opened.progress(account, programs, now).flatMap(Progress::towardsLevels);
        return progress.map(level -> HttpResponse.json(200, json -> tier(json, member, rules, level, now)))
                .orElseGet(() -> Problem.of(ProblemCode.TIERS_NOT_FOUND).response());
    }

    private static void tier(JsonWriter json, MemberKey member, Program rules, TierProgress progress, Instant now) {
        TierRules tiers = rules.tiers().orElseThrow();
        TierLevel level = tiers.levels().get(Math.max(0, tiers.indexOf(progress.level())));
        json.put("member", member.member().value())
                .put("asOf", now)
                .put("tier", level.id().value())
                .object(
                        "names",
                        names ->
                                level.name().byLanguage().forEach((language, name) -> names.put(language.code(), name)))
                .put("since", progress.since())
                .objects("benefits", level.benefits(), (to, benefit) -> {
                    to.put("kind", benefit.kind().code());
                    benefit.label().ifPresent(label -> to.put("label", label));
                });
        progress.next()
                .ifPresent(next -> json.object("next", to -> {
                    to.put("tier", next.level().value())
                            .objects("missing", next.missing(), (way, missing) -> missing(way, missing, rules));
                    next.by().ifPresent(day -> to.put("by", day.toString()));
                }));
        progress.keep()
                .ifPresent(keep -> json.object(
                        "keep",
                        to -> to.put("safeUntil", keep.safeUntil().toString())
                                .objects("missing", keep.missing(), (way, missing) -> missing(way, missing, rules))
                                .put("from", keep.from().toString())
                                .put("by", keep.by().toString())));
    }

    /** One way to a level: all of it is needed. */
    private static void missing(JsonWriter json, Missing missing, Program rules) {
        if (missing.spend() > 0) {
            json.put("spend", new Money(Math.min(Money.MAX_MINOR, missing.spend()), rules.currency()).amount());
        }
        if (missing.orders() > 0) {
            json.put("orders", missing.orders());
        }
        if (missing.points() > 0) {
            json.put("points", missing.points());
        }
    }

    /** {@code GET /v1/members/{member}/ledger/{posting}/explanation}. */
    public HttpResponse explanation(Requests.LedgerEntry asked) {
        if (account(asked.member()).isEmpty()) {
            return noMember();
        }
        return ledger.history(asked.member(), asked.sequence() + 1, 1).stream()
                .filter(posting -> posting.sequence() == asked.sequence())
                .findFirst()
                .map(posting -> explained(posting, asked.language()))
                .orElseGet(() -> Problem.of(ProblemCode.POSTING_NOT_FOUND).response());
    }

    private HttpResponse explained(Posting posting, Language language) {
        Program rules = Replies.rules(programs, posting);
        return HttpResponse.json(200, json -> {
            json.put("sequence", posting.sequence())
                    .put("at", posting.at())
                    .put("operation", operation(posting.facts()))
                    .put("reference", reference(posting))
                    .put("programVersion", posting.programVersion())
                    .object("explanation", Explanation.of(posting, rules)::write)
                    .objects(
                            "tierChanges",
                            posting.tierChanges(),
                            (to, change) -> to.put("from", change.from().value())
                                    .put("to", change.to().value())
                                    .put("at", change.at())
                                    .put("reason", change.reason().code()));
            if (posting.facts() instanceof Facts.OrderPaid paid && paid.earning() instanceof Rewards) {
                evaluated(json, paid, rules, language);
            }
        });
    }

    /** What the rules made of an order, computed once more from what its posting keeps. */
    private static void evaluated(JsonWriter json, Facts.OrderPaid paid, Program rules, Language language) {
        Instant ruledAt = paid.under().quote().map(Quoted::at).orElse(paid.at());
        Evaluation evaluation =
                Evaluation.of(paid.basis(), Returned.NOTHING, paid.under().circumstances(), ruledAt, rules);
        Evaluated told = new Evaluated(rules, language);
        told.discounts(json, evaluation.discounts(), paid.basis());
        told.earned(json, evaluation.rewards());
        told.benefits(json, evaluation.rewards().benefits());
        told.dropped(json, evaluation.dropped());
    }

    /** {@code GET /v1/members/{member}/ledger}. */
    public HttpResponse ledger(Requests.LedgerPage page) {
        // The account says whether there is such a member, and how far the history goes: its index may lag behind.
        Optional<Account> account = account(page.member());
        if (account.isEmpty()) {
            return noMember();
        }
        long before = Math.min(page.before(), account.get().sequence() + 1);
        List<Posting> postings = ledger.history(page.member(), before, page.limit());
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
        Program rules = Replies.rules(programs, posting);
        Explanation explanation = Explanation.of(posting, rules);
        json.put("sequence", posting.sequence())
                .put("at", posting.at())
                .put("operation", operation(posting.facts()))
                .put("reference", reference(posting))
                .put("programVersion", posting.programVersion())
                .objects("movements", posting.movements(), (to, movement) -> movement(to, movement, rules))
                .object("balance", Replies.balance(posting, rules))
                .object("explanation", explanation::write)
                .put("hash", posting.hash().hex());
    }

    private static void movement(JsonWriter json, Movement movement, Program rules) {
        json.put("kind", movement.kind().name().toLowerCase(Locale.ROOT));
        Replies.otherWallet(json, movement.wallet(), rules).put("points", movement.points());
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
            case Facts.ActivityRewarded rewarded -> "activity";
            case Facts.ProfileChanged changed -> "profile";
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
            case Facts.ActivityRewarded rewarded -> rewarded.activity().value();
            case Facts.ProfileChanged changed -> member;
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

    private HttpResponse order(Requests.MembersOrder asked, List<Posting> events, Optional<OrderState> state) {
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
                OrderState stands =
                        state.orElseGet(() -> OrderState.paid(asked.member(), asked.order(), paid.earned()));
                paid(json, paid, stands, Replies.rules(programs, payment.get()));
                json.put("programVersion", payment.get().programVersion());
            } else {
                json.put("earned", 0).put("reversed", 0).put("restored", 0);
            }
        });
    }

    private static void paid(JsonWriter json, Facts.OrderPaid paid, OrderState stands, Program rules) {
        long total = paid.basis().total();
        long kept = stands.cancelled() ? 0 : total - stands.refunded();
        json.object("total", Replies.money(new Money(total, paid.basis().currency())))
                .object("kept", Replies.money(new Money(kept, paid.basis().currency())));
        stands(json, paid, stands, rules.main().id());
        Set<WalletId> wallets = new HashSet<>(paid.earned().keySet());
        wallets.addAll(stands.wallets().keySet());
        Replies.others(json, Replies.otherWallets(rules, wallets), (to, wallet) -> stands(to, paid, stands, wallet));
    }

    private static void stands(JsonWriter json, Facts.OrderPaid paid, OrderState stands, WalletId wallet) {
        long earnedAtFirst = paid.earned().getOrDefault(wallet, Earned.NONE).points();
        OrderState.InWallet now = stands.in(wallet);
        json.put("earned", now.earned())
                .put("reversed", Math.max(0, earnedAtFirst - now.earned()))
                .put("restored", now.restored());
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
                        ? Optional.of(redemption(posting, facts))
                        : Optional.empty())
                .orElseGet(() -> Problem.of(ProblemCode.REDEMPTION_NOT_FOUND).response());
    }

    /** All that tells how it ended is read as of one moment. */
    private HttpResponse redemption(Posting posting, Facts.Held held) {
        MemberKey member = posting.member();
        Program rules = Replies.rules(programs, posting);
        OperationId captured = OperationId.captured(held.redemption());
        OperationId voided = OperationId.voided(held.redemption());
        Snapshot snapshot = ledger.read(Set.of(
                new StoredKey.AccountKey(member),
                new StoredKey.PostingKey(member.program(), captured),
                new StoredKey.PostingKey(member.program(), voided)));
        Money nothing = Money.zero(held.worth().currency());
        Optional<Posting> capture = snapshot.posting(member.program(), captured);
        if (capture.isPresent() && capture.get().facts() instanceof Facts.Captured spent) {
            return redemption(
                    member, held, rules, new Ending("captured", spent.captured(), spent.returned(), spent.worth()));
        }
        if (snapshot.posting(member.program(), voided).isPresent()) {
            return redemption(member, held, rules, new Ending("voided", 0, held.points(), nothing));
        }
        return isOpen(snapshot.account(member), held)
                ? redemption(member, held, rules, json -> json.object("worth", Replies.money(held.worth())), "held")
                : redemption(member, held, rules, new Ending("timed_out", 0, held.points(), nothing));
    }

    private boolean isOpen(Optional<Account> account, Facts.Held held) {
        if (account.isEmpty()) {
            return false;
        }
        Instant now = account.get().dated(clock.instant());
        return now.isBefore(held.until())
                && account.get().wallet(held.wallet()).hold(held.redemption()).isPresent();
    }

    private record Ending(String status, long captured, long returned, Money worth) {}

    private static HttpResponse redemption(MemberKey member, Facts.Held held, Program rules, Ending ending) {
        return redemption(
                member,
                held,
                rules,
                json -> json.put("captured", ending.captured())
                        .put("returned", ending.returned())
                        .object("worth", Replies.money(ending.worth())),
                ending.status());
    }

    private static HttpResponse redemption(
            MemberKey member, Facts.Held held, Program rules, Consumer<JsonWriter> outcome, String status) {
        return HttpResponse.json(200, json -> {
            json.put("redemption", held.redemption().value())
                    .put("member", member.member().value());
            Replies.otherWallet(json, held.wallet(), rules)
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
