package kopilka.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kopilka.dynamodb.DynamoDbKeys.Issued;
import kopilka.ledger.LedgerUnavailable;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;
import org.junit.jupiter.api.Test;

class DynamoDbKeysTest {
    private static final ProgramId DEMO = new ProgramId("demo");
    private static final ProgramId OTHER = new ProgramId("other");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Schema schema = Schema.in(Embedded.client());
    private final DynamoDbKeys keys = new DynamoDbKeys(Embedded.client(), schema.keys());

    private static ApiKey key(String id, ProgramId program, String shop) {
        return new ApiKey(
                new KeyId(id),
                program,
                new ShopId(shop),
                new TreeSet<>(Set.of("orders:write", "members:read")),
                ApiKey.hash("secret of " + id),
                NOON,
                Optional.empty());
    }

    @Test
    void a_key_is_found_by_its_id_and_opens_with_its_secret_alone() {
        ApiKey key = key("k1", DEMO, "main");
        assertThat(keys.issue(key)).isEqualTo(Issued.DONE);

        ApiKey found = keys.find(key.id()).orElseThrow();
        assertThat(found).isEqualTo(key);
        assertThat(found.opensWith("secret of k1")).isTrue();
        assertThat(found.opensWith("secret of k2")).isFalse();
        assertThat(found.opensWith("")).isFalse();
        assertThat(keys.find(new KeyId("k2"))).isEmpty();
        assertThat(ApiKey.hash("abc").hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void no_secret_is_stored() {
        keys.issue(key("k1", DEMO, "main"));

        assertThat(Embedded.client()
                        .scan(scan -> scan.tableName(schema.keys()))
                        .items()
                        .toString())
                .contains("orders:write")
                .doesNotContain("secret of k1");
    }

    @Test
    void a_shop_has_two_live_keys_and_gets_another_once_it_revokes_one() {
        assertThat(keys.issue(key("k1", DEMO, "main"))).isEqualTo(Issued.DONE);
        assertThat(keys.issue(key("k2", DEMO, "main"))).isEqualTo(Issued.DONE);
        assertThat(keys.issue(key("k3", DEMO, "main"))).isEqualTo(Issued.TOO_MANY);
        assertThat(keys.find(new KeyId("k3"))).isEmpty();
        assertThat(keys.issue(key("k4", DEMO, "second"))).isEqualTo(Issued.DONE);
        assertThat(keys.issue(key("k5", OTHER, "main"))).isEqualTo(Issued.DONE);

        assertThat(keys.revoke(DEMO, new KeyId("k1"), NOON.plusSeconds(1))).isTrue();
        assertThat(keys.issue(key("k3", DEMO, "main"))).isEqualTo(Issued.DONE);
        assertThat(keys.list(DEMO)).extracting(key -> key.id().value()).containsExactly("k2", "k4", "k3");
        assertThat(keys.list(OTHER)).containsExactly(key("k5", OTHER, "main"));
    }

    @Test
    void a_revoked_key_opens_nothing_and_stays_revoked() {
        ApiKey key = key("k1", DEMO, "main");
        keys.issue(key);
        assertThat(keys.revoke(DEMO, key.id(), NOON.plusSeconds(1))).isTrue();
        assertThat(keys.revoke(DEMO, key.id(), NOON.plusSeconds(2))).isTrue();

        ApiKey found = keys.find(key.id()).orElseThrow();
        assertThat(found).isEqualTo(key.revoked(NOON.plusSeconds(1)));
        assertThat(found.opensWith("secret of k1")).isFalse();
        assertThat(keys.issue(key)).isEqualTo(Issued.ID_TAKEN);
        assertThat(keys.list(DEMO)).isEmpty();
    }

    @Test
    void a_program_revokes_none_but_its_own_keys() {
        keys.issue(key("k1", DEMO, "main"));

        assertThat(keys.revoke(OTHER, new KeyId("k1"), NOON)).isFalse();
        assertThat(keys.revoke(OTHER, new KeyId("k2"), NOON)).isFalse();
        assertThat(keys.find(new KeyId("k1")).orElseThrow().revokedAt()).isEmpty();
    }

    @Test
    void a_key_of_an_id_that_is_taken_changes_nothing() {
        keys.issue(key("k1", DEMO, "main"));

        assertThat(keys.issue(key("k1", OTHER, "main"))).isEqualTo(Issued.ID_TAKEN);
        assertThat(keys.find(new KeyId("k1")).orElseThrow().program()).isEqualTo(DEMO);
        assertThat(keys.list(OTHER)).isEmpty();
    }

    @Test
    void a_program_has_so_many_live_keys() {
        for (int i = 0; i < DynamoDbKeys.LIVE_KEYS_OF_PROGRAM; i++) {
            assertThat(keys.issue(key("k" + i, DEMO, "shop-" + i / 2))).isEqualTo(Issued.DONE);
        }
        assertThat(keys.issue(key("more", DEMO, "one more"))).isEqualTo(Issued.TOO_MANY);
        assertThat(keys.list(DEMO)).hasSize(DynamoDbKeys.LIVE_KEYS_OF_PROGRAM);
    }

    @Test
    void however_many_ask_at_once_a_shop_has_two() throws Exception {
        List<Callable<Optional<Issued>>> issuers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ApiKey key = key("k" + i, DEMO, "main");
            issuers.add(() -> {
                try {
                    return Optional.of(keys.issue(key));
                } catch (LedgerUnavailable busy) {
                    return Optional.empty();
                }
            });
        }
        int done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (var issued : threads.invokeAll(issuers)) {
                done += issued.get().equals(Optional.of(Issued.DONE)) ? 1 : 0;
            }
        }

        assertThat(done).isEqualTo(DynamoDbKeys.LIVE_KEYS_OF_SHOP);
        assertThat(keys.list(DEMO)).hasSize(DynamoDbKeys.LIVE_KEYS_OF_SHOP);
    }
}
