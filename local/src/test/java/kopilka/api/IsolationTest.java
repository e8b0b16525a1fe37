package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two programs cannot see or change anything of one another, whatever ids their shops choose. */
@Tag("integration")
@ExtendWith(OneCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
    private final LocalCloud cloud;
    private final Shop theirs;
    private final Shop ours;
    private final String theirCode;
    private final String theirKeyId;
    private final String before;

    IsolationTest(LocalCloud cloud) {
        this.cloud = cloud;
        theirs = Shop.open(cloud);
        ours = Shop.open(cloud, Rules.simpleWith("/name", "\"Ours\""));
        theirs.enrolWith("m-1", 1000);
        theirs.pays("m-1", "A-1", "20.00");
        theirs.holds("m-1", "H-1", 100);
        theirCode = theirs.codeOf("m-1");
        theirs.wait(Duration.ofSeconds(1));
        theirs.enrol("m-2");
        ours.enrol("m-9");
        theirKeyId = theirs.api().key().orElseThrow().substring(4, 16);
        before = theirs.head("m-1");
    }

    @ParameterizedTest
    @EnumSource
    void an_id_of_another_program_is_answered_as_one_that_does_not_exist(Endpoint endpoint) {
        Call theirsId = call(endpoint, "m-1", "A-1", "H-1", theirCode, theirKeyId);
        Call nobodys = call(endpoint, "m-0", "A-0", "H-0", "ZZZZZZZZ", "000000000000");
        if (endpoint == Endpoint.RESTORE) {
            String newest =
                    ours.send(Endpoint.READ_PROGRAM.call()).header("etag").orElseThrow();
            theirsId = theirsId.header("If-Match", newest);
            nobodys = nobodys.header("If-Match", newest);
        }
        Reply foreign = ours.send(theirsId);
        Reply absent = ours.send(nobodys);

        switch (endpoint) {
            // These name nothing that there could be elsewhere: each program has its own.
            case ENROL -> {
                foreign.is(201);
                absent.is(201);
            }
            case READ_PROGRAM, READ_VERSION ->
                assertThat(foreign.string("/document/name")).isEqualTo("Ours");
            case RULES, LIST_VERSIONS, COMPARE, PUBLISH, RESTORE, VALIDATE, LIST_KEYS, ISSUE_KEY ->
                assertThat(foreign.status()).isBetween(200, 299);
            default -> {
                foreign.is(404);
                assertThat(foreign.whole()).isEqualTo(absent.whole());
            }
        }
        assertThat(theirs.head("m-1")).isEqualTo(before);
        assertThat(theirs.send(Endpoint.READ_PROGRAM.call()).is(200).number("/version"))
                .isEqualTo(1);
        assertThat(theirs.send(Endpoint.LIST_KEYS.call()).is(200).json().path("keys"))
                .hasSize(1);
    }

    /** Names things by these ids; where the first endpoint to run enrols, a fresh member stays unknown to the others. */
    private static Call call(
            Endpoint endpoint, String member, String order, String redemption, String code, String key) {
        Call call = endpoint.call();
        for (Map.Entry<String, String> id : Map.of(
                        "member", member, "order", order, "redemption", redemption, "key", key)
                .entrySet()) {
            if (endpoint.path().contains("{" + id.getKey() + "}")) {
                call = call.at(id.getKey(), id.getValue());
            }
        }
        if (endpoint == Endpoint.ENROL) {
            return call.at("member", "new-" + member);
        }
        if (endpoint == Endpoint.READ_ORDER) {
            return call.query("member", member);
        }
        if (endpoint == Endpoint.PROFILE) {
            return call.header("Idempotency-Key", "profile-of-" + member);
        }
        if (endpoint.hasBody() && Json.read(call.body().orElseThrow()) instanceof ObjectNode body) {
            Map.of("member", member, "order", order, "redemption", redemption, "code", code)
                    .forEach((name, id) -> {
                        if (body.path(name).isTextual()) {
                            body.put(name, id);
                        }
                    });
            if (endpoint == Endpoint.ATTACH) {
                body.put("member", "m-9");
            }
            return call.body(body);
        }
        return call;
    }

    @Test
    void the_same_ids_live_side_by_side() {
        Shop one = Shop.open(cloud);
        Shop two = Shop.open(cloud);
        for (Shop shop : new Shop[] {one, two}) {
            shop.enrol("m-1");
        }
        one.pays("m-1", "A-1", "500.00");
        two.pays("m-1", "A-1", "300.00");
        one.holds("m-1", "H-1", 200);
        two.holds("m-1", "H-1", 100);
        one.send(Shop.voidOf("m-1", "H-1")).is(200);
        one.refunds("m-1", "A-1", "R-1", "500.00");

        assertThat(one.points("m-1")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        assertThat(two.points("m-1")).isEqualTo(new Shop.Points(200, 0, 100, 0));
        assertThat(two.order("A-1", "m-1").path("kept").path("amount").asText()).isEqualTo("300.00");
        assertThat(two.send(Endpoint.READ_REDEMPTION.call()).is(200).string("/status"))
                .isEqualTo("held");
        one.isSound("m-1");
        two.isSound("m-1");
    }

    @Test
    void a_version_that_only_another_program_has_does_not_exist() {
        Shop one = Shop.open(cloud);
        Shop two = Shop.open(cloud);
        one.send(Endpoint.PUBLISH.call().changed("/name", "\"Second\"")).is(200);

        two.send(Endpoint.READ_VERSION.call().at("version", "2")).is(404, "version_not_found");
        two.send(Endpoint.COMPARE.call().at("other", "2")).is(404, "version_not_found");
        two.send(Endpoint.COMPARE.call().at("version", "2")).is(404, "version_not_found");
        two.send(Endpoint.RESTORE.call().at("version", "2")).is(404, "version_not_found");
        assertThat(two.send(Endpoint.LIST_VERSIONS.call()).is(200).json().path("versions"))
                .hasSize(1);
        assertThat(two.send(Endpoint.READ_PROGRAM.call()).is(200).number("/version"))
                .isEqualTo(1);
    }

    @Test
    void a_quote_belongs_to_one_program() {
        Shop one = Shop.open(cloud);
        Shop two = Shop.open(cloud);
        one.enrol("m-1");
        two.enrol("m-1");
        String quote = one.send(Endpoint.QUOTE.call()).is(200).string("/quote");
        Call order = Endpoint.ORDER_EVENT.call().changed("/content/quote", Json.quoted(quote));
        assertThat(two.send(order).is(400, "invalid_field").errors()).containsExactly("/content/quote unknown_value");
        one.send(order).is(201);
    }

    @Test
    void an_entry_of_another_programs_ledger_is_not_explained() {
        Shop one = Shop.open(cloud);
        Shop two = Shop.open(cloud);
        one.enrolWith("m-1", 100);
        two.enrol("m-1");
        Call second = Endpoint.EXPLANATION.call().at("posting", "2");
        one.send(second).is(200);
        two.send(second).is(404, "posting_not_found");
    }

    @Test
    void an_idempotency_key_belongs_to_one_program() {
        Shop one = Shop.open(cloud);
        Shop two = Shop.open(cloud);
        Call first = Endpoint.ENROL.call().at("member", "m-1").header("Idempotency-Key", "k-1");
        one.send(first).is(201);
        two.send(first.at("member", "m-2")).is(201);
        one.send(first.at("member", "m-2")).is(422, "idempotency_key_reused");
    }

    @Test
    void a_message_moves_nothing_but_in_the_program_of_its_attribute() throws Exception {
        Shop one = Shop.open(cloud);
        Shop two = Shop.open(cloud);
        one.enrol("m-1");
        two.enrol("m-1");
        one.queue(Orders.message(Orders.paid("A-1", "m-1", "20.00", one.now())));
        cloud.drain(OneCloud.SOON);

        assertThat(one.points("m-1").available()).isEqualTo(20);
        assertThat(two.points("m-1").available()).isZero();
        two.send(Endpoint.READ_ORDER.call()).is(404, "order_not_found");
    }
}
