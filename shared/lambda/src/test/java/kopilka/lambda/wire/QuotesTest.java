package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.line;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotesTest {
    private static final String LEVELS = """
            {'format':2,'name':'Tea club','currency':'EUR','timeZone':'Europe/Kyiv',
             'wallets':{'points':{'unit':'points','pending':{'from':'paid','days':14}}},
             'rules':[{'id':'gold','title':{'en':'A cup for gold'},'when':{'tier':['gold']},
               'then':[{'benefit':{'kind':'gift','label':'A cup'}}]}],
             'tiers':{'period':{'rolling':{'months':12}},'downgrade':{'to':'qualified','graceDays':0},
               'levels':[{'id':'bronze','benefits':[{'kind':'support'}]},
                 {'id':'gold','name':{'en':'Gold','uk':'Золото'},'qualify':{'spend':'500.00'},
                  'benefits':[{'kind':'free_delivery'},{'kind':'label','label':'The lounge'}]}]},
             'refunds':{'shortfall':{'policy':'debt'}}}
            """;

    private static String asked(String who) {
        return "{%s'language':'uk','content':{'currency':'EUR','lines':[{'sku':'S','quantity':1,'total':'10.00'}]}}"
                .formatted(who);
    }

    @Test
    void a_quote_has_what_the_members_level_brings_by_itself() {
        ShopByJson shop = new ShopByJson(LEVELS);
        shop.enrol("m-anna");

        assertThat(line(shop.quote(asked("'member':'m-anna',"))))
                .contains("'benefits':[{'rule':'tiers.bronze','kind':'support'}]");

        shop.paid("A-1", "m-anna", "500.00");
        assertThat(line(shop.quote(asked("'member':'m-anna',"))))
                .contains("'benefits':[{'rule':'gold','title':'A cup for gold','kind':'gift','label':'A cup'},"
                        + "{'rule':'tiers.gold','title':'Золото','kind':'free_delivery'},"
                        + "{'rule':'tiers.gold','title':'Золото','kind':'label','label':'The lounge'}]");
    }

    @Test
    void a_guest_gets_what_a_new_member_would() {
        assertThat(line(new ShopByJson(LEVELS).quote(asked(""))))
                .contains("'benefits':[{'rule':'tiers.bronze','kind':'support'}]");
    }
}
