package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Plan;
import kopilka.local.fault.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Each request to DynamoDB that a function sends for a request of the API, counted at its HTTP client. Keys and versions of the
 * program are left out: whoever asked a moment ago has them in memory.
 */
@ExtendWith(WiredCloud.class)
class RoundTripsTest {
    private final LocalCloud cloud;
    private final Wire wire;

    RoundTripsTest(LocalCloud cloud, Wire wire) {
        this.cloud = cloud;
        this.wire = wire;
    }

    private List<String> trips(Shop shop, Call call) throws InterruptedException {
        cloud.drain(OneCloud.SOON);
        List<String> trips = Collections.synchronizedList(new ArrayList<>());
        wire.follow(request -> {
            if (request.body().contains("Accounts") || request.body().contains("Postings")) {
                trips.add(request.operation());
            }
            return Optional.empty();
        });
        Reply reply = shop.send(call);
        List<String> made = List.copyOf(trips);
        wire.follow(Plan.NOTHING);
        assertThat(reply.status()).as("%s", reply).isBetween(200, 204).isNotEqualTo(202);
        return made;
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PUBLISH", "RESTORE", "ISSUE_KEY", "REVOKE_KEY"})
    void a_write_takes_two_and_the_same_once_more_takes_one(Write write) throws InterruptedException {
        Shop shop = Shop.open(cloud, write.rules());
        List<String> needed = switch (write) {
            // Whose code it is has to be known before the account of who recommends can be read.
            case ATTACH -> List.of("BatchGetItem", "GetItem", "TransactWriteItems");
            // The answer tells what the payment had earned.
            case DELIVERED -> List.of("BatchGetItem", "TransactWriteItems", "GetItem");
            default -> List.of("BatchGetItem", "TransactWriteItems");
        };

        if (write != Write.PROFILE) {
            Call call = write.prepare(shop, "anna").call().withoutHeader("Idempotency-Key");
            assertThat(trips(shop, call)).isEqualTo(needed);
            assertThat(trips(shop, call))
                    .isEqualTo(needed.stream()
                            .filter(trip ->
                                    trip.equals("BatchGetItem") || (write == Write.DELIVERED && trip.equals("GetItem")))
                            .toList());
        }

        // With an Idempotency-Key the answer is looked for before, and kept after.
        Call call = write.prepare(shop, "boris").call().header("Idempotency-Key", "once");
        List<String> remembered = new ArrayList<>(needed);
        remembered.addFirst("GetItem");
        remembered.addLast("PutItem");
        assertThat(trips(shop, call)).isEqualTo(remembered);
        assertThat(trips(shop, call)).containsExactly("GetItem");
    }

    @Test
    void a_read_takes_one() throws InterruptedException {
        Shop shop = Shop.open(cloud, Rules.CLUB);
        shop.enrolWith("anna", 500);
        shop.holds("anna", "H-1", 100);

        for (Endpoint endpoint : List.of(Endpoint.READ_MEMBER, Endpoint.BALANCE, Endpoint.TIER)) {
            assertThat(trips(shop, endpoint.call().at("member", "anna")))
                    .as("%s", endpoint)
                    .containsExactly("GetItem");
        }
        // The account, and then what the index has: that the index is not behind, only the account can say.
        assertThat(trips(shop, Endpoint.LEDGER.call().at("member", "anna"))).containsExactly("GetItem", "Query");
    }
}
