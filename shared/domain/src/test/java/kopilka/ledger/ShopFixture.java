package kopilka.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.audit.AccountAudit;
import kopilka.audit.Dossier;
import kopilka.audit.Rulebook;
import kopilka.expiry.Sweep;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.LineId;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.OrderLine;
import kopilka.order.Payment;
import kopilka.order.Quantity;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.Category;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PendingRule;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.Qualification;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.ShopId;
import kopilka.program.Sku;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.HoldPoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;
import kopilka.referral.ReferrerSide;
import kopilka.standing.Progress;

/** A shop with a program, a clock that it sets, and a ledger: what tests tell their stories with. */
public final class ShopFixture {
    /** Euro. */
    public static final Currency EUR = Currency.getInstance("EUR");

    /** The program that the stories play in. */
    public static final ProgramId PROGRAM = new ProgramId("demo");

    /** Its shop. */
    public static final ShopId SHOP = new ShopId("main");

    /** A wallet of money. */
    public static final WalletId CASHBACK = new WalletId("cashback");

    private final Ledger ledger;
    private final Versions versions = new Versions();
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");
    private final Teller teller;

    private ShopFixture(Ledger ledger, Rules rules) {
        this.ledger = ledger;
        this.versions.add(PROGRAM, rules.program(), Instant.EPOCH);
        this.teller = new Teller(ledger, versions, () -> now, Teller.Pause.NONE);
    }

    /** A shop on a ledger in memory. */
    public static ShopFixture aShop(Rules rules) {
        return new ShopFixture(new InMemoryLedger(), rules);
    }

    /** A shop on that ledger. */
    public static ShopFixture aShop(Ledger ledger, Rules rules) {
        return new ShopFixture(ledger, rules);
    }

    /** The versions of programs, in memory. */
    public static final class Versions implements Programs {
        private final Map<ProgramId, List<ProgramVersion>> all = new HashMap<>();

        /** Adds the next version. */
        public void add(ProgramId program, Program rules, Instant effectiveFrom) {
            List<ProgramVersion> versions = all.computeIfAbsent(program, p -> new ArrayList<>());
            versions.add(new ProgramVersion(program, versions.size() + 1, effectiveFrom, rules));
        }

        @Override
        public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
            List<ProgramVersion> versions = all.getOrDefault(program, List.of());
            for (ProgramVersion version : versions.reversed()) {
                if (!version.effectiveFrom().isAfter(instant)) {
                    return Optional.of(version);
                }
            }
            return versions.stream().findFirst();
        }

