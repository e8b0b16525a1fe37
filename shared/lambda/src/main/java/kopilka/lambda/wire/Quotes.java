package kopilka.lambda.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.json.Place;
import kopilka.ledger.Account;
import kopilka.ledger.Ledger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Moves;
import kopilka.ledger.Opened;
import kopilka.ledger.StoredKey;
import kopilka.money.Money;
import kopilka.order.Order;
import kopilka.order.OrderBasis;
import kopilka.program.Asked;
import kopilka.program.Circumstances;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.ShopId;
import kopilka.program.WalletId;
import kopilka.quote.Quote;
import kopilka.quote.Redeemable;
import kopilka.standing.Progress;
import kopilka.standing.Standing;
import kopilka.standing.Told;

/** Quotes baskets. Nothing is written: the id of a quote says all that has to be known of it. */
public final class Quotes {
    /** How far back a quote may be asked for: clocks differ. */
    private static final Duration BEHIND = Duration.ofDays(1);

    /** How far ahead. */
    private static final Duration AHEAD = Duration.ofDays(366);

    private final Ledger ledger;
    private final Programs programs;
    private final InstantSource clock;

    /** Quotes by those programs, for the members of that ledger. */
    public Quotes(Ledger ledger, Programs programs, InstantSource clock) {
        this.ledger = ledger;
        this.programs = programs;
        this.clock = clock;
    }

    /**
     * {@code POST /v1/quotes}.
     *
     * @param program the caller's
     * @param seller the caller's shop, which sells unless the basket names another
     * @param asked what is asked
     */
    public HttpResponse quote(ProgramId program, ShopId seller, QuoteRequest asked) {
        Instant now = clock.instant();
        // To the millisecond, as the quote's id has it.
        Instant at = Instant.ofEpochMilli(asked.at().orElse(now).toEpochMilli());
        if (at.isAfter(now.plus(AHEAD))) {
            return Refusals.untimely(ProblemCode.TIME_IN_FUTURE).response();
        }
        if (at.isBefore(now.minus(BEHIND))) {
            return Refusals.untimely(ProblemCode.TIME_TOO_OLD).response();
        }
        Optional<ProgramVersion> version = programs.at(program, at);
        if (version.isEmpty()) {
            return Problem.of(ProblemCode.UNAUTHENTICATED).response();
        }
        Optional<Problem> fault = fault(asked.basket(), version.get().rules());
        if (fault.isPresent()) {
            return fault.get().response();
        }
        if (asked.member().isEmpty()) {
            LocalDate joined = version.get().rules().dayOf(at);
            return answer(version.get(), seller, asked, at, new Buyer(Standing.NEW, joined, wallet -> 0));
        }
        MemberKey member = asked.member().get();
        Optional<Account> account =
                ledger.read(Set.of(new StoredKey.AccountKey(member))).account(member);
        if (account.isEmpty()) {
            return Problem.of(ProblemCode.MEMBER_NOT_FOUND).response();
        }
        if (account.get().isClosed()) {
            return Problem.of(ProblemCode.MEMBER_CLOSED).response();
        }
        return answer(version.get(), seller, asked, at, buyer(account.get(), now));
    }

    /**
     * Who would buy.
     *
     * @param standing how that one stands beside points
     * @param joined the day on which
     * @param available how much of each wallet there is to be spent
     */
    private record Buyer(Standing standing, LocalDate joined, ToLongFunction<WalletId> available) {}

    private Buyer buyer(Account account, Instant now) {
        Instant dated = account.dated(now);
        Progress progress = Opened.progress(account, programs, dated).orElseThrow();
        ProgramVersion calendar = programs.at(account.key().program(), dated).orElseThrow();
        Moves moves = Opened.moves(account, progress, calendar, dated);
        moves.settle();
        return new Buyer(
                progress.standing(),
                progress.joined(),
                wallet -> moves.in(wallet).wallet().available().total());
    }

