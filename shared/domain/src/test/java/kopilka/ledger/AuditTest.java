package kopilka.ledger;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kopilka.ledger.Audit.What;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final ShopFixture shop = aShop(Rules.usual()).enrol("anna");

    @BeforeEach
    void a_story() {
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 80);
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", 50_00));
    }

    private List<What> faults(Account account, List<Posting> postings) {
        return Audit.of(account, postings).stream()
                .map(Audit.Fault::what)
                .distinct()
                .toList();
    }

    @Test
    void an_honest_account_passes() {
        assertThat(faults(shop.account("anna"), shop.postings("anna"))).isEmpty();
    }

    @Test
    void a_changed_posting_is_named() {
        List<Posting> postings = new ArrayList<>(shop.postings("anna"));
        Posting honest = postings.get(1);
        Movement more = honest.movements().getFirst();
        Movement inflated = new Movement(
                more.wallet(),
                more.kind(),
                more.points() + 1,
                more.from(),
                more.to(),
                more.term(),
                more.at(),
                more.reason());
        postings.set(
                1,
                new Posting(
                        honest.member(),
                        honest.sequence(),
                        honest.operation(),
                        honest.fingerprint(),
                        honest.at(),
                        honest.programVersion(),
                        List.of(inflated),
                        honest.facts(),
                        honest.signal(),
                        honest.tierChanges(),
                        honest.balances(),
                        honest.previous(),
                        honest.previousHash(),
                        honest.hash()));

        assertThat(Audit.of(shop.account("anna"), postings).getFirst()).isEqualTo(new Audit.Fault(2, What.TAMPERED));
    }

    @Test
    void a_removed_posting_is_noticed() {
        List<Posting> postings = new ArrayList<>(shop.postings("anna"));
        postings.remove(1);

        assertThat(faults(shop.account("anna"), postings)).contains(What.SEQUENCE, What.CHAIN);
    }

    @Test
    void a_removed_last_posting_is_noticed() {
        List<Posting> postings = new ArrayList<>(shop.postings("anna"));
        postings.removeLast();

        assertThat(faults(shop.account("anna"), postings)).contains(What.HEAD, What.WALLET);
    }

    @Test
    void a_changed_wallet_is_noticed() {
        Account account = shop.account("anna");
        Wallet richer = new Wallet(
                1,
                account.wallet(POINTS).pending(),
                account.wallet(POINTS).available(),
                List.of(),
                account.wallet(POINTS).debt(),
                account.wallet(POINTS).lapsed());
        Account changed = new Account(
                account.key(),
                account.sequence(),
                account.asOf(),
                account.status(),
                account.enrolledAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                account.early(),
                new TreeMap<>(Map.of(POINTS, richer)),
                account.standing(),
                account.head(),
                account.headHash());

        assertThat(faults(changed, shop.postings("anna"))).containsExactly(What.WALLET);
    }

    @Test
    void a_hold_by_which_its_points_matured_passes() {
        shop.pays("anna", "A-2", orderOf(200_00));
        shop.later(Duration.ofDays(20)).holds("anna", "H-2", 10);

        shop.audit("anna");
    }

    @Test
    void an_account_passes_however_many_lots_it_remembers_to_have_expired() {
        ShopFixture brief = aShop(
                        Rules.usual().pending(PendingRule.From.PAID, 0).expiring(new ExpiryRule.AfterDays(1, false)))
                .enrol("anna");
        for (int i = 0; i < Wallet.LAPSED_REMEMBERED + 4; i++) {
            brief.later(Duration.ofDays(1)).pays("anna", "A-" + i, orderOf(1_00));
            brief.audit("anna");
        }

        assertThat(brief.account("anna").wallet(POINTS).lapsed().list()).hasSize(Wallet.LAPSED_REMEMBERED);
    }

    @Test
    void points_beyond_all_numbers_are_found_and_not_added_up() {
        List<Posting> honest = shop.postings("anna");
        Posting paid = honest.get(1);
        Movement earned = paid.movements().getFirst();
        List<Movement> most = new ArrayList<>();
        for (int day = 0; day < 2; day++) {
            Term term = earned.term().orElseThrow();
            most.add(new Movement(
                    earned.wallet(),
                    earned.kind(),
                    Long.MAX_VALUE,
                    earned.from(),
                    earned.to(),
                    Optional.of(new Term(term.availableFrom(), term.expires().plusDays(1 + day))),
                    earned.at(),
                    earned.reason()));
        }
        List<Posting> forged =
                Forgery.of(honest.subList(0, 2), 1, posting -> Forgery.with(posting, most, posting.balances()));
        Account account = shop.account("anna");

        assertThat(faults(Forgery.with(account, account.wallets(), forged.getLast()), forged))
                .contains(What.OVERDRAWN, What.WALLET);
    }
}