        @Override
        public Optional<ProgramVersion> version(ProgramId program, int number) {
            List<ProgramVersion> versions = all.getOrDefault(program, List.of());
            return number < 1 || number > versions.size() ? Optional.empty() : Optional.of(versions.get(number - 1));
        }
    }

    /**
     * The rules of a program, told in the few words that matter to a test: 1 point for 1.00 EUR, pending for 14 days from
     * the payment, for 12 months, 100 points pay 1.00 EUR.
     */
    public record Rules(Program program) {
        /** As told above. */
        public static Rules usual() {
            return new Rules(new Program(
                    "Demo",
                    EUR,
                    ZoneId.of("Europe/Kyiv"),
                    new EarningRules(
                            new Rate(1, 100),
                            Map.of(),
                            0,
                            OptionalLong.empty(),
                            EarningRules.Include.USUAL,
                            EarningRules.Rounding.DOWN_ON_ORDER),
                    new PendingRule(PendingRule.From.PAID, 14),
                    new ExpiryRule.AfterMonths(12, false),
                    new RedemptionRules(new Worth(100, 100), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD),
                    new RefundRules(new RefundRules.Shortfall.Debt(), 0),
                    Optional.empty()));
        }

        /**
         * By rules: 1 point for 1.00 EUR, twice that on the level silver, which 500.00 EUR within twelve months reach, and 5 % in
         * money; 20 points for a verified review.
         */
        public static Rules byRules() {
            Program usual = usual().program();
            TierId silver = new TierId("silver");
            ActivityKind review = new ActivityKind("review");
            return new Rules(new Program(
                    usual.name(),
                    usual.currency(),
                    usual.zone(),
                    new RuleBook(
                            List.of(
                                    rule("base", new Effect.Earn(WalletId.POINTS, new Rate(1, 100), Optional.empty())),
                                    rule(
                                            "silver",
                                            new LineCondition.Every(),
                                            Optional.of(new Condition.InTier(Set.of(silver))),
                                            new Effect.Multiply(WalletId.POINTS, 200)),
                                    rule("cashback", new Effect.Earn(CASHBACK, new Rate(5, 100), Optional.empty())),
                                    rule(
                                            "first",
                                            new LineCondition.Every(),
                                            Optional.of(new Condition.NthOrder(1, Period.MONTH)),
                                            new Effect.Bonus(WalletId.POINTS, 7))),
                            0,
                            EarningRules.Include.USUAL,
                            EarningRules.Rounding.DOWN_ON_ORDER,
                            Multipliers.USUAL,
                            10_000),
                    List.of(
                            usual.main(),
                            new WalletRules(
                                    CASHBACK,
                                    WalletRules.Unit.MONEY,
                                    Texts.NONE,
                                    usual.pending(),
                                    Expiry.by(new ExpiryRule.Never()),
                                    Optional.of(new RedemptionRules(
                                            new Worth(1, 1), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD)),
                                    OptionalLong.empty())),
                    usual.refunds(),
                    Optional.empty(),
                    Optional.of(new TierRules(
                            new TierPeriod.RollingMonths(12),
                            false,
                            0,
                            List.of(
                                    new TierLevel(
                                            new TierId("bronze"),
                                            Texts.NONE,
                                            Optional.empty(),
                                            Optional.empty(),
                                            List.of()),
                                    new TierLevel(
                                            silver,
                                            Texts.NONE,
                                            Optional.of(new Qualification.Spend(500_00)),
                                            Optional.empty(),
                                            List.of())))),
                    Map.of(
                            review,
                            new ActivityRules(
                                    review,
                                    Texts.NONE,
                                    List.of(new Effect.Bonus(WalletId.POINTS, 20)),
                                    List.of(new ActivityRules.Limit(2, Period.MONTH)),
                                    true,
                                    Optional.empty())),
                    Set.of(),
                    OptionalLong.empty()));
        }

        private Rules with(EarningRules earning, ZoneId zone) {
            return new Rules(new Program(
                    program.name(),
                    program.currency(),
                    zone,
                    earning,
                    program.pending(),
                    program.expiry(),
                    program.redemption(),
                    program.refunds(),
                    program.referral()));
        }

        private Rules with(EarningRules earning) {
            return with(earning, program.zone());
        }

        private Rules with(
                PendingRule pending,
                ExpiryRule expiry,
                RedemptionRules redemption,
                RefundRules refunds,
                Optional<ReferralRules> referral) {
            return new Rules(new Program(
                    program.name(),
                    program.currency(),
                    program.zone(),
                    program.earning(),
                    pending,
                    expiry,
                    redemption,
                    refunds,
                    referral));
        }

        private Rules with(RefundRules refunds) {
            return with(program.pending(), program.expiry(), program.redemption(), refunds, program.referral());
        }

        /** With that rate. */
        public Rules earning(long points, long perMinor) {
            EarningRules e = program.earning();
            Rate rate = new Rate(points, perMinor);
            return with(new EarningRules(
                    rate, e.categories(), e.minimumOrder(), e.maximumPerOrder(), e.include(), e.rounding()));
        }

        /** With that rate for a category. */
        public Rules earningOn(String category, long points, long perMinor) {
            EarningRules e = program.earning();
            Map<Category, Rate> more = new HashMap<>(e.categories());
            more.put(new Category(category), new Rate(points, perMinor));
            return with(
                    new EarningRules(e.rate(), more, e.minimumOrder(), e.maximumPerOrder(), e.include(), e.rounding()));
        }

        /** With that minimum, in cents. */
        public Rules minimum(long minor) {
            EarningRules e = program.earning();
            return with(
                    new EarningRules(e.rate(), e.categories(), minor, e.maximumPerOrder(), e.include(), e.rounding()));
        }

        /** With that cap. */
        public Rules atMost(long points) {
            EarningRules e = program.earning();
            OptionalLong cap = OptionalLong.of(points);
            return with(new EarningRules(e.rate(), e.categories(), e.minimumOrder(), cap, e.include(), e.rounding()));
        }

        /** With those switches. */
        public Rules including(EarningRules.Include switches) {
            EarningRules e = program.earning();
            return with(new EarningRules(
                    e.rate(), e.categories(), e.minimumOrder(), e.maximumPerOrder(), switches, e.rounding()));
        }

        /** With that rounding. */
        public Rules rounding(EarningRules.Rounding how) {
            EarningRules e = program.earning();
            return with(new EarningRules(
                    e.rate(), e.categories(), e.minimumOrder(), e.maximumPerOrder(), e.include(), how));
        }

        /** With that return window. */
        public Rules pending(PendingRule.From from, int days) {
            PendingRule rule = new PendingRule(from, days);
            return with(rule, program.expiry(), program.redemption(), program.refunds(), program.referral());
        }

        /** With that expiry. */
        public Rules expiring(ExpiryRule rule) {
            return with(program.pending(), rule, program.redemption(), program.refunds(), program.referral());
        }

        /** With those redemption rules. */
        public Rules redeeming(RedemptionRules rules) {
            return with(program.pending(), program.expiry(), rules, program.refunds(), program.referral());
        }

        /** With that policy for shortfalls. */
        public Rules shortfall(RefundRules.Shortfall policy) {
            return with(new RefundRules(policy, program.refunds().graceDays()));
        }

        /** With that grace for points given back after their expiry. */
        public Rules grace(int days) {
            return with(new RefundRules(program.refunds().shortfall(), days));
        }

        /** With those rewards for referrals. */
        public Rules rewarding(long referrer, long referee, long minimumMinor) {
            ReferralRules rewards = new ReferralRules(referrer, referee, minimumMinor);
            return with(
                    program.pending(), program.expiry(), program.redemption(), program.refunds(), Optional.of(rewards));
        }

        /** With a main wallet of another name. Comes last. */
        public Rules calling(WalletId name) {
            WalletRules main = program.main();
            return new Rules(new Program(
                    program.name(),
                    program.currency(),
                    program.zone(),
                    new RuleBook(
                            List.of(rule(
                                    "base",
                                    new Effect.Earn(name, program.earning().rate(), Optional.empty()))),
                            0,
                            EarningRules.Include.USUAL,
                            EarningRules.Rounding.DOWN_ON_ORDER,
                            Multipliers.USUAL,
                            10_000),
                    List.of(new WalletRules(
                            name,
                            main.unit(),
                            main.name(),
                            main.pending(),
                            main.expiry(),
                            main.redemption(),
                            main.maximumPerOrder())),
                    program.refunds(),
                    program.referral(),
                    Optional.empty(),
                    Map.of(),
                    Set.of(),
                    OptionalLong.empty()));
        }

        /** With a wallet of money beside the points: 5 percent of the goods, at once, for six months. */
        public Rules andCashback() {
            return andCashback(new PendingRule(PendingRule.From.PAID, 0), new ExpiryRule.AfterMonths(6, false));
        }

        /** With a wallet of money beside the points: 5 percent of the goods, by these days. Comes last. */
        public Rules andCashback(PendingRule pending, ExpiryRule expiry) {
            RedemptionRules pays =
                    new RedemptionRules(new Worth(1, 1), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD);
            return andCashback(pending, expiry, Optional.of(pays));
        }

        /** With a wallet of money beside the points, that is spent like this or not at all. Comes last. */
        public Rules andCashback(PendingRule pending, ExpiryRule expiry, Optional<RedemptionRules> redemption) {
            EarningRules earning = program.earning();
            Rule base = rule(
                    "base",
                    new Effect.Earn(WalletId.POINTS, earning.rate(), Optional.empty()),
                    new Effect.Earn(CASHBACK, new Rate(5, 100), Optional.empty()));
            WalletRules cashback = new WalletRules(
                    CASHBACK,
                    WalletRules.Unit.MONEY,
                    Texts.NONE,
                    pending,
                    Expiry.by(expiry),
                    redemption,
                    OptionalLong.empty());
            return new Rules(new Program(
                    program.name(),
                    program.currency(),
                    program.zone(),
                    new RuleBook(
                            List.of(base),
                            earning.minimumOrder(),
                            earning.include(),
                            earning.rounding(),
                            Multipliers.USUAL,
                            10_000),
                    List.of(program.main(), cashback),
                    program.refunds(),
                    program.referral(),
                    Optional.empty(),
                    Map.of(),
                    Set.of(),
                    OptionalLong.empty()));
        }

        /** In that zone. */
        public Rules in(String name) {
            return with(program.earning(), ZoneId.of(name));
        }
    }

    /** The ledger. */
    public Ledger ledger() {
        return ledger;
    }

    /** The programs. */
    public Versions versions() {
        return versions;
    }

    /** The time. */
    public Instant now() {
        return now;
    }

    /** Sets the clock. */
    public ShopFixture at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    /** Lets time pass. */
    public ShopFixture later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    /** Changes the program's rules from now on. */
    public void changeRules(Rules rules) {
        versions.add(PROGRAM, rules.program(), now);
    }

    /** A rule about every line, whatever the circumstances. */
    public static Rule rule(String id, Effect... then) {
        return rule(id, new LineCondition.Every(), Optional.empty(), then);
    }

    /** A rule without a title, always in force, in no group. */
    public static Rule rule(String id, LineCondition lines, Optional<Condition> when, Effect... then) {
        return new Rule(
                new RuleId(id),
                Texts.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lines,
                when,
                List.of(then));
    }

    /** The key of a member. */
    public static MemberKey member(String id) {
        return new MemberKey(PROGRAM, new MemberId(id));
    }

    /** Carries an operation out. */
    public Teller.Answer carryOut(Operation operation) {
        return teller.carryOut(operation);
    }

    /** Carries operations of one member out together. */
    public List<Teller.Answer> carryOut(List<Operation> operations) {
        return teller.carryOut(operations);
    }

    /** Carries an operation out that must succeed. */
    public Posting done(Operation operation) {
        Teller.Answer answer = carryOut(operation);
        assertThat(answer).isInstanceOf(Teller.Answer.Done.class);
        return ((Teller.Answer.Done) answer).posting();
    }

    /** Carries an operation out that must be refused. */
    public Refusal refused(Operation operation) {
        Teller.Answer answer = carryOut(operation);
        assertThat(answer).isInstanceOf(Teller.Answer.Refused.class);
        return ((Teller.Answer.Refused) answer).refusal();
    }

    /** Enrols a member, a second after whoever joined before. */
    public ShopFixture enrol(String member) {
        done(new EnrolMember(member(member)));
        now = now.plusSeconds(1);
        return this;
    }

    /** Closes an account. */
    public Posting close(String member) {
        return done(new CloseAccount(member(member), Optional.empty()));
    }

    /** A line: so many cents for so many pieces. */
    public static OrderLine line(String id, long pieces, long total) {
        return line(id, pieces, total, "");
    }

    /** A line of goods of a category. */
    public static OrderLine line(String id, long pieces, long total, String category) {
        return new OrderLine(
                new LineId(id),
                new Sku("sku-" + id),
                category.isEmpty() ? Optional.empty() : Optional.of(new Category(category)),
                Optional.empty(),
                Quantity.of(pieces),
                Optional.empty(),
                total,
                0,
                false);
    }

    /** An order of these lines. */
    public static Order order(OrderLine... lines) {
        long sum = List.of(lines).stream().mapToLong(OrderLine::total).sum();
        return new Order(EUR, List.of(lines), 0, 0, 0, sum, List.of(), Optional.empty(), Optional.empty());
    }

    /** An order of one line. */
    public static Order orderOf(long total) {
        return order(line("1", 1, total));
    }

    /** The order, of which a redemption pays a part. */
    public static Order paidWith(Order order, String redemption, long amount) {
        List<Payment> payments = List.of(
                new Payment("card", order.total() - amount, Optional.empty()),
                new Payment(Payment.POINTS, amount, Optional.of(new RedemptionId(redemption))));
        return new Order(
                order.currency(),
                order.lines(),
                order.delivery(),
                order.tax(),
                order.discount(),
                order.total(),
                payments,
                order.channel(),
                order.shop());
    }

    /** An order's payment. */
    public RecordOrderEvent payment(String member, String order, Order content) {
        return event(member, order, OrderEventKind.PAID, content);
    }

    /** An event of an order, now. */
    public RecordOrderEvent event(String member, String order, OrderEventKind kind, Order content) {
        return new RecordOrderEvent(member(member), new OrderId(order), kind, now, Optional.of(content));
    }

    /** A delivery or a cancellation, now. */
    public RecordOrderEvent event(String member, String order, OrderEventKind kind) {
        return new RecordOrderEvent(member(member), new OrderId(order), kind, now, Optional.empty());
    }

    /** A member pays an order. */
    public Facts.OrderPaid pays(String member, String order, Order content) {
        return (Facts.OrderPaid) done(payment(member, order, content)).facts();
    }

    /** A refund of so many pieces of a line. */
    public RefundOrder refundOf(String member, String order, String refund, String line, long pieces) {
        return refund(
                member,
                order,
                refund,
                new RefundContent(
                        EUR,
                        List.of(new RefundContent.Line(new LineId(line), Quantity.of(pieces), OptionalLong.empty())),
                        0,
                        0));
    }

    /** A refund of an amount. */
    public RefundOrder refundOf(String member, String order, String refund, long amount) {
        return refund(member, order, refund, new RefundContent(EUR, List.of(), 0, amount));
    }

    /** A refund. */
    public RefundOrder refund(String member, String order, String refund, RefundContent content) {
        return new RefundOrder(member(member), new OrderId(order), new RefundId(refund), now, content);
    }

    /** Carries a refund out, and says what it did. */
    public Facts.Return returned(RefundOrder refund) {
        return ((Facts.Refunded) done(refund).facts()).effect();
    }

    /** Carries a refund out, and says what it did to the wallet of points. */
    public Facts.WalletReturn refunded(RefundOrder refund) {
        return returned(refund).in(WalletId.POINTS);
    }

    /** What a return did to points, and to nothing else. */
    public static Facts.Return ofPoints(
            long value,
            long earned,
            long reversed,
            long restored,
            long debt,
            long deducted,
            long deduction,
            long writtenOff) {
        return Facts.Return.of(
                value,
                WalletId.POINTS,
                new Facts.WalletReturn(earned, reversed, restored, debt, deducted, deduction, writtenOff));
    }

    /** What an order earned in points, and in nothing else. */
    public static SortedMap<WalletId, Earned> points(long points, Optional<Term> term) {
        return new TreeMap<>(Map.of(WalletId.POINTS, new Earned(points, term)));
    }

    /** A hold of points for an order of a total in cents. */
    public HoldPoints holding(String member, String redemption, long points, long orderTotal) {
        return new HoldPoints(
                member(member),
                new RedemptionId(redemption),
                Points.of(points),
                new Money(orderTotal, EUR),
                Optional.empty(),
                Optional.empty());
    }

    /** A hold of a wallet for an order of a total in cents. */
    public HoldPoints holding(String member, String redemption, WalletId wallet, long points, long orderTotal) {
        return new HoldPoints(
                member(member),
                new RedemptionId(redemption),
                Optional.of(wallet),
                Points.of(points),
                new Money(orderTotal, EUR),
                Optional.empty(),
                Optional.empty());
    }

    /** Holds points that pay a part of a large order. */
    public void holds(String member, String redemption, long points) {
        done(holding(member, redemption, points, 100_000_00));
    }

    /** Captures so many of the points held. */
    public Facts.Captured captures(String member, String redemption, long points) {
        return (Facts.Captured)
                done(new CapturePoints(member(member), new RedemptionId(redemption), Optional.of(Points.of(points))))
                        .facts();
    }

    /** Voids a hold. */
    public void voids(String member, String redemption) {
        done(new VoidHold(member(member), new RedemptionId(redemption)));
    }

    /** Holds and captures points. */
    public void spends(String member, String redemption, long points) {
        holds(member, redemption, points);
        captures(member, redemption, points);
    }

    /** Holds and captures what a wallet has. */
    public void spends(String member, String redemption, WalletId wallet, long points) {
        done(holding(member, redemption, wallet, points, 100_000_00));
        captures(member, redemption, points);
    }

    /** Attaches a referee by the referrer's code, which is the referrer's id in upper case. */
    public void recommends(String referrer, String referee) {
        ReferralCode code = new ReferralCode(referrer.toUpperCase(java.util.Locale.ROOT));
        done(new IssueReferralCode(member(referrer), code));
        done(new AttachReferee(member(referee), code));
    }

    /** Carries the signals of a member's postings over to the referrers, as the outbox does. */
    public void deliverSignals(String member) {
        for (Posting posting : postings(member)) {
            ReferrerSide.of(posting).ifPresent(this::done);
        }
    }

    /** Sweeps one account. */
    public Teller.Answer sweep(String member) {
        Sweep.Settlement settlement = Sweep.settlement(ledger, member(member)).orElseThrow();
        return teller.carryOut(settlement.operation(), settlement.seen());
    }

    /** A member's account as it is stored. */
    public Account account(String member) {
        StoredKey.AccountKey key = new StoredKey.AccountKey(member(member));
        return ledger.read(java.util.Set.of(key)).account(member(member)).orElseThrow();
    }

    /** A member's wallet of points at this moment, settled but not written. */
    public Wallet wallet(String member) {
        return wallet(member, WalletId.POINTS);
    }

    /** A member's wallet at this moment, settled but not written. */
    public Wallet wallet(String member, WalletId wallet) {
        Account account = account(member);
        Instant dated = account.dated(now);
        Moves moves = Opened.moves(
                account, progress(member), versions.at(PROGRAM, dated).orElseThrow(), dated);
        moves.settle();
        return moves.in(wallet).wallet();
    }

    /** How a member stands at this moment, settled but not written. */
    public Progress progress(String member) {
        Account account = account(member);
        return Opened.progress(account, versions, account.dated(now)).orElseThrow();
    }

    /** A member's points at this moment. */
    public Balance balance(String member) {
        return wallet(member).balance();
    }

    /** What a member has in a wallet at this moment. */
    public Balance balance(String member, WalletId wallet) {
        return wallet(member, wallet).balance();
    }

    /** All postings of a member, the first one first. */
    public List<Posting> postings(String member) {
        return ledger.history(member(member), Long.MAX_VALUE, Integer.MAX_VALUE).reversed();
    }

    /** Nothing is wrong with a member's account, nor with what is kept beside it. */
    public void audit(String member) {
        assertThat(Audit.of(account(member), postings(member))).isEmpty();
        assertThat(AccountAudit.of(dossier(member), rulebook())).isEmpty();
    }

    /** The rules that postings name. */
    public Rulebook rulebook() {
        return new Rulebook() {
            @Override
            public Optional<ProgramVersion> version(ProgramId program, int version) {
                return versions.version(program, version);
            }

            @Override
            public Optional<ProgramVersion> at(ProgramId program, Instant moment) {
                return versions.at(program, moment);
            }
        };
    }

    /** All that is stored about a member, as far as the member's postings speak of it. */
    public Dossier dossier(String member) {
        return Dossier.of(ledger, member(member));
    }

    /** A day. */
    public static LocalDate day(String date) {
        return LocalDate.parse(date);
    }
}