    private static Optional<Problem> fault(Order basket, Program rules) {
        // A total below 0: the discount is more than all of it.
        Optional<Order.Fault> fault =
                basket.total() < 0 ? Optional.of(Order.Fault.DISCOUNT_ABOVE_LINES) : basket.fault();
        if (fault.isPresent()) {
            return Optional.of(Refusals.invalid(fault.get()));
        }
        return basket.currency().equals(rules.currency())
                ? Optional.empty()
                : Optional.of(Refusals.otherCurrency(
                        rules.currency(), Place.BODY.child("content").child("currency")));
    }

    private static HttpResponse answer(
            ProgramVersion version, ShopId seller, QuoteRequest asked, Instant at, Buyer buyer) {
        Program rules = version.rules();
        Asked looked = Asked.by(rules);
        OrderBasis basket = asked.basket().basis(looked.brands(), looked.skus());
        Circumstances circumstances =
                buyer.standing().circumstances(rules, looked, told(asked, seller), rules.dayOf(at), buyer.joined());
        Quote quote = Quote.of(version, basket, circumstances, buyer.standing().level(rules), at, buyer.available());
        return answer(version, asked, basket, quote);
    }

    private static Told told(QuoteRequest asked, ShopId seller) {
        Order basket = asked.basket();
        return new Told(
                basket.shop().or(() -> Optional.of(seller)),
                basket.channel(),
                basket.region(),
                asked.payments(),
                Set.copyOf(basket.coupons()));
    }

    private static HttpResponse answer(ProgramVersion version, QuoteRequest asked, OrderBasis basket, Quote quote) {
        Program rules = version.rules();
        Evaluated evaluated = new Evaluated(rules, asked.language());
        return HttpResponse.json(200, json -> {
            json.put("quote", QuoteId.of(version.program(), quote.quoted()))
                    .put("programVersion", quote.quoted().version())
                    .put("at", quote.quoted().at())
                    .put("expiresAt", quote.quoted().until());
            asked.member()
                    .ifPresent(member -> json.put("member", member.member().value()));
            json.object("price", Replies.money(new Money(quote.price(), rules.currency())));
            evaluated.discounts(json, quote.evaluation().discounts(), basket);
            evaluated.earned(json, quote.evaluation().rewards(), (to, wallet) -> byLine(to, quote, wallet, basket));
            evaluated.benefits(json, quote.benefits());
            json.objects("redeemable", quote.redeemable(), (to, some) -> redeemable(to, some, rules));
            json.objects("next", quote.next(), (to, next) -> {
                evaluated.rule(to, next.rule());
                to.put("missing", new Money(next.missing(), rules.currency()).amount())
                        .put("of", next.matching() ? "matching" : "order");
            });
            evaluated.dropped(json, quote.evaluation().dropped());
        });
    }

    private static void byLine(JsonWriter json, Quote quote, WalletId wallet, OrderBasis basket) {
        SortedMap<Integer, Long> lines = quote.byLine().getOrDefault(wallet, new TreeMap<>());
        if (!lines.isEmpty()) {
            json.objects(
                    "lines",
                    lines.entrySet(),
                    (line, earned) -> line.put(
                                    "line",
                                    basket.lines().get(earned.getKey()).id().value())
                            .put("units", earned.getValue()));
        }
    }

    private static void redeemable(JsonWriter json, Redeemable some, Program rules) {
        json.put("wallet", some.wallet().value())
                .put("minimum", some.minimum())
                .put("maximum", some.maximum())
                .put("step", some.step())
                .object("worth", Replies.money(new Money(some.worth(), rules.currency())));
        some.why().ifPresent(why -> {
            switch (why) {
                case Redeemable.Why.NotSpendable none -> json.put("reason", "not_spendable");
                case Redeemable.Why.Unmet unmet ->
                    json.put("reason", "unmet").put("condition", Evaluated.condition(unmet.condition()));
                case Redeemable.Why.TooFew few -> json.put("reason", "too_few").put("available", few.available());
                case Redeemable.Why.OrderTooSmall small ->
                    json.put("reason", "order_too_small")
                            .put("share", new Money(small.share(), rules.currency()).amount());
            }
        });
    }
}
