package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same request again gets the same answer; another one under the same name does not. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class SendingAgainTest {
    private final LocalCloud cloud;
    private final Shop shop;

    SendingAgainTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    /** One of each write, in an order in which all are done. */
    private List<Call> story() {
        shop.enrol("olga");
        String code = shop.codeOf("olga");
        shop.wait(Duration.ofSeconds(1));
        return List.of(
                Endpoint.ENROL.call().at("member", "anna"),
                Shop.attach("anna", code),
                Endpoint.CODE.call().body("{\"member\":\"anna\"}"),
                Shop.profile("anna", "{\"birthday\":\"--05-14\",\"region\":\"Kyiv\"}"),
                Orders.placed("A-1", "anna", "1000.00", shop.now()),
                Orders.paid("A-1", "anna", "1000.00", shop.now()),
                Orders.delivered("A-1", "anna", shop.now()),
                Shop.hold("anna", "H-1", 200),
                Shop.capture("anna", "H-1").changed("/points", "150"),
                Shop.hold("anna", "H-2", 100),
                Shop.voidOf("anna", "H-2"),
                Orders.refund("A-1", "R-1", "anna", "100.00", shop.now()),
                Orders.cancelled("A-1", "anna", shop.now()),
                Shop.close("anna"));
    }

    @Test
    void every_write_is_answered_the_same_for_good_by_its_own_id() {
        List<Call> story = story();
        List<String> answers = new ArrayList<>();
        for (Call call : story) {
            Reply reply = shop.send(call);
            assertThat(reply.status()).as(reply.whole()).isBetween(200, 201);
            answers.add(reply.whole());
        }
        String head = shop.head("anna");
        shop.wait(Duration.ofDays(500));
        for (int i = story.size() - 1; i >= 0; i--) {
            assertThat(shop.send(story.get(i)).whole()).isEqualTo(answers.get(i));
        }
        assertThat(shop.head("anna")).isEqualTo(head);
        shop.isSound("anna", "olga");
    }

    @Test
    void every_write_is_answered_the_same_by_its_key() {
        List<Call> story = story();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < story.size(); i++) {
            answers.add(
                    shop.send(story.get(i).header("Idempotency-Key", "k-" + i)).whole());
        }
        shop.wait(Duration.ofDays(500));
        for (int i = 0; i < story.size(); i++) {
            Call call = story.get(i).header("Idempotency-Key", "k-" + i);
            assertThat(shop.send(call).whole()).isEqualTo(answers.get(i));
            // The fields of an object may come in any order, and with blanks between them.
            if (call.body().isPresent()) {
                assertThat(shop.send(call.changed(body -> " " + body.replace(",\"", " ,\n \"")))
                                .whole())
                        .isEqualTo(answers.get(i));
            }
        }
        for (int i = 0; i < story.size(); i++) {
            Call other = story.get((i + 1) % story.size());
            shop.send(other.header("Idempotency-Key", "k-" + i)).is(422, "idempotency_key_reused");
        }
    }

    @Test
    void a_refusal_is_answered_the_same_by_its_key_although_it_would_not_be_refused_now() {
        shop.enrolWith("anna", 100);
        List<Call> refused = List.of(
                Shop.hold("anna", "H-1", 200).header("Idempotency-Key", "too much"),
                Endpoint.CLOSE.call().at("member", "olga").body("{}").header("Idempotency-Key", "nobody"),
                Shop.hold("anna", "H-2", 50).header("Idempotency-Key", "too few"));
        List<String> answers =
                refused.stream().map(call -> shop.send(call).whole()).toList();
        assertThat(answers).extracting(answer -> answer.substring(0, 3)).containsExactly("409", "404", "422");

        shop.pays("anna", "A-2", "500.00");
        shop.enrol("olga");
        assertThat(refused.stream().map(call -> shop.send(call).whole())).isEqualTo(answers);
        // Another key is another try.
        shop.send(refused.getFirst().header("Idempotency-Key", "another")).is(201);
    }

    @Test
    void what_was_wrong_with_a_request_is_not_remembered() {
        Call call = Endpoint.ENROL.call().at("member", "anna").header("Idempotency-Key", "k-1");
        shop.sendWrong(call.body("{\"x\":1}")).is(400, "unknown_field");
        shop.send(call).is(201);
    }

    @Test
    void the_same_content_counts_once_without_any_key() {
        shop.enrol("anna");
        shop.enrol("olga");
        Call paid = Orders.paid("A-1", "anna", "200.00", shop.now());
        String answer = shop.send(paid).is(201).whole();
        String head = shop.head("anna");
        assertThat(shop.send(paid).whole()).isEqualTo(answer);
        assertThat(shop.send(paid.header("Idempotency-Key", "late")).whole()).isEqualTo(answer);
        // The same instant and the same sums, written in another way.
        assertThat(shop.send(paid.changed("/at", "\"2026-03-01T10:00:00.000+02:00\"")
                                .changed("/content/lines/0/quantity", "1")
                                .changed("/content/delivery", "\"0.0\""))
                        .whole())
                .isEqualTo(answer);
        assertThat(shop.head("anna")).isEqualTo(head);
    }

    @Test
    void other_content_under_an_id_that_was_taken_is_a_conflict() {
        shop.enrolWith("anna", 1000);
        shop.enrol("olga");
        shop.pays("anna", "A-1", "20.00");
        shop.send(Orders.placed("A-1", "anna", "20.00", shop.now())).is(201);
        shop.refunds("anna", "A-1", "R-1", "5.00");
        shop.holds("anna", "H-1", 200);
        shop.send(Shop.capture("anna", "H-1").changed("/points", "150")).is(200);
        shop.holds("anna", "H-2", 100);
        shop.send(Shop.voidOf("anna", "H-2")).is(200);
        shop.send(Shop.close("olga")).is(200);
        String heads = shop.head("anna") + shop.head("olga");

        Stream.of(
                        Orders.paid("A-1", "anna", "21.00", shop.now()),
                        Orders.paid("A-1", "olga", "20.00", shop.now()),
                        Orders.placed("A-1", "anna", "21.00", shop.now()),
                        Orders.refund("A-1", "R-1", "anna", "5.01", shop.now()),
                        Orders.refund("A-1", "R-1", "olga", "5.00", shop.now()),
                        Shop.hold("anna", "H-1", 201),
                        Shop.hold("olga", "H-1", 200),
                        Shop.capture("anna", "H-1"),
                        Shop.voidOf("olga", "H-2"),
                        Shop.close("olga").body("{\"reason\":\"moved\"}"))
                .forEach(call -> shop.send(call).is(409, "conflict"));
        assertThat(shop.head("anna") + shop.head("olga")).isEqualTo(heads);
    }

    @Test
    void an_activity_counts_once_by_its_id_whatever_the_key() {
        Shop club = Shop.open(cloud, Rules.CLUB);
        club.enrol("anna");
        club.enrol("olga");
        Call visit = Shop.activity("anna", "V-1", "visit", club.now());
        String answer = club.send(visit).is(201).whole();
        String head = club.head("anna");
        club.wait(Duration.ofDays(500));
        assertThat(club.send(visit).whole()).isEqualTo(answer);
        assertThat(club.send(visit.header("Idempotency-Key", "k-1")).whole()).isEqualTo(answer);
        assertThat(club.send(visit.changed("/verified", "false")).whole()).isEqualTo(answer);
        club.send(visit.changed("/verified", "true")).is(409, "conflict");
        club.send(visit.changed("/member", "\"olga\"")).is(409, "conflict");
        assertThat(club.head("anna")).isEqualTo(head);
        club.isSound("anna", "olga");
    }

    @Test
    void a_profile_is_told_once_by_its_key_and_anew_by_another() {
        Shop club = Shop.open(cloud, Rules.CLUB);
        club.enrol("anna");
        Call told = Shop.profile("anna", "{\"birthday\":\"--03-01\"}");
        String answer = club.send(told).is(200).whole();
        club.send(told.body("{\"birthday\":\"--03-02\"}")).is(422, "idempotency_key_reused");
        club.send(told.body("{}").header("Idempotency-Key", "k-2")).is(200);
        // Sent again, it does not bring back what was told anew.
        assertThat(club.send(told).whole()).isEqualTo(answer);
        assertThat(club.sequence("anna")).isEqualTo(3);
        Call review = Shop.activity("anna", "V-1", "review", club.now()).changed("/verified", "true");
        club.send(review).is(422, "activity_not_now");
        club.isSound("anna");
    }

    @Test
    void a_version_of_the_program_is_published_once_by_its_key() {
        Call publish = Endpoint.PUBLISH.call().changed("/name", "\"Second\"").header("Idempotency-Key", "k-1");
        Reply first = shop.send(publish).is(200);
        Reply again = shop.send(publish).is(200);
        assertThat(again.whole()).isEqualTo(first.whole());
        assertThat(again.header("etag")).contains("\"2\"").isEqualTo(first.header("etag"));
        shop.send(publish.changed("/name", "\"Other\"")).is(422, "idempotency_key_reused");
        assertThat(shop.send(Endpoint.READ_PROGRAM.call()).is(200).number("/version"))
                .isEqualTo(2);
    }

    @Test
    void a_key_is_revoked_once_by_its_key() {
        String key = shop.keyWith("till", java.util.Set.of("program:read"));
        Call revoke = Endpoint.REVOKE_KEY.call().at("key", key.substring(4, 16)).header("Idempotency-Key", "k-1");
        shop.send(revoke).is(204);
        shop.send(revoke).is(204);
        shop.send(revoke.at("key", "000000000000")).is(422, "idempotency_key_reused");
    }

    @Test
    void a_waiting_refund_is_answered_as_what_it_was_also_later() {
        shop.enrol("anna");
        Call refund = Orders.refund("A-1", "R-1", "anna", "5.00", shop.now()).header("Idempotency-Key", "k-1");
        String waiting = shop.send(refund).is(202).whole();
        shop.pays("anna", "A-1", "20.00");
        assertThat(shop.send(refund).whole()).isEqualTo(waiting);
        assertThat(shop.points("anna").available()).isEqualTo(15);
    }
}
