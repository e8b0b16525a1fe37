package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A marketer plans versions ahead, looks at what they change, and takes one back. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class ProgramVersionsTest {
    private final LocalCloud cloud;
    private final Shop shop;

    ProgramVersionsTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** A version that gives so many points for 1.00, on top of another. */
    private static Call giving(int points, long previous) {
        return Endpoint.PUBLISH
                .call()
                .changed("/earning/rate/points", Integer.toString(points))
                .header("If-Match", tag(previous));
    }

    private static Call from(Call call, Instant moment) {
        return call.query("effectiveFrom", moment.toString());
    }

    private static Call restore(long version, long previous) {
        return Endpoint.RESTORE.call().at("version", Long.toString(version)).header("If-Match", tag(previous));
    }

    private List<String> versions() {
        return listed(shop.send(Endpoint.LIST_VERSIONS.call()).is(200));
    }

    private static List<String> listed(Reply page) {
        return StreamSupport.stream(page.json().path("versions").spliterator(), false)
                .map(version -> version.path("version").asText() + " "
                        + version.path("effectiveFrom").asText() + " "
                        + version.path("state").asText())
                .toList();
    }

    private static List<String> told(Reply comparison) {
        return StreamSupport.stream(comparison.json().path("differences").spliterator(), false)
                .map(JsonNode::toString)
                .toList();
    }

    private Reply compare(int version, int other) {
        return shop.send(Endpoint.COMPARE
                        .call()
                        .at("version", Integer.toString(version))
                        .at("other", Integer.toString(other)))
                .is(200);
    }

    // ------------------------------------------------------------------------------------------------ ahead of time

    @Test
    void a_version_takes_effect_at_the_moment_that_was_asked_for() throws Exception {
        shop.enrol("anna");
        Instant april = Instant.parse("2026-03-31T21:00:00Z");
        Reply planned = shop.sendWrong(giving(2, 1).query("effectiveFrom", "2026-04-01T00:00:00%2B03:00"))
                .is(200);
        assertThat(planned.number("/version")).isEqualTo(2);
        assertThat(planned.string("/effectiveFrom")).isEqualTo(april.toString());
        assertThat(planned.string("/state")).isEqualTo("future");
        assertThat(planned.header("etag")).contains(tag(2));
        // It can be seen before it holds.
        assertThat(shop.send(Endpoint.READ_PROGRAM.call()).is(200).whole()).isEqualTo(planned.whole());
        assertThat(shop.send(Endpoint.READ_VERSION.call()).is(200).string("/state"))
                .isEqualTo("current");

        cloud.clock().advanceTo(april.minusSeconds(1));
        shop.pays("anna", "A-1", "10.00");
        assertThat(shop.points("anna").available()).isEqualTo(10);
        cloud.clock().advanceTo(april);
        shop.pays("anna", "A-2", "10.00");
        assertThat(shop.points("anna").available()).isEqualTo(30);

        assertThat(shop.send(Endpoint.READ_PROGRAM.call()).is(200).string("/state"))
                .isEqualTo("current");
        assertThat(shop.send(Endpoint.READ_VERSION.call()).is(200).string("/state"))
                .isEqualTo("past");
        shop.isSound("anna");
    }

    @Test
    void without_a_moment_a_version_takes_effect_in_a_minute_or_together_with_the_one_that_is_to_come() {
        Reply soon = shop.send(giving(2, 1)).is(200);
        assertThat(soon.string("/effectiveFrom")).isEqualTo("2026-03-01T08:01:00Z");
        assertThat(soon.string("/state")).isEqualTo("future");
        shop.send(from(giving(3, 2), Instant.parse("2026-05-01T00:00:00Z"))).is(200);
        Reply instead = shop.send(giving(4, 3)).is(200);
        assertThat(instead.string("/effectiveFrom")).isEqualTo("2026-05-01T00:00:00Z");

        shop.wait(Duration.ofDays(1));
        assertThat(versions())
                .containsExactly(
                        "4 2026-05-01T00:00:00Z future",
                        "3 2026-05-01T00:00:00Z future",
                        "2 2026-03-01T08:01:00Z current",
                        "1 2026-03-01T08:00:00Z past");
        shop.wait(Duration.ofDays(70));
        assertThat(versions())
                .containsExactly(
                        "4 2026-05-01T00:00:00Z current",
                        "3 2026-05-01T00:00:00Z past",
                        "2 2026-03-01T08:01:00Z past",
                        "1 2026-03-01T08:00:00Z past");
    }

    @Test
    void a_moment_lies_from_a_minute_to_a_leap_year_ahead_and_not_before_the_version_before() {
        Instant now = shop.now();
        Instant soonest = now.plusSeconds(60);
        Instant latest = now.plus(Duration.ofDays(366));
        Reply tooSoon = shop.send(from(giving(2, 1), soonest.minusNanos(1))).is(422, "effective_too_soon");
        assertThat(tooSoon.string("/earliest")).isEqualTo(soonest.toString());
        assertThat(tooSoon.string("/parameter")).isEqualTo("effectiveFrom");
        shop.send(from(giving(2, 1), Instant.EPOCH)).is(422, "effective_too_soon");
        Reply tooLate = shop.send(from(giving(2, 1), latest.plusNanos(1))).is(422, "effective_too_late");
        assertThat(tooLate.string("/latest")).isEqualTo(latest.toString());
        shop.send(giving(2, 1).query("effectiveFrom", "9999-12-31T23:59:59Z")).is(422, "effective_too_late");
        assertThat(versions()).hasSize(1);

        shop.send(from(giving(2, 1), soonest)).is(200);
        shop.send(from(giving(3, 2), latest)).is(200);
        Reply before = shop.send(from(giving(4, 3), latest.minusNanos(1))).is(422, "effective_before_previous");
        assertThat(before.string("/earliest")).isEqualTo(latest.toString());
        shop.send(from(restore(1, 3), soonest)).is(422, "effective_before_previous");
        assertThat(shop.send(from(restore(1, 3), latest)).is(200).number("/version"))
                .isEqualTo(4);
    }

    @Test
    void a_version_that_was_published_is_answered_again_also_when_its_moment_has_come() {
        Call publish = from(giving(2, 1), shop.now().plusSeconds(90));
        Reply first = shop.send(publish).is(200);
        shop.wait(Duration.ofSeconds(60));
        assertThat(shop.send(publish).is(200).whole()).isEqualTo(first.whole());
        shop.wait(Duration.ofSeconds(60));
        assertThat(shop.send(publish).is(200).string("/state")).isEqualTo("current");
        // At another moment it would be another version.
        shop.send(from(giving(2, 1), shop.now().plusSeconds(90))).is(412, "precondition_failed");
        assertThat(versions()).hasSize(2);
    }

    @Test
    void a_key_stands_for_the_moment_too() {
        Call publish = from(giving(2, 1), shop.now().plusSeconds(90)).header("Idempotency-Key", "k-1");
        Reply first = shop.send(publish).is(200);
        shop.wait(Duration.ofDays(1));
        Reply again = shop.send(publish).is(200);
        assertThat(again.whole()).isEqualTo(first.whole());
        assertThat(again.header("etag")).contains(tag(2));
        shop.send(from(publish, shop.now())).is(422, "idempotency_key_reused");
        shop.send(publish.withoutQuery()).is(422, "idempotency_key_reused");
        assertThat(versions()).hasSize(2);
    }

    // ------------------------------------------------------------------------------------------------ the list

    @Test
    void versions_are_listed_newest_first_page_by_page() {
        for (int version = 1; version < 7; version++) {
            shop.send(giving(version + 1, version)).is(200);
            shop.wait(Duration.ofMinutes(2));
        }
        List<String> all = versions();
        assertThat(all).hasSize(7);
        assertThat(all.getFirst()).isEqualTo("7 2026-03-01T08:11:00Z current");
        assertThat(all.getLast()).isEqualTo("1 2026-03-01T08:00:00Z past");

        for (int limit = 1; limit <= 8; limit++) {
            List<String> paged = new ArrayList<>();
            Call page = Endpoint.LIST_VERSIONS.call().query("limit", Integer.toString(limit));
            Reply reply = shop.send(page).is(200);
            paged.addAll(listed(reply));
            int pages = 1;
            while (reply.json().has("next")) {
                reply = shop.send(page.query("cursor", reply.string("/next"))).is(200);
                paged.addAll(listed(reply));
                pages++;
            }
            assertThat(paged).isEqualTo(all);
            assertThat(pages).isEqualTo((7 + limit - 1) / limit);
        }
    }

    @Test
    void a_page_stays_where_it_is_when_a_version_is_added() {
        shop.send(giving(2, 1)).is(200);
        Call page = Endpoint.LIST_VERSIONS.call().query("limit", "1");
        String next = shop.send(page).is(200).string("/next");
        shop.send(giving(3, 2)).is(200);
        assertThat(listed(shop.send(page.query("cursor", next)).is(200)))
                .containsExactly("1 2026-03-01T08:00:00Z current");
        Shop.open(cloud).send(page.query("cursor", next)).is(400, "invalid_field");
    }

    // ------------------------------------------------------------------------------------------------ differences

    @Test
    void two_versions_are_compared() {
        shop.send(giving(2, 1)
                        .changed("/earning/categories", "{\"tea/green\":{\"percent\":\"5\"}}")
                        .changed("/expiry", "(none)")
                        .changed("/redemption/minimumPoints", "1e2"))
                .is(200);

        assertThat(told(compare(1, 2)))
                .containsExactly(
                        "{\"op\":\"changed\",\"pointer\":\"/earning/rate/points\",\"before\":1,\"after\":2}",
                        "{\"op\":\"added\",\"pointer\":\"/earning/categories\",\"after\":{\"tea/green\":{\"percent\":\"5\"}}}",
                        "{\"op\":\"removed\",\"pointer\":\"/expiry\",\"before\":{\"months\":12}}");
        assertThat(told(compare(2, 1)))
                .containsExactly(
                        "{\"op\":\"changed\",\"pointer\":\"/earning/rate/points\",\"before\":2,\"after\":1}",
                        "{\"op\":\"removed\",\"pointer\":\"/earning/categories\",\"before\":{\"tea/green\":{\"percent\":\"5\"}}}",
                        "{\"op\":\"added\",\"pointer\":\"/expiry\",\"after\":{\"months\":12}}");
        assertThat(compare(2, 2).text()).isEqualTo("{\"version\":2,\"other\":2,\"differences\":[],\"complete\":true}");
        shop.send(Endpoint.COMPARE.call().at("other", "3")).is(404, "version_not_found");
        shop.send(Endpoint.COMPARE.call().at("version", "3")).is(404, "version_not_found");
    }

    @Test
    void of_more_than_a_thousand_differences_a_thousand_are_told() {
        // No document that is valid has so many: these two were stored unchecked.
        StringBuilder first = new StringBuilder("{\"rules\":[");
        StringBuilder second = new StringBuilder("{\"rules\":[");
        for (int rule = 0; rule < 1_001; rule++) {
            first.append(rule == 0 ? "" : ",")
                    .append("{\"id\":\"r")
                    .append(rule)
                    .append("\",\"priority\":0}");
            second.append(rule == 0 ? "" : ",")
                    .append("{\"id\":\"r")
                    .append(rule)
                    .append("\",\"priority\":1}");
        }
        shop.publishUnchecked(first + "]}");
        shop.publishUnchecked(second + "]}");
        Reply reply = compare(2, 3);
        assertThat(reply.json().path("differences")).hasSize(1_000);
        assertThat(reply.json().path("complete").asBoolean()).isFalse();
    }

    // ------------------------------------------------------------------------------------------------ taking back

    @Test
    void an_earlier_version_is_published_once_more() throws Exception {
        shop.enrol("anna");
        shop.send(giving(5, 1)).is(200);
        Instant june = Instant.parse("2026-06-01T00:00:00Z");
        Reply restored = shop.send(from(restore(1, 2), june)).is(200);
        assertThat(restored.number("/version")).isEqualTo(3);
        assertThat(restored.string("/state")).isEqualTo("future");
        assertThat(restored.header("etag")).contains(tag(3));
        assertThat(restored.json().path("document"))
                .isEqualTo(
                        shop.send(Endpoint.READ_VERSION.call()).is(200).json().path("document"));
        assertThat(told(compare(1, 3))).isEmpty();

        shop.wait(Duration.ofMinutes(2));
        shop.pays("anna", "A-1", "10.00");
        cloud.clock().advanceTo(june);
        shop.pays("anna", "A-2", "10.00");
        assertThat(shop.points("anna").available()).isEqualTo(60);
        assertThat(versions().getFirst()).isEqualTo("3 2026-06-01T00:00:00Z current");
        shop.isSound("anna");
    }

    @Test
    void an_earlier_version_is_restored_once() {
        shop.send(giving(5, 1)).is(200);
        Call restore = restore(1, 2).header("Idempotency-Key", "k-1");
        Reply first = shop.send(restore).is(200);
        assertThat(shop.send(restore).is(200).whole()).isEqualTo(first.whole());
        // Without the key it is found by what it says.
        assertThat(shop.send(restore(1, 2)).is(200).whole()).isEqualTo(first.whole());
        assertThat(shop.sendWrong(restore(1, 2).withoutBody()).is(200).whole()).isEqualTo(first.whole());
        shop.send(restore(2, 2)).is(412, "precondition_failed");
        shop.send(restore(2, 3).header("Idempotency-Key", "k-1")).is(422, "idempotency_key_reused");
        assertThat(versions()).hasSize(3);
    }

    @Test
    void a_document_that_is_not_valid_any_more_is_not_restored() {
        shop.publishUnchecked(Rules.simpleWith("/earning/rate/points", "0"));
        shop.publishUnchecked(Rules.SIMPLE);
        Reply refused = shop.send(restore(2, 3)).is(422, "invalid_program");
        assertThat(refused.errors()).containsExactly("/earning/rate/points out_of_range");
        assertThat(versions()).hasSize(3);
    }

    @Test
    void a_verdict_has_warnings_beside_its_errors() {
        Reply valid = shop.send(Endpoint.VALIDATE.call()).is(200);
        assertThat(valid.text()).isEqualTo("{\"valid\":true,\"errors\":[],\"warnings\":[]}");
        Reply invalid =
                shop.send(Endpoint.VALIDATE.call().changed("/name", "\"\"")).is(200);
        assertThat(invalid.json().path("warnings").isArray()).isTrue();
        assertThat(invalid.json().path("warnings")).isEmpty();
    }
}
