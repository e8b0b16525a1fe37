package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import kopilka.ledger.Bucket;
import kopilka.ledger.Movement;
import kopilka.ledger.Posting;
import kopilka.ledger.Term;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The clock jumps, backwards too, around the changes of the clock in four zones and around a leap day. Each lot is spent in its days
 * alone and expires once, and an account's postings stay in sequence.
 */
@ExtendWith(OneCloud.class)
class ClockJumpsTest {
    private static final int STEPS = 40;

    private static final List<Duration> JUMPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofHours(23),
            Duration.ofHours(25),
            Duration.ofDays(1),
            Duration.ofDays(-1),
            Duration.ofDays(2),
            Duration.ofDays(-3));

    private final LocalCloud cloud;

    ClockJumpsTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Points that are available two days after the payment, for three days. */
    private static String rules(String zone) {
        return Json.with(
                        Json.with(
                                Json.with(Json.read(Rules.SIMPLE), "/timeZone", Json.quoted(zone)),
                                "/pending/days",
                                "2"),
                        "/expiry",
                        "{\"days\":3}")
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Kyiv,2026-03-28T22:00:00Z",
        "Europe/Kyiv,2026-10-24T21:00:00Z",
        "America/New_York,2026-03-08T06:00:00Z",
        "America/New_York,2026-11-01T05:00:00Z",
        "Pacific/Auckland,2026-04-04T13:00:00Z",
        "Pacific/Auckland,2026-09-26T13:00:00Z",
        "Asia/Kathmandu,2028-02-28T18:15:00Z",
        "Europe/Kyiv,2028-02-28T22:00:00Z"
    })
    void no_lot_is_spent_out_of_its_days_and_each_expires_once_however_the_clock_jumps(String zone, Instant start) {
        long seed = Long.getLong("kopilka.seed", start.getEpochSecond());
        System.out.println("ClockJumpsTest: -Dkopilka.seed=" + seed);
        Random random = new Random(seed);
        Shop shop = Shop.open(cloud, rules(zone));
        // The rules hold a minute after they are published, at the latest.
        cloud.clock().stopAt(start.minus(Duration.ofDays(2)));
        shop.enrol("anna");
        long sequence = 1;
        for (int step = 0; step < STEPS; step++) {
            cloud.clock().advance(JUMPS.get(random.nextInt(JUMPS.size())));
            if (random.nextInt(4) == 0) {
                cloud.clock().stopAt(start.plusSeconds(random.nextInt(-1, 2)).plus(Duration.ofDays(random.nextInt(4))));
            }
            Reply reply = shop.send(
                    switch (random.nextInt(4)) {
                        case 0, 1 -> Orders.paid("A-" + step, "anna", 100 + random.nextInt(200) + ".00", shop.now());
                        case 2 -> Shop.hold("anna", "H-" + step, 100 + random.nextInt(50));
                        default ->
                            random.nextBoolean()
                                    ? Shop.capture("anna", "H-" + (step - 1))
                                    : Shop.voidOf("anna", "H-" + (step - 1));
                    });
            if (reply.status() < 300) {
                assertThat(reply.number("/sequence")).as("%s", reply).isEqualTo(++sequence);
            }
            shop.isSound("anna");
        }
        cloud.clock().advance(Duration.ofDays(30));
        cloud.invoke("ExpiryFunction", settle(shop));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        shop.isSound("anna");
        lotsLived(shop.postings("anna"), ZoneId.of(zone));
    }

    private static String settle(Shop shop) {
        return """
                {"Records":[{"messageId":"m","eventSource":"aws:sqs",
                 "body":"{\\"program\\":\\"%s\\",\\"member\\":\\"anna\\"}"}]}""".formatted(shop.program());
    }

    private static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static void lotsLived(List<Posting> postings, ZoneId zone) {
        long accrued = 0;
        long spent = 0;
        long expired = 0;
        Instant before = Instant.MIN;
        for (Posting posting : postings) {
            assertThat(posting.at()).isAfterOrEqualTo(before);
            before = posting.at();
            for (Movement movement : posting.movements()) {
                Term term = movement.term().orElseThrow();
                switch (movement.kind()) {
                    case ACCRUE -> accrued += movement.points();
                    case MATURE ->
                        assertThat(movement.at())
                                .isAfterOrEqualTo(
                                        term.availableFrom().atStartOfDay(zone).toInstant());
                    case HOLD -> {
                        assertThat(movement.from()).isEqualTo(Bucket.AVAILABLE);
                        assertThat(movement.at())
                                .as("%s", movement)
                                .isAfterOrEqualTo(
                                        term.availableFrom().atStartOfDay(zone).toInstant())
                                .isBefore(endOf(term.expires(), zone));
                    }
                    case CAPTURE -> spent += movement.points();
                    case EXPIRE -> {
                        expired += movement.points();
                        assertThat(movement.at()).as("%s", movement).isAfterOrEqualTo(endOf(term.expires(), zone));
                    }
                    case RELEASE, VOID, MERGE -> {}
                    case SCHEDULE, REVERSE, RESTORE, INCUR_DEBT, SETTLE_DEBT, WRITE_OFF ->
                        throw new AssertionError("nothing asks for " + movement);
                }
            }
        }
        assertThat(accrued).isPositive();
        assertThat(expired).isPositive();
        assertThat(spent + expired)
                .as("every point that came was spent or expired, once")
                .isEqualTo(accrued);
    }
}
