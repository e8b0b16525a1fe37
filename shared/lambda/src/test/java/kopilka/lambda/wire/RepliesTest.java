package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.DOCUMENT;
import static kopilka.lambda.wire.ShopByJson.line;
import static org.assertj.core.api.Assertions.assertThat;

import kopilka.lambda.http.HttpResponse;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RefundId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepliesTest {
    static final String CONTENT =
            "'content':{'currency':'EUR','lines':[{'id':'tea','sku':'S-TEA','category':'grocery','quantity':'2',"
                    + "'total':'25.00'},{'id':'mug','sku':'S-MUG','category':'premium','quantity':1,'total':'35.00',"
                    + "'discount':'5.00'}],'delivery':'4.90','discount':'6.00','total':'58.90'}}";

    private static final String PLACED =
            "{'order':'A-1','member':'m-anna','event':'placed','at':'2026-03-02T10:00:00+02:00'," + CONTENT;

    static final String PAID =
            "{'order':'A-1','member':'m-anna','event':'paid','at':'2026-03-02T10:05:00+02:00'," + CONTENT;

    static final String TEA_BACK = "{'refund':'R-1','member':'m-anna','at':'2026-03-05T15:00:00+02:00',"
            + "'lines':[{'line':'tea','quantity':'1'}],'currency':'EUR'}";

    private static final String NO_SHORTFALL = "'shortfall':{'points':0,'policy':'debt','debt':0,"
            + "'deduct':{'points':0,'money':{'amount':'0.00','currency':'EUR'}},'writtenOff':0}";

    private final ShopByJson shop = new ShopByJson();

    @BeforeEach
    void anna_joins() {
        shop.enrol("m-anna");
    }

    @Test
    void a_member_joins() {
        assertThat(line(shop.enrol("m-olga")))
                .isEqualTo(
                        "201 {'member':'m-olga','status':'active','enrolledAt':'2026-03-01T07:00:00Z','sequence':1}");
    }

    @Test
    void joining_that_is_rewarded_says_what_it_brought() {
        ShopByJson generous = new ShopByJson("""
                {'format':2,'name':'Tea club','currency':'EUR','timeZone':'Europe/Kyiv',
                 'wallets':{'points':{'unit':'points','pending':{'from':'paid','days':14}},
                   'gifts':{'unit':'money','pending':{'from':'paid','days':14}}},
                 'rules':[],
                 'activities':{'join':{'earn':[{'wallet':'points','points':50},{'wallet':'gifts','amount':'2.00'}]}},
                 'refunds':{'shortfall':{'policy':'debt'}}}
                """);

        assertThat(line(generous.enrol("m-olga")))
                .isEqualTo("201 {'member':'m-olga','status':'active','enrolledAt':'2026-03-01T07:00:00Z',"
                        + "'earned':[{'wallet':'points','units':50},{'wallet':'gifts','units':200}],'sequence':1}");
    }

    @Test
    void a_placed_order_is_recorded() {
        assertThat(line(shop.at("2026-03-02T08:01:00Z").order(PLACED)))
                .isEqualTo("201 {'order':'A-1','event':'placed','member':'m-anna','outcome':'recorded','earned':0,"
                        + "'pending':false,'reversed':0,'programVersion':1,'sequence':2,"
                        + "'balance':{'available':0,'pending':0,'held':0,'debt':0},"
                        + "'explanation':{'text':'Order A-1 was placed; it earns when it is paid.'}}");
    }

    @Test
    void a_paid_order_earns_and_shows_the_arithmetic() {
        assertThat(line(shop.at("2026-03-02T08:05:02Z").order(PAID)))
                .isEqualTo("201 {'order':'A-1','event':'paid','member':'m-anna','outcome':'accrued','earned':85,"
                        + "'pending':true,'availableFrom':'2026-03-16','expires':'2027-03-31','reversed':0,"
                        + "'programVersion':1,'sequence':2,"
                        + "'balance':{'available':0,'pending':85,'held':0,'debt':0},"
                        + "'explanation':{'text':'Order A-1 earned 85 points: 22.50 EUR at 1 point per 1.00 EUR (22.5) and"
                        + " 31.50 EUR of premium at 2 points per 1.00 EUR (63) = 85.5, rounded down (program version 1);"
                        + " the delivery (4.90 EUR) earned nothing.','rule':'earning',"
                        + "'parts':[{'rule':'earning.rate','base':'22.50','rate':'1 point per 1.00 EUR','points':'22.5'},"
                        + "{'rule':'earning.categories.premium','base':'31.50','rate':'2 points per 1.00 EUR',"
                        + "'points':'63'}],'rounding':'down_on_order',"
                        + "'excluded':[{'what':'delivery','amount':'4.90'}]}}");
    }

    @Test
    void a_delivery_tells_the_days_that_the_payment_gave() {
        shop.at("2026-03-02T08:05:02Z").order(PAID);

        assertThat(line(shop.at("2026-03-04T16:20:00Z").event("A-1", "m-anna", "delivered")))
                .startsWith("201 {'order':'A-1','event':'delivered','member':'m-anna','outcome':'recorded','earned':85,"
                        + "'pending':true,'availableFrom':'2026-03-16','expires':'2027-03-31','reversed':0,");
    }

    @Test
    void a_delivery_after_the_window_finds_the_points_available() {
        shop.at("2026-03-02T08:05:02Z").order(PAID);

        // The day begins in Kyiv, two hours before it does in UTC.
        assertThat(line(shop.at("2026-03-15T22:00:00Z").event("A-1", "m-anna", "delivered")))
                .contains("'earned':85,'pending':false,'availableFrom':'2026-03-16'");
    }

    @Test
    void points_that_wait_for_a_delivery_have_no_days() {
        ShopByJson byDelivery = new ShopByJson(DOCUMENT.replace("'from':'paid'", "'from':'delivered'"));
        byDelivery.enrol("m-anna");

        assertThat(line(byDelivery.at("2026-03-02T08:05:02Z").order(PAID)))
                .contains("'earned':85,'pending':true,'reversed':0");
        assertThat(line(byDelivery.at("2026-03-04T16:20:00Z").event("A-1", "m-anna", "delivered")))
                .contains("'outcome':'recorded','earned':85,'pending':true,'availableFrom':'2026-03-18'")
                .contains("Order A-1 was delivered: its 85 points become available on 2026-03-18, 14 days after that");
    }

    @Test
    void what_comes_before_the_payment_waits() {
        assertThat(line(shop.event("A-3", "m-anna", "delivered")))
                .isEqualTo("202 {'order':'A-3','event':'delivered','member':'m-anna','outcome':'waiting','earned':0,"
                        + "'pending':false,'reversed':0,'programVersion':1,'sequence':2,"
                        + "'balance':{'available':0,'pending':0,'held':0,'debt':0},'explanation':{'text':"
                        + "'Order A-3 was delivered before it was paid; this waits for the payment.'}}");
        assertThat(line(shop.refundOf("A-3", "R-3", "m-anna", "1.00")))
                .isEqualTo("202 {'refund':'R-3','order':'A-3','member':'m-anna','outcome':'waiting','earned':0,"
                        + "'reversed':0,'restored':0,'programVersion':1,'sequence':3,"
                        + "'balance':{'available':0,'pending':0,'held':0,'debt':0},"
                        + "'explanation':{'text':'Order A-3 is not paid yet; refund R-3 waits for it.'}}");
        assertThat(line(shop.paid("A-3", "m-anna", "30.70")))
                .startsWith("201 {'order':'A-3','event':'paid','member':'m-anna','outcome':'accrued','earned':29,"
                        + "'pending':true,'availableFrom':'2026-03-15','expires':'2027-03-31','reversed':1,'restored':0,"
                        + NO_SHORTFALL);
    }

    @Test
    void a_cancelled_order_has_earned_nothing() {
        shop.at("2026-03-02T08:05:02Z").order(PAID);

        assertThat(line(shop.event("A-1", "m-anna", "cancelled")))
                .startsWith("201 {'order':'A-1','event':'cancelled','member':'m-anna','outcome':'reversed','earned':0,"
                        + "'pending':false,'reversed':85,'restored':0," + NO_SHORTFALL);
    }

    @Test
    void a_refund_says_what_is_kept_and_what_went() {
        shop.at("2026-03-02T08:05:02Z").order(PAID);

        assertThat(line(shop.at("2026-03-05T13:00:01Z").refund("A-1", TEA_BACK)))
                .isEqualTo("201 {'refund':'R-1','order':'A-1','member':'m-anna','outcome':'applied','earned':74,"
                        + "'reversed':11,'restored':0," + NO_SHORTFALL
                        + ",'value':{'amount':'11.25','currency':'EUR'},'programVersion':1,'sequence':3,"
                        + "'balance':{'available':0,'pending':74,'held':0,'debt':0},"
                        + "'explanation':{'text':'Refund R-1 sent back 11.25 EUR of order A-1: what is kept of it earns 74"
                        + " points, so 11 points were taken back (program version 1).','rule':'earning'}}");
    }

    @Test
    void a_redemption_is_held_captured_or_voided() {
        shop.paid("A-1", "m-anna", "374.00");
        shop.at("2026-03-20T10:00:00Z");

        assertThat(line(shop.hold("H-1", "m-anna", 200)))
                .isEqualTo("201 {'redemption':'H-1','member':'m-anna','status':'held','points':200,"
                        + "'worth':{'amount':'2.00','currency':'EUR'},'until':'2026-03-20T10:30:00Z','sequence':3,"
                        + "'balance':{'available':174,'pending':0,'held':200,'debt':0}}");
        assertThat(line(shop.capture("H-1", "{'member':'m-anna','points':150}")))
                .isEqualTo("200 {'redemption':'H-1','member':'m-anna','status':'captured','captured':150,'returned':50,"
                        + "'worth':{'amount':'1.50','currency':'EUR'},'sequence':4,"
                        + "'balance':{'available':224,'pending':0,'held':0,'debt':0}}");
        shop.hold("H-2", "m-anna", 100);
        assertThat(line(shop.voidHold("H-2", "m-anna")))
                .isEqualTo("200 {'redemption':'H-2','member':'m-anna','status':'voided','captured':0,'returned':100,"
                        + "'worth':{'amount':'0.00','currency':'EUR'},'sequence':6,"
                        + "'balance':{'available':224,'pending':0,'held':0,'debt':0}}");
    }

    @Test
    void a_member_who_leaves_is_told_what_ends() {
        shop.paid("A-1", "m-anna", "100.00");
        shop.at("2026-03-20T10:00:00Z").paid("A-2", "m-anna", "50.00");

        assertThat(line(shop.close("m-anna")))
                .isEqualTo("200 {'member':'m-anna','status':'closed','closedAt':'2026-03-20T10:00:00Z','expired':150,"
                        + "'sequence':4,'balance':{'available':0,'pending':0,'held':0,'debt':0}}");
    }

    @Test
    void a_referral_has_a_code_and_a_link() {
        assertThat(line(shop.issueCode("m-anna", "K7Q2M9XA")))
                .isEqualTo("201 {'member':'m-anna','code':'K7Q2M9XA','link':'https://shop.example.com/?ref=K7Q2M9XA'}");
        assertThat(line(shop.issueCode("m-anna", "AAAAAAAA"))).contains("'code':'K7Q2M9XA'");
        shop.at("2026-03-01T08:00:00Z").enrol("m-boris");
        assertThat(line(shop.attach("m-boris", "K7Q2M9XA")))
                .isEqualTo("201 {'member':'m-boris','referrer':'m-anna','sequence':2}");
        assertThat(line(shop.attach("m-boris", "AAAAAAAA"))).startsWith("409 ").contains("'code':'already_referred'");
    }

    @Test
    void what_is_asked_again_is_answered_the_same_whatever_happened_since() {
        HttpResponse first = shop.at("2026-03-02T08:05:02Z").order(PAID);
        HttpResponse delivered = shop.event("A-1", "m-anna", "delivered");
        HttpResponse refund = shop.at("2026-03-05T13:00:01Z").refund("A-1", TEA_BACK);
        shop.at("2026-03-20T10:00:00Z").close("m-anna");

        assertThat(shop.at("2030-01-01T00:00:00Z").order(PAID)).isEqualTo(first);
        assertThat(shop.order(
                        "{'order':'A-1','member':'m-anna','event':'delivered','at':'2026-03-02T10:05:02.000+02:00'}"))
                .isEqualTo(delivered);
        assertThat(shop.refund("A-1", TEA_BACK)).isEqualTo(refund);
    }

    @Test
    void what_was_recorded_with_other_content_is_a_conflict() {
        shop.at("2026-03-02T08:05:02Z").order(PAID);

        assertThat(line(shop.order(PAID.replace("'sku':'S-MUG'", "'sku':'S-POT'"))))
                .startsWith("409 ")
                .contains("'code':'conflict'");
    }

    @Test
    void what_is_queued_says_so_and_no_more() {
        assertThat(line(Replies.queued(new OrderId("A-3"), OrderEventKind.DELIVERED)))
                .isEqualTo("202 {'order':'A-3','event':'delivered','outcome':'queued'}");
        assertThat(line(Replies.queued(new OrderId("A-3"), new RefundId("R-3"))))
                .isEqualTo("202 {'refund':'R-3','order':'A-3','outcome':'queued'}");
    }
}
