package kopilka.expiry;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kopilka.ledger.Ledger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final ShopFixture shop = aShop(Rules.usual()).at("2026-03-01T09:00:00Z");

    private List<MemberKey> swept() {
        List<MemberKey> due = new ArrayList<>();
        Sweep.of(shop.ledger(), shop.now(), () -> false, due::addAll);
        return due;
    }

    private void joinsAndBuys(String name) {
        shop.enrol(name);
        shop.pays(name, "order of " + name, orderOf(10_00));
    }

    @Test
    void it_finds_whoever_is_due_in_whichever_shard_and_nobody_else() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "member" + i).toList();
        names.forEach(this::joinsAndBuys);
        shop.enrol("bought nothing");
        assertThat(swept()).isEmpty();

        shop.at("2026-03-16T09:00:00Z");
        assertThat(swept())
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(ShopFixture::member).toList());
        assertThat(names.stream().map(name -> Ledger.shardOf(member(name))).distinct())
                .hasSize(Ledger.DUE_SHARDS);
    }

    @Test
    void it_asks_each_shard_once_where_nobody_is_due() {
        AtomicInteger pages = new AtomicInteger();

        Sweep.of(shop.ledger(), shop.now(), () -> false, page -> pages.incrementAndGet());

        assertThat(pages).hasValue(Ledger.DUE_SHARDS);
    }

    @Test
    void it_goes_on_behind_a_full_page() {
        List<String> ofOneShard = IntStream.range(0, 100_000)
                .mapToObj(i -> "member" + i)
                .filter(name -> Ledger.shardOf(member(name)) == 3)
                .limit(2L * Sweep.PAGE + 1)
                .toList();
        ofOneShard.forEach(this::joinsAndBuys);

        shop.at("2026-03-16T09:00:00Z");
        assertThat(swept()).hasSize(2 * Sweep.PAGE + 1).doesNotHaveDuplicates();
    }

    @Test
    void it_leaves_the_rest_to_the_next_one_when_it_is_told_that_this_is_enough() {
        IntStream.range(0, 50).mapToObj(i -> "member" + i).forEach(this::joinsAndBuys);
        shop.at("2026-03-16T09:00:00Z");
        AtomicInteger pages = new AtomicInteger();
        List<MemberKey> due = new ArrayList<>();

        Sweep.of(shop.ledger(), shop.now(), () -> pages.incrementAndGet() > 2, due::addAll);
        assertThat(due).isNotEmpty().hasSizeLessThan(50);

        due.forEach(key -> shop.sweep(key.member().value()));
        assertThat(swept()).hasSize(50 - due.size()).doesNotContainAnyElementsOf(due);
    }

    @Test
    void an_account_that_is_gone_has_nothing_to_settle() {
        joinsAndBuys("anna");

        assertThat(Sweep.settlement(shop.ledger(), member("nobody"))).isEmpty();
        assertThat(Sweep.settlement(shop.ledger(), member("anna")))
                .map(Sweep.Settlement::operation)
                .contains(new SettleAccount(member("anna"), 2));
    }
}
