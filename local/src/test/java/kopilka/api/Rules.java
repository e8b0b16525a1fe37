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

    /** With a return window of 14 days. */
    static final String WITH_WINDOW =
            Json.with(Json.read(SIMPLE), "/pending/days", "14").toString();

    private Rules() {}

    static String simpleWith(String pointer, String value) {
        return Json.with(Json.read(SIMPLE), pointer, value).toString();
    }
}
