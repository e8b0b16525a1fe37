package kopilka.audit;

import static kopilka.ledger.ShopFixture.PROGRAM;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import kopilka.ledger.Forgery;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;
import kopilka.referral.IssueReferralCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a whole store is gone through, how often it is read again, and what of an account that lacks something is named. */
class LedgerAuditTest {
    private static final List<String> NAMES = List.of("anna", "boris", "clara");

    private final ShopFixture shop = aShop(Rules.usual());
    private final Shelves shelves = new Shelves();
    private final List<Integer> pauses = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final LedgerAudit audit = new LedgerAudit(shelves, shop.rulebook(), (after, times) -> pauses.add(times));

    @BeforeEach
    void three_members() {
        for (String name : NAMES) {
            shop.enrol(name).pays(name, name + "-1", orderOf(10_00));
            shop.pays(name, name + "-2", orderOf(20_00));
            shelves.put(shop.dossier(name));
        }
    }

    /** What an audit reads from, two members and two postings a page; tests put damage into it. */
    private static final class Shelves implements Archive {
        private final TreeMap<String, Dossier> dossiers = new TreeMap<>();
        private final Map<MemberKey, List<Dossier>> readFirst = new HashMap<>();
        private final List<Source> sources = new ArrayList<>();
        private final List<Posting> morePostings = new ArrayList<>();
        private final List<Damaged> damagedPostings = new ArrayList<>();
        private final List<String> damagedMembers = new ArrayList<>();
        private final List<Optional<ProgramId>> asked = new ArrayList<>();

        void put(Dossier dossier) {
            dossiers.put(dossier.member().member().value(), dossier);
        }

        void change(String name, UnaryOperator<Dossier> change) {
            put(change.apply(Objects.requireNonNull(dossiers.get(name))));
        }

        /** Answers these before it answers what it has. */
        void first(String name, Dossier... answers) {
            readFirst.put(member(name), new ArrayList<>(List.of(answers)));
        }

