package kopilka.audit;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kopilka.activities.RecordActivity;
import kopilka.ledger.Account;
import kopilka.ledger.ActivityId;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.Facts;
import kopilka.ledger.Forgery;
import kopilka.ledger.Hash;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.members.ChangeProfile;
import kopilka.order.OrderEventKind;
import kopilka.program.ActivityKind;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.PendingRule.From;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.RefundRules.Shortfall;
import kopilka.referral.ReferrerSide;
import kopilka.standing.Profile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever can write to the store, and takes all hashes and the account's head anew, is still found: each value of each
 * posting is held against the rules, against the movements or against what is kept beside the account.
 */
class ForgedHistoryTest {
    private static final Rules RULES = Rules.usual().rewarding(500, 300, 10_00).earningOn("premium", 2, 100);

    /** What no rule speaks of, in any posting: how it is sealed, whose request it was, and when and why, not how much. */
    private static final Set<String> ANYWHERE = Set.of(
            "at",
            "fingerprint.hex",
            "hash.hex",
            "movements.at",
            "movements.reason",
            "operation.value",
            "previous",
            "previous.value",
            "previousHash.hex");

    /** What the shop alone can know, or what nothing comes of any more: by the kind of posting. */
    private static final Set<String> TOLD_BY_THE_SHOP = Set.of(
            "ActivityRewarded facts.activity.value",
            "ActivityRewarded facts.at",
            "Captured facts.worth.minor",
            "Closed movements.kind",
            "Held facts.orderTotal.minor",
            "Held facts.redemption.value",
            "Held facts.until",
            "OrderCancelled facts.at",
            "OrderNoted facts.at",
            "OrderNoted facts.kind",
            "OrderNoted facts.order.value",
            "OrderPaid facts.at",
            "OrderPaid facts.basis.delivery",
            "OrderPaid facts.basis.lines.discounted",
            "OrderPaid facts.basis.lines.id.value",
            "OrderPaid facts.basis.lines.quantity",
            "OrderPaid facts.basis.paidWithPoints",
            "OrderPaid facts.basis.tax",
            "OrderPaid facts.basis.total",
            "OrderPaid facts.effect.wallets.deduction",
            "RefundWaiting facts.at",
            "RefundWaiting facts.content.amount",
            "RefundWaiting facts.content.delivery",
            "RefundWaiting facts.content.lines",
            "RefundWaiting facts.content.lines.line.value",
            "RefundWaiting facts.content.lines.quantity.thousandths",
            "RefundWaiting facts.refund.value",
            "Refunded facts.at",
            "Refunded facts.refund.value",
            "ReferrerRewarded facts.order.value",
            "ReferrerRewarded facts.referee.value",
            "ReferrerRewarded facts.term.availableFrom",
            "ReferrerRewarded facts.term.expires",
            "RewardTakenBack facts.order.value",
            "RewardTakenBack facts.referee.value",
            "Voided facts.redemption.value",
            "Voided facts.worth.minor");

    /** Postings whose version says nothing of them. */
    private static final Set<Class<?>> WITHOUT_RULES = Set.of(
            Facts.Captured.class,
            Facts.Closed.class,
            Facts.CodeIssued.class,
            Facts.Enrolled.class,
            Facts.Held.class,
            Facts.OrderNoted.class,
            Facts.ProfileChanged.class,
            Facts.RefereeAttached.class,
            Facts.ReferrerRewarded.class,
            Facts.RefundWaiting.class,
            Facts.RewardTakenBack.class,
            Facts.Settled.class,
            Facts.Voided.class);

    private static final List<String> NAMES = List.of("anna", "boris", "clara", "wanda");

    private final ShopFixture shop = aShop(RULES);

