package kopilka.api;

/** Documents of programs. */
final class Rules {
    /** A point for each 1.00, to be spent at once, 100 of them worth 1.00, for half of an order at most. */
    static final String SIMPLE = """
            {"format":1,"name":"Test shop","currency":"EUR","timeZone":"Europe/Kyiv",
             "earning":{"rate":{"points":1,"per":"1.00"}},
             "pending":{"from":"paid","days":0},
             "expiry":{"months":12},
             "redemption":{"worth":{"points":100,"amount":"1.00"},"minimumPoints":100,"maximumShare":"50"},
             "refunds":{"shortfall":{"policy":"debt"}},
             "referral":{"referrerPoints":500,"refereePoints":300,"minimumOrder":"20.00"}}""";

    /**
     * Of format 2, as generous as {@link #SIMPLE}, and with all that it does not have: three wallets, of which one is for the
     * gold level alone and one cannot be spent; discounts, levels, activities, a label.
     */
    static final String CLUB = """
            {"format":2,"name":"Test club","currency":"EUR","timeZone":"Europe/Kyiv",
             "wallets":{
              "points":{"unit":"points","pending":{"from":"paid","days":0},"expiry":{"months":12},
               "redemption":{"worth":{"points":100,"amount":"1.00"},"minimumPoints":100,"maximumShare":"50"}},
              "cashback":{"unit":"money","pending":{"from":"paid","days":0},
               "redemption":{"minimumPoints":50,"when":{"tier":["gold"]}}},
              "stars":{"unit":"points","pending":{"from":"paid","days":0}}},
             "rules":[
              {"id":"base","title":{"en":"A point for each euro","uk":"Бал за кожне євро"},
               "then":[{"earn":{"wallet":"points","points":1,"per":"1.00"}}]},
              {"id":"tea","for":{"category":["tea"]},"then":[{"discount":{"percent":"10"}}]},
              {"id":"back","when":{"tier":["gold"]},"then":[{"earn":{"wallet":"cashback","percent":"5"}}]},
              {"id":"home","when":{"region":["Київ"]},"then":[{"bonus":{"wallet":"points","points":7}}]},
              {"id":"cup","title":{"en":"A cup","uk":"Чашка"},"when":{"amount":{"atLeast":"100.00"}},
               "then":[{"benefit":{"kind":"gift","label":"A cup"}},{"bonus":{"wallet":"stars","points":1}}]}],
             "tiers":{"period":{"calendar":"year"},"downgrade":{"to":"qualified","graceDays":0},
              "levels":[{"id":"bronze"},{"id":"gold","name":{"en":"Gold"},"qualify":{"spend":"1000.00"},
               "benefits":[{"kind":"support"}]}]},
             "activities":{
              "visit":{"earn":[{"wallet":"points","points":1}]},
              "review":{"earn":[{"wallet":"points","points":20},{"wallet":"cashback","amount":"0.50"}],
               "limits":[{"times":1,"per":"day"}],"verified":true,"when":{"birthday":{"before":0,"after":0}}}},
             "segments":["vip"],
             "refunds":{"shortfall":{"policy":"debt"}},
             "referral":{"referrerPoints":500,"refereePoints":300,"minimumOrder":"20.00"}}""";

    /** With a return window of 14 days. */
    static final String WITH_WINDOW =
            Json.with(Json.read(SIMPLE), "/pending/days", "14").toString();

    private Rules() {}

    static String simpleWith(String pointer, String value) {
        return Json.with(Json.read(SIMPLE), pointer, value).toString();
    }

    static String clubWith(String pointer, String value) {
        return Json.with(Json.read(CLUB), pointer, value).toString();
    }
}
