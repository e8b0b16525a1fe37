package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member brings another: through HTTP, and for the referrer's side through the stream of postings. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class ReferralStoryTest {
    private final LocalCloud cloud;
    private final Shop shop;

    ReferralStoryTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud, Rules.WITH_WINDOW);
    }

    @BeforeEach
    void anna_comes_by_olgas_link() {
        shop.enrol("olga");
        shop.wait(Duration.ofMinutes(1));
        Reply code =
                shop.send(Endpoint.CODE.call().body("{\"member\":\"olga\"}")).is(201);
        assertThat(code.string("/link")).endsWith(code.string("/code"));
        shop.enrol("anna");
        shop.send(Shop.attach("anna", code.string("/code"))).is(201);
        assertThat(shop.send(Endpoint.READ_MEMBER.call().at("member", "anna"))
                        .is(200)
                        .string("/referrer"))
                .isEqualTo("olga");
    }

    private Shop.Points settled(String member) throws InterruptedException {
        cloud.drain(OneCloud.SOON);
        return shop.points(member);
    }

    @Test
    void both_are_rewarded_after_the_return_window() throws Exception {
        shop.pays("anna", "A-0", "19.99");
        assertThat(settled("olga")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        shop.pays("anna", "A-1", "50.00");
        assertThat(settled("olga")).isEqualTo(new Shop.Points(0, 500, 0, 0));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 19 + 50 + 300, 0, 0));
        // Once, however many orders follow.
        shop.pays("anna", "A-2", "50.00");
        assertThat(settled("olga").pending()).isEqualTo(500);

        shop.wait(Duration.ofDays(14));
        assertThat(shop.points("olga")).isEqualTo(new Shop.Points(500, 0, 0, 0));
        assertThat(shop.points("anna").available()).isEqualTo(419);
        shop.isSound("anna", "olga");
    }

    @Test
    void both_rewards_are_taken_back_when_the_order_comes_back() throws Exception {
        shop.pays("anna", "A-1", "50.00");
        assertThat(settled("olga").pending()).isEqualTo(500);
        Reply partial = shop.refunds("anna", "A-1", "R-1", "30.00");
        assertThat(partial.number("/reversed")).isEqualTo(30);
        assertThat(settled("olga").pending()).isEqualTo(500);

        Reply below = shop.refunds("anna", "A-1", "R-2", "0.01");
        assertThat(below.number("/reversed")).isEqualTo(301);
        assertThat(settled("olga")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 19, 0, 0));
        assertThat(shop.ledger("olga").getFirst().path("operation").asText()).isEqualTo("referral_taken_back");

        // No second chance.
        shop.pays("anna", "A-2", "100.00");
        assertThat(settled("olga")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        shop.isSound("anna", "olga");
    }

    @Test
    void a_reward_that_was_spent_is_owed_when_the_order_is_cancelled() throws Exception {
        shop.pays("anna", "A-1", "50.00");
        settled("olga");
        shop.wait(Duration.ofDays(20));
        shop.holds("olga", "H-1", 400);
        shop.send(Shop.capture("olga", "H-1")).is(200);
        shop.send(Orders.cancelled("A-1", "anna", shop.now())).is(201);
        assertThat(settled("olga")).isEqualTo(new Shop.Points(0, 0, 0, 400));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        shop.isSound("anna", "olga");
    }

    @Test
    void an_order_through_the_queue_rewards_as_well() throws Exception {
        shop.queue(Orders.message(Orders.refund("A-1", "R-1", "anna", "5.00", shop.now())));
        shop.queue(Orders.message(Orders.paid("A-1", "anna", "50.00", shop.now())));
        assertThat(settled("olga")).isEqualTo(new Shop.Points(0, 500, 0, 0));
        assertThat(shop.points("anna").pending()).isEqualTo(345);
    }
}