    /** A story in which everything happens that postings tell of, with points owed, kept back and written off. */
    @BeforeEach
    void a_story() {
        shop.enrol("boris").enrol("anna").enrol("clara");
        shop.recommends("boris", "anna");
        shop.recommends("anna", "clara");
        shop.done(shop.event("anna", "A-1", OrderEventKind.PLACED, orderOf(50_00)));
        shop.done(shop.event("anna", "A-2", OrderEventKind.DELIVERED));
        shop.done(shop.refundOf("anna", "A-2", "R-0", "mug", 1));
        shop.done(shop.refundOf("anna", "A-2", "R-00", "jug", 1));
        shop.pays("anna", "A-1", orderOf(300_00));
        shop.pays("anna", "A-2", order(line("tea", 2, 20_00), line("mug", 2, 30_00, "premium")));
        shop.pays("clara", "C-1", orderOf(80_00));
        shop.deliverSignals("anna");
        shop.deliverSignals("clara");
        shop.at("2026-04-01T09:00:00Z").spends("anna", "H-1", 120);
        shop.pays("anna", "A-3", paidWith(orderOf(10_00), "H-1", 1_20));
        shop.refunded(shop.refundOf("anna", "A-3", "R-1", 4_00));
        shop.done(shop.event("anna", "A-2", OrderEventKind.CANCELLED));
        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));
        shop.holds("anna", "H-2", 30);
        shop.voids("anna", "H-2");
        shop.done(shop.refundOf("anna", "A-9", "R-9", 1_00));
        shop.changeRules(RULES.shortfall(new Shortfall.WriteOff(5)).pending(From.DELIVERED, 2));
        shop.pays("anna", "A-4", orderOf(40_00));
        shop.later(java.time.Duration.ofDays(1)).done(shop.event("anna", "A-4", OrderEventKind.DELIVERED));
        shop.changeRules(RULES.shortfall(new Shortfall.Deduct()));
        shop.pays("anna", "A-5", orderOf(30_00));
        shop.at("2026-05-01T09:00:00Z");
        shop.spends("anna", "H-5", shop.balance("anna").available() - 10);
        shop.refunded(shop.refundOf("anna", "A-4", "R-4", 40_00));
        shop.refunded(shop.refundOf("anna", "A-5", "R-5", 30_00));
        shop.done(shop.event("clara", "C-1", OrderEventKind.CANCELLED));
        shop.done(ReferrerSide.of(shop.postings("clara").getLast()).orElseThrow());
        shop.refunded(shop.refundOf("anna", "A-1", "R-6", 295_00));
        shop.sweep("anna");
        shop.pays("boris", "B-1", orderOf(20_00));
        shop.at("2026-06-01T09:00:00Z").sweep("boris");
        shop.close("boris");
        shop.done(shop.event("boris", "B-1", OrderEventKind.CANCELLED));
        shop.later(java.time.Duration.ofNanos(1)).changeRules(Rules.byRules());
        shop.pays("clara", "C-2", orderOf(500_00));
        shop.pays("clara", "C-3", order(line("tea", 2, 20_00), line("mug", 1, 30_00)));
        shop.refunded(shop.refundOf("clara", "C-3", "R-3", "tea", 1));
        shop.done(new RecordActivity(
                member("clara"), new ActivityId("r-1"), new ActivityKind("review"), shop.now(), true));
        shop.done(new ChangeProfile(member("clara"), Hash.START, Profile.UNKNOWN));
        shop.later(java.time.Duration.ofDays(30)).done(shop.event("clara", "C-2", OrderEventKind.CANCELLED));
        inTwoWallets();
    }

    /** The same once more, with points and cashback. */
    private void inTwoWallets() {
        PendingRule delivered = new PendingRule(From.DELIVERED, 0);
        ExpiryRule days = new ExpiryRule.AfterDays(90, false);
        shop.later(java.time.Duration.ofNanos(1))
                .changeRules(RULES.pending(From.PAID, 0)
                        .shortfall(new Shortfall.Deduct())
                        .andCashback(delivered, days));
        shop.enrol("wanda");
        shop.done(shop.refundOf("wanda", "W-0", "R-0", 5_00));
        shop.done(shop.event("wanda", "W-0", OrderEventKind.DELIVERED));
        shop.pays("wanda", "W-0", orderOf(50_00));
        shop.pays("wanda", "W-1", orderOf(200_00));
        shop.done(shop.event("wanda", "W-1", OrderEventKind.DELIVERED));
        shop.spends("wanda", "H-w", CASHBACK, 8_00);
        shop.pays("wanda", "W-2", paidWith(orderOf(40_00), "H-w", 8_00));
        shop.done(shop.holding("wanda", "H-v", CASHBACK, 2_00, 50_00));
        shop.voids("wanda", "H-v");
        shop.refunded(shop.refundOf("wanda", "W-2", "R-2", 20_00));
        shop.spends("wanda", "H-x", CASHBACK, shop.balance("wanda", CASHBACK).available());
        shop.spends("wanda", "H-y", 150);
        shop.done(shop.event("wanda", "W-1", OrderEventKind.CANCELLED));
        shop.changeRules(RULES.pending(From.PAID, 0).andCashback());
        shop.pays("wanda", "W-3", orderOf(100_00));
        shop.spends("wanda", "H-z", CASHBACK, 5_00);
        shop.refunded(shop.refundOf("wanda", "W-3", "R-3", 60_00));
        shop.close("wanda");
    }

    private static Dossier with(Dossier dossier, Dossier.Copy account, List<Slot> history, Dossier.Beside beside) {
        return new Dossier(dossier.member(), account, history, List.of(), List.of(), true, beside);
    }

    private List<Finding> audited(Dossier dossier) {
        return AccountAudit.of(dossier, shop.rulebook());
    }

    private List<Finding> audited(String name, List<Posting> history) {
        Dossier dossier = shop.dossier(name);
        Account account = shop.account(name);
        return audited(with(
                dossier,
                new Dossier.Copy.Present(Forgery.with(account, account.wallets(), history.getLast())),
                history.stream().<Slot>map(Slot.Filled::new).toList(),
                dossier.beside()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "boris", "clara", "wanda"})
    void an_honest_history_is_found_sound(String name) {
        shop.audit(name);
    }

    static Stream<Class<?>> kinds() {
        return Stream.of(Facts.class.getPermittedSubclasses());
    }

    /** Of every member, every posting of a kind, with every value changed that it has. */
    @ParameterizedTest
    @MethodSource("kinds")
    void a_value_of_a_posting_that_is_another_is_found(Class<?> kind) {
        int lies = 0;
        Set<String> unnoticed = new TreeSet<>();
        for (String name : NAMES) {
            List<Posting> history = shop.postings(name);
            for (int i = 0; i < history.size(); i++) {
                if (!kind.isInstance(history.get(i).facts())) {
                    continue;
                }
                for (Lies.Lie<Posting> lie : Lies.of(history.get(i))) {
                    if (isExpected(kind, lie.where())) {
                        continue;
                    }
                    lies++;
                    if (audited(name, Forgery.of(history, i, posting -> lie.told()))
                            .isEmpty()) {
                        unnoticed.add(lie.where());
                    }
                }
            }
        }

        assertThat(lies).isPositive();
        assertThat(unnoticed).isEmpty();
    }

    @Test
    void a_return_of_an_order_that_was_never_paid_is_named() {
        List<Posting> history = shop.postings("anna");
        int last = 0;
        for (int i = 0; i < history.size(); i++) {
            last = history.get(i).facts() instanceof Facts.Refunded ? i : last;
        }
        Facts.Refunded honest = (Facts.Refunded) history.get(last).facts();
        Facts.Refunded forged = new Facts.Refunded(
                new kopilka.order.OrderId("A-77"), honest.refund(), honest.at(), honest.returned(), honest.effect());
        Posting posting = history.get(last);

        assertThat(audited("anna", Forgery.of(history, last, it -> Forgery.with(it, forged))))
                .contains(new Finding(
                        new Finding.OfPosting(member("anna"), posting.sequence(), Optional.of(posting.operation())),
                        Flaw.RECOMPUTED));
    }

    /** The hash is over each value: none can be another without the hash being another too. */
    @ParameterizedTest
    @MethodSource("kinds")
    void a_posting_of_which_any_value_is_another_is_not_intact(Class<?> kind) {
        for (String name : NAMES) {
            for (Posting posting : shop.postings(name)) {
                if (kind.isInstance(posting.facts())) {
                    assertThat(posting.isIntact()).isTrue();
                    for (Lies.Lie<Posting> lie : Lies.of(posting)) {
                        assertThat(lie.told().isIntact()).as(lie.where()).isFalse();
                    }
                }
            }
        }
    }

    @Test
    void places_tell_whose_they_are() {
        Optional<kopilka.ledger.MemberKey> anna = Optional.of(member("anna"));
        assertThat(new Finding.OfAccount(member("anna")).whose()).isEqualTo(anna);
        assertThat(new Finding.OfPosting(member("anna"), 1, Optional.empty()).whose())
                .isEqualTo(anna);
        assertThat(new Finding.OfRedemption(member("anna"), new kopilka.order.RedemptionId("H-1")).whose())
                .isEqualTo(anna);
        assertThat(new Finding.OfItem(Optional.empty(), "key").whose()).isEmpty();
        assertThat(new Slot.Filled(shop.postings("anna").get(2)).sequence()).isEqualTo(3);
    }

    private static boolean isExpected(Class<?> kind, String where) {
        return ANYWHERE.contains(where)
                || TOLD_BY_THE_SHOP.contains(kind.getSimpleName() + " " + where)
                || (where.equals("programVersion") && WITHOUT_RULES.contains(kind));
    }

    // ------------------------------------------------------------------------------------------------ beside

    private List<Finding> beside(List<OrderState> orders, List<RedemptionUse> uses, Optional<CodeOwner> code) {
        Dossier dossier = shop.dossier("anna");
        return audited(
                with(dossier, dossier.account(), dossier.history(), new Dossier.Beside(orders, uses, code, Set.of())));
    }

    private static Finding of(OrderState order) {
        return new Finding(new Finding.OfOrder(member("anna"), order.order()), Flaw.ORDER);
    }

    @Test
    void how_an_order_stands_is_held_against_its_postings() {
        Dossier.Beside beside = shop.dossier("anna").beside();
        assertThat(beside.orders()).hasSizeGreaterThan(5);
        for (int i = 0; i < beside.orders().size(); i++) {
            OrderState honest = beside.orders().get(i);
            List<OrderState> without = new ArrayList<>(beside.orders());
            without.remove(i);
            assertThat(beside(without, beside.uses(), beside.code())).containsExactly(of(honest));
            for (Lies.Lie<OrderState> lie : Lies.of(honest)) {
                List<OrderState> orders = new ArrayList<>(without);
                orders.add(lie.told());
                assertThat(beside(orders, beside.uses(), beside.code()))
                        .as("%s %s", honest.order(), lie.where())
                        .contains(of(honest));
            }
        }
    }

    @Test
    void what_a_redemption_paid_for_and_whose_a_code_is_are_held_against_postings_and_account() {
        Dossier.Beside beside = shop.dossier("anna").beside();
        RedemptionUse use = beside.uses().getFirst();
        Finding ofUse = new Finding(new Finding.OfRedemption(member("anna"), use.redemption()), Flaw.REDEMPTION);
        CodeOwner owner = beside.code().orElseThrow();
        Finding ofCode = new Finding(new Finding.OfCode(member("anna"), owner.code()), Flaw.CODE);

        assertThat(beside(beside.orders(), List.of(), beside.code())).containsExactly(ofUse);
        RedemptionUse another = new RedemptionUse(use.member(), use.redemption(), new kopilka.order.OrderId("A-1"));
        assertThat(beside(beside.orders(), List.of(another), beside.code())).containsExactly(ofUse);
        assertThat(beside(beside.orders(), beside.uses(), Optional.empty())).containsExactly(ofCode);
        CodeOwner stolen = new CodeOwner(owner.code(), member("boris"));
        assertThat(beside(beside.orders(), beside.uses(), Optional.of(stolen))).containsExactly(ofCode);
    }

    @Test
    void what_the_account_says_is_held_against_the_postings() {
        for (String name : NAMES) {
            Dossier dossier = shop.dossier(name);
            for (Lies.Lie<Account> lie : Lies.of(shop.account(name))) {
                Dossier forged =
                        with(dossier, new Dossier.Copy.Present(lie.told()), dossier.history(), dossier.beside());
                assertThat(audited(forged)).as("%s: %s", name, lie.where()).isNotEmpty();
            }
        }
    }

    @Test
    void what_others_wrote_meanwhile_beside_the_account_is_no_finding() {
        Dossier dossier = shop.dossier("anna");
        Dossier moved = new Dossier(
                dossier.member(),
                dossier.account(),
                dossier.history(),
                List.of(),
                List.of(),
                false,
                Dossier.Beside.NOTHING);

        assertThat(audited(moved)).isEmpty();
        assertThat(audited(with(dossier, dossier.account(), dossier.history(), Dossier.Beside.NOTHING)))
                .isNotEmpty();
    }

    @Test
    void a_version_of_the_rules_that_is_not_there_is_named_with_each_posting_that_needs_it() {
        Dossier dossier = shop.dossier("boris");

        List<Finding> findings = AccountAudit.of(dossier, new Rulebook() {
            @Override
            public Optional<ProgramVersion> version(ProgramId program, int version) {
                return Optional.empty();
            }

            @Override
            public Optional<ProgramVersion> at(ProgramId program, Instant moment) {
                return shop.rulebook().at(program, moment);
            }
        });

        assertThat(findings).hasSameSizeAs(dossier.history()).allMatch(finding -> finding.flaw() == Flaw.VERSION);
    }

    @Test
    void a_store_that_does_not_say_which_rules_were_in_force_is_no_flaw_of_a_posting() {
        Dossier dossier = shop.dossier("boris");
        LedgerUnavailable throttled = new LedgerUnavailable("throttled");

        assertThatThrownBy(() -> AccountAudit.of(dossier, new Rulebook() {
                    @Override
                    public Optional<ProgramVersion> version(ProgramId program, int version) {
                        return shop.rulebook().version(program, version);
                    }

                    @Override
                    public Optional<ProgramVersion> at(ProgramId program, Instant moment) {
                        throw throttled;
                    }
                }))
                .isSameAs(throttled);
    }
}