        @Override
        public Dossier read(MemberKey member, Source source) {
            sources.add(source);
            List<Dossier> first = readFirst.getOrDefault(member, List.of());
            return first.isEmpty()
                    ? dossiers.getOrDefault(
                            member.member().value(),
                            new Dossier(
                                    member,
                                    new Dossier.Copy.Absent(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    true,
                                    Dossier.Beside.NOTHING))
                    : first.removeFirst();
        }

        @Override
        public MemberPage members(Optional<ProgramId> program, int limit, Optional<String> after) {
            asked.add(program);
            List<String> names =
                    new ArrayList<>(dossiers.tailMap(after.orElse(""), false).keySet());
            List<String> page = names.subList(0, Math.min(2, names.size()));
            return new MemberPage(
                    page.stream().map(ShopFixture::member).toList(),
                    after.isEmpty() ? damagedMembers : List.of(),
                    names.size() > 2 ? Optional.of(page.getLast()) : Optional.empty());
        }

        @Override
        public String anywhere(long random) {
            return "anna";
        }

        @Override
        public PostingPage postings(Optional<ProgramId> program, int limit, Optional<String> after) {
            asked.add(program);
            List<Posting> all = new ArrayList<>();
            for (Dossier dossier : dossiers.values()) {
                for (Slot slot : dossier.history()) {
                    if (slot instanceof Slot.Filled(Posting posting)) {
                        all.add(posting);
                    }
                }
            }
            all.addAll(morePostings);
            int from = after.map(Integer::parseInt).orElse(0);
            int to = Math.min(all.size(), from + 2);
            return new PostingPage(
                    all.subList(from, to),
                    from == 0 ? damagedPostings : List.of(),
                    to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
        }

        @Override
        public Set<MemberKey> withAccount(Set<MemberKey> members) {
            Set<MemberKey> known = new HashSet<>();
            for (MemberKey member : members) {
                Dossier dossier = dossiers.get(member.member().value());
                if (dossier != null && !(dossier.account() instanceof Dossier.Copy.Absent)) {
                    known.add(member);
                }
            }
            return known;
        }
    }

    // ------------------------------------------------------------------------------------------------ means

    private Tally whole() {
        findings.clear();
        return audit.all(Optional.empty(), findings::add);
    }

    private Tally of(String name) {
        findings.clear();
        return audit.member(member(name), findings::add);
    }

    private static Dossier with(Dossier dossier, Dossier.Copy account) {
        return new Dossier(
                dossier.member(),
                account,
                dossier.history(),
                dossier.beyond(),
                dossier.strays(),
                dossier.unmoved(),
                dossier.beside());
    }

    private static Dossier with(Dossier dossier, List<Slot> history) {
        return new Dossier(
                dossier.member(),
                dossier.account(),
                history,
                dossier.beyond(),
                dossier.strays(),
                dossier.unmoved(),
                dossier.beside());
    }

    private static Dossier moving(Dossier dossier) {
        return new Dossier(
                dossier.member(),
                dossier.account(),
                dossier.history(),
                dossier.beyond(),
                dossier.strays(),
                false,
                dossier.beside());
    }

    private static Dossier outside(Dossier dossier, List<Dossier.Stray> beyond, List<Dossier.Stray> strays) {
        return new Dossier(
                dossier.member(),
                dossier.account(),
                dossier.history(),
                beyond,
                strays,
                dossier.unmoved(),
                dossier.beside());
    }

    private static Dossier with(Dossier dossier, int number, Slot slot) {
        List<Slot> history = new ArrayList<>(dossier.history());
        history.set(number - 1, slot);
        return with(dossier, history);
    }

    private Posting posting(String name, int number) {
        return shop.postings(name).get(number - 1);
    }

    private static Posting richer(Posting posting) {
        Movement first = posting.movements().getFirst();
        Movement more = new Movement(
                first.wallet(),
                first.kind(),
                first.points() + 1,
                first.from(),
                first.to(),
                first.term(),
                first.at(),
                first.reason());
        return Forgery.with(posting, List.of(more), posting.balances());
    }

    private static Finding finding(String name, long sequence, Optional<OperationId> operation, Flaw flaw) {
        return new Finding(new Finding.OfPosting(member(name), sequence, operation), flaw);
    }

    private static Finding finding(String name, Posting posting, Flaw flaw) {
        return finding(name, posting.sequence(), Optional.of(posting.operation()), flaw);
    }

    private static Finding ofAccount(String name, Flaw flaw) {
        return new Finding(new Finding.OfAccount(member(name)), flaw);
    }

    // ------------------------------------------------------------------------------------------------ all of it

    @Test
    void a_sound_store_is_counted_and_nothing_is_found() {
        assertThat(whole()).isEqualTo(new Tally(3, 9, 0, 0));
        assertThat(findings).isEmpty();
        assertThat(pauses).isEmpty();
        assertThat(shelves.sources).containsOnly(Archive.Source.INDEX).hasSize(3);
        audit.all(Optional.of(PROGRAM), findings::add);
        assertThat(shelves.asked).contains(Optional.of(PROGRAM), Optional.empty());
    }

    @Test
    void a_damaged_posting_is_named_once_however_it_is_come_across() {
        Posting third = posting("boris", 3);
        shelves.change("boris", dossier -> with(dossier, 3, new Slot.Damaged(3, third.operation())));
        shelves.damagedPostings.add(new Archive.Damaged("key", Optional.of(member("boris")), third.operation()));
        shelves.damagedPostings.add(
                new Archive.Damaged("another", Optional.of(member("boris")), new OperationId("op")));
        shelves.damagedPostings.add(new Archive.Damaged("nobody's", Optional.empty(), third.operation()));

        assertThat(whole()).isEqualTo(new Tally(3, 9, 3, 0));
        assertThat(findings)
                .containsExactly(
                        finding("boris", third, Flaw.UNREADABLE),
                        new Finding(new Finding.OfItem(Optional.of(member("boris")), "another"), Flaw.UNREADABLE),
                        new Finding(new Finding.OfItem(Optional.empty(), "nobody's"), Flaw.UNREADABLE));
    }

    @Test
    void a_forged_posting_is_named_once_and_one_that_no_chain_leads_to_as_well() {
        Posting second = posting("anna", 2);
        shelves.change("anna", dossier -> with(dossier, 2, new Slot.Filled(richer(second))));
        Posting stray = richer(Forgery.numbered(second, 2, new OperationId("order#X#paid")));
        shelves.morePostings.add(stray);

        Tally tally = whole();

        assertThat(findings)
                .filteredOn(found -> found.equals(finding("anna", second, Flaw.TAMPERED)))
                .hasSize(1);
        assertThat(findings).last().isEqualTo(finding("anna", stray, Flaw.TAMPERED));
        assertThat(tally.findings()).isEqualTo(findings.size());
    }

    @Test
    void accounts_that_do_not_tell_whose_they_are_are_named_by_their_keys() {
        shelves.damagedMembers.add("a key");

        assertThat(whole()).isEqualTo(new Tally(3, 9, 1, 0));
        assertThat(findings)
                .containsExactly(new Finding(new Finding.OfItem(Optional.empty(), "a key"), Flaw.UNREADABLE));
    }

    @Test
    void postings_without_an_account_are_named_by_the_first_of_them() {
        Dossier gone = Objects.requireNonNull(shelves.dossiers.remove("clara"));
        shelves.morePostings.addAll(shop.postings("clara"));
        assertThat(whole()).isEqualTo(new Tally(2, 6, 1, 0));
        assertThat(findings).containsExactly(finding("clara", posting("clara", 1), Flaw.NO_ACCOUNT));

        shelves.put(with(gone, new Dossier.Copy.Absent()));
        shelves.morePostings.clear();
        of("clara");
        assertThat(findings).containsExactly(finding("clara", posting("clara", 1), Flaw.NO_ACCOUNT));
    }

    // ------------------------------------------------------------------------------------------------ samples

    @Test
    void a_sample_goes_around_once_and_counts_no_member_twice() {
        shelves.damagedMembers.add("a key");

        assertThat(audit.sample(1, 100, () -> false, findings::add)).isEqualTo(new Tally(3, 9, 1, 0));
        assertThat(audit.sample(1, 3, () -> false, findings::add).accounts()).isEqualTo(3);
        assertThat(audit.sample(1, 2, () -> false, findings::add).accounts()).isEqualTo(2);
        assertThat(audit.sample(1, 0, () -> false, findings::add).accounts()).isZero();
        assertThat(audit.sample(1, 100, () -> true, findings::add).accounts()).isZero();
    }

    @Test
    void a_sample_ends_when_its_time_is_over_and_where_nobody_is() {
        int[] asked = {0};
        assertThat(audit.sample(1, 100, () -> ++asked[0] > 2, findings::add).accounts())
                .isEqualTo(2);
        shelves.dossiers.clear();
        assertThat(audit.sample(1, 100, () -> false, findings::add)).isEqualTo(Tally.NOTHING);
    }

    // ------------------------------------------------------------------------------------------------ again

    @Test
    void what_an_index_has_not_got_yet_is_read_from_the_table_before_it_is_reported() {
        Dossier late = with(shop.dossier("anna"), 3, new Slot.Empty(3, 3, Optional.empty()));
        shelves.first("anna", late);

        assertThat(of("anna")).isEqualTo(new Tally(1, 3, 0, 0));
        assertThat(shelves.sources).containsExactly(Archive.Source.INDEX, Archive.Source.TABLE);
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void what_the_table_lacks_too_is_reported() {
        shelves.change(
                "anna",
                dossier -> with(
                        dossier,
                        3,
                        new Slot.Empty(3, 3, Optional.of(posting("anna", 3).operation()))));

        assertThat(of("anna").findings()).isEqualTo(findings.size());
        assertThat(findings).first().isEqualTo(finding("anna", posting("anna", 3), Flaw.MISSING));
        assertThat(shelves.sources).containsExactly(Archive.Source.INDEX, Archive.Source.TABLE);
    }

    @Test
    void an_account_that_others_write_to_is_read_until_it_is_at_rest() {
        Dossier honest = shop.dossier("anna");
        shelves.first("anna", moving(honest), moving(honest));

        assertThat(of("anna")).isEqualTo(new Tally(1, 3, 0, 0));
        assertThat(pauses).containsExactly(1, 2);
        assertThat(shelves.sources).containsOnly(Archive.Source.INDEX).hasSize(3);
    }

    @Test
    void an_account_that_is_never_at_rest_is_audited_as_far_as_that_goes() {
        shelves.change("anna", LedgerAuditTest::moving);

        assertThat(of("anna")).isEqualTo(new Tally(1, 3, 0, 1));
        assertThat(pauses).containsExactly(1, 2, 3, 4, 5);
        assertThat(shelves.sources).hasSize(6).endsWith(Archive.Source.INDEX, Archive.Source.TABLE);

        Posting second = posting("anna", 2);
        shelves.change("anna", dossier -> with(dossier, 2, new Slot.Filled(richer(second))));
        assertThat(of("anna").moving()).isEqualTo(1);
        assertThat(findings).contains(finding("anna", second, Flaw.TAMPERED));
    }

    // ------------------------------------------------------------------------------------------------ one account

    @Test
    void what_belongs_elsewhere_or_cannot_be_read_is_named_and_what_is_behind_it_is_still_looked_at() {
        Posting second = posting("anna", 2);
        Posting third = posting("anna", 3);
        shelves.change("anna", dossier -> with(dossier, 3, new Slot.Filled(richer(third))));
        shelves.change("anna", dossier -> with(dossier, 2, new Slot.Foreign(2, second)));
        of("anna");
        assertThat(findings)
                .containsExactly(finding("anna", second, Flaw.TAMPERED), finding("anna", third, Flaw.TAMPERED));

        shelves.change("anna", dossier -> with(dossier, 2, new Slot.Damaged(2, second.operation())));
        of("anna");
        assertThat(findings)
                .containsExactly(finding("anna", second, Flaw.UNREADABLE), finding("anna", third, Flaw.TAMPERED));
    }

    @Test
    void what_comes_before_a_gap_is_audited_as_a_chain() {
        Posting second = posting("anna", 2);
        Posting unchained = Forgery.sealed(second, Optional.empty());
        shelves.change("anna", dossier -> with(dossier, 2, new Slot.Filled(unchained)));
        shelves.change("anna", dossier -> with(dossier, 3, new Slot.Empty(3, 4, Optional.of(new OperationId("op")))));

        of("anna");

        assertThat(findings)
                .containsExactly(
                        finding("anna", second, Flaw.CHAIN), finding("anna", 3, Optional.empty(), Flaw.MISSING));
    }

    @Test
    void an_account_that_cannot_be_read_is_named_and_its_postings_are_audited() {
        Posting third = posting("anna", 3);
        shelves.change("anna", dossier -> with(dossier, new Dossier.Copy.Damaged()));
        assertThat(of("anna")).isEqualTo(new Tally(1, 3, 1, 0));
        assertThat(findings).containsExactly(ofAccount("anna", Flaw.UNREADABLE));

        shelves.change("anna", dossier -> with(dossier, 3, new Slot.Filled(richer(third))));
        of("anna");
        assertThat(findings).contains(finding("anna", third, Flaw.TAMPERED), ofAccount("anna", Flaw.UNREADABLE));
    }

    @Test
    void an_account_that_is_not_there_is_named_by_the_first_posting_that_is() {
        Posting first = posting("anna", 1);
        shelves.change("anna", dossier -> with(dossier, new Dossier.Copy.Absent()));
        assertThat(of("anna")).isEqualTo(new Tally(0, 3, 1, 0));
        assertThat(findings).containsExactly(finding("anna", first, Flaw.NO_ACCOUNT));

        Posting third = posting("anna", 3);
        shelves.change("anna", dossier -> with(dossier, 3, new Slot.Filled(richer(third))));
        of("anna");
        assertThat(findings).contains(finding("anna", first, Flaw.NO_ACCOUNT), finding("anna", third, Flaw.TAMPERED));

        shelves.change("anna", dossier -> with(dossier, List.of(new Slot.Damaged(1, first.operation()))));
        of("anna");
        assertThat(findings)
                .containsExactly(
                        finding("anna", 1, Optional.of(first.operation()), Flaw.UNREADABLE),
                        finding("anna", 1, Optional.empty(), Flaw.NO_ACCOUNT));

        shelves.change("anna", dossier -> with(dossier, List.of()));
        assertThat(of("anna")).isEqualTo(Tally.NOTHING);
    }

    @Test
    void postings_after_the_last_are_strays_unless_they_go_on_where_the_account_ends() {
        shelves.change("anna", dossier -> {
            Dossier before = shop.dossier("anna");
            shop.pays("anna", "anna-3", orderOf(1_00));
            shop.pays("anna", "anna-4", orderOf(1_00));
            return before;
        });
        Posting fourth = posting("anna", 4);
        Posting fifth = posting("anna", 5);
        Dossier.Stray goesOn = new Dossier.Stray(4, fourth.operation(), Optional.of(fourth));
        Dossier.Stray further = new Dossier.Stray(5, fifth.operation(), Optional.of(fifth));
        Dossier.Stray unreadable = new Dossier.Stray(6, new OperationId("op"), Optional.empty());

        shelves.change("anna", dossier -> outside(dossier, List.of(goesOn, further, unreadable), List.of()));
        of("anna");
        assertThat(findings)
                .containsExactly(
                        finding("anna", fourth, Flaw.BEHIND),
                        finding("anna", 6, Optional.of(new OperationId("op")), Flaw.STRAY));

        shelves.change("anna", dossier -> outside(dossier, List.of(further), List.of(unreadable)));
        of("anna");
        assertThat(findings)
                .containsExactly(
                        finding("anna", fifth, Flaw.STRAY),
                        finding("anna", 6, Optional.of(new OperationId("op")), Flaw.STRAY));

        shelves.change("anna", dossier -> moving(outside(dossier, List.of(further), List.of())));
        of("anna");
        assertThat(findings).isEmpty();
    }

    @Test
    void what_is_beside_an_account_and_cannot_be_read_is_named_by_its_key_and_not_again_by_what_it_lacks() {
        shop.done(new IssueReferralCode(member("anna"), new ReferralCode("ANNA")));
        shop.done(shop.refundOf("anna", "anna-1", "R-1", 1_00));
        shop.pays("anna", "anna-3", paidWith(orderOf(10_00), "H-1", 1_00));
        Dossier dossier = shop.dossier("anna");
        StoredKey order = new StoredKey.OrderKey(member("anna"), new OrderId("anna-1"));
        StoredKey use = new StoredKey.UseKey(member("anna"), new RedemptionId("H-1"));
        StoredKey code = new StoredKey.CodeKey(
                PROGRAM, dossier.beside().code().orElseThrow().code());
        shelves.put(new Dossier(
                dossier.member(),
                dossier.account(),
                dossier.history(),
                List.of(),
                List.of(),
                true,
                new Dossier.Beside(List.of(), List.of(), Optional.empty(), Set.of(order, use, code))));

        of("anna");

        assertThat(findings)
                .containsExactlyInAnyOrder(
                        new Finding(new Finding.OfOrder(member("anna"), new OrderId("anna-1")), Flaw.UNREADABLE),
                        new Finding(new Finding.OfRedemption(member("anna"), new RedemptionId("H-1")), Flaw.UNREADABLE),
                        new Finding(
                                new Finding.OfCode(
                                        member("anna"),
                                        dossier.beside().code().orElseThrow().code()),
                                Flaw.UNREADABLE));
        assertThat(findings).allMatch(found -> found.place().whose().equals(Optional.of(member("anna"))));
    }

    @Test
    void tallies_add_up() {
        Tally sum = new Tally(1, 2, 3, 4).plus(new Tally(10, 20, 30, 40));
        assertThat(sum).isEqualTo(new Tally(11, 22, 33, 44));
        assertThat(sum.isSound()).isFalse();
        assertThat(new Tally(1, 2, 0, 4).isSound()).isTrue();
    }
}
