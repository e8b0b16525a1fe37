package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;

/** Every write of the API, and what must be so before it. */
enum Write {
    ENROL,
    CLOSE,
    PROFILE,
    ACTIVITY,
    PLACED,
    PAID,
    DELIVERED,
    CANCELLED,
    REFUND,
    HOLD,
    CAPTURE,
    VOID,
    CODE,
    ATTACH,
    PUBLISH,
    RESTORE,
    ISSUE_KEY,
    REVOKE_KEY;

    /** A write that can be sent, and what comes of it. */
    record Prepared(Write write, Shop shop, String member, Call call, int version) {
        /** Asserts that it was done, and done once. */
        void isDoneOnce() {
            switch (write) {
                case PUBLISH, RESTORE ->
                    assertThat(shop.send(Endpoint.READ_PROGRAM.call()).is(200).number("/version"))
                            .isEqualTo(version + 1);
                case ISSUE_KEY -> assertThat(keysOf("shop-" + member)).isEqualTo(1);
                case REVOKE_KEY -> assertThat(keysOf("shop-" + member)).isZero();
                case ENROL,
                        CLOSE,
                        PROFILE,
                        ACTIVITY,
                        PLACED,
                        PAID,
                        DELIVERED,
                        CANCELLED,
                        REFUND,
                        HOLD,
                        CAPTURE,
                        VOID,
                        CODE,
                        ATTACH -> {
                    String account = write == ATTACH ? "new-" + member : member;
                    assertThat(shop.sequence(account))
                            .as("postings of %s", write)
                            .isEqualTo(write.postings());
                    shop.isSound(account);
                }
            }
        }

        /** How many live keys a shop of the program has. */
        int keysOf(String owner) {
            return shop.send(Endpoint.LIST_KEYS.call().query("shop", owner))
                    .is(200)
                    .json()
                    .path("keys")
                    .size();
        }
    }

    /** The program of a shop in which it can be done. */
    String rules() {
        return switch (this) {
            case ACTIVITY -> Rules.CLUB;
            case ENROL,
                    CLOSE,
                    PROFILE,
                    PLACED,
                    PAID,
                    DELIVERED,
                    CANCELLED,
                    REFUND,
                    HOLD,
                    CAPTURE,
                    VOID,
                    CODE,
                    ATTACH,
                    PUBLISH,
                    RESTORE,
                    ISSUE_KEY,
                    REVOKE_KEY -> Rules.SIMPLE;
        };
    }

    /**
     * Brings about all that the write needs. Its request has an {@code Idempotency-Key} where one counts.
     *
     * @param member an id that was not used in this shop before
     */
    Prepared prepare(Shop shop, String member) {
        if (postings() > 1) {
            shop.enrol(member);
        }
        int version = this == PUBLISH || this == RESTORE
                ? (int) shop.send(Endpoint.READ_PROGRAM.call()).is(200).number("/version")
                : 0;
        Call call = call(shop, member, version);
        return new Prepared(
                this,
                shop,
                member,
                call.endpoint().isReplayed() ? call.header("Idempotency-Key", "key-of-" + member) : call,
                version);
    }

    private Call call(Shop shop, String member, int version) {
        String order = "order-" + member;
        String hold = "hold-" + member;
        return switch (this) {
            case ENROL -> Endpoint.ENROL.call().at("member", member);
            case CLOSE -> {
                shop.pays(member, order, "70.00");
                yield Shop.close(member);
            }
            case PROFILE -> Endpoint.PROFILE.call().at("member", member);
            case ACTIVITY -> Shop.activity(member, "activity-" + member, "visit", shop.now());
            case PLACED -> Orders.placed(order, member, "70.00", shop.now());
            case PAID -> Orders.paid(order, member, "70.00", shop.now());
            case DELIVERED -> {
                shop.pays(member, order, "70.00");
                yield Orders.delivered(order, member, shop.now());
            }
            case CANCELLED -> {
                shop.pays(member, order, "70.00");
                yield Orders.cancelled(order, member, shop.now());
            }
            case REFUND -> {
                shop.pays(member, order, "70.00");
                yield Orders.refund(order, "refund-" + member, member, "20.00", shop.now());
            }
            case HOLD -> {
                shop.pays(member, order, "500.00");
                yield Shop.hold(member, hold, 200);
            }
            case CAPTURE -> {
                shop.pays(member, order, "500.00");
                shop.holds(member, hold, 200);
                yield Shop.capture(member, hold).changed("/points", "150");
            }
            case VOID -> {
                shop.pays(member, order, "500.00");
                shop.holds(member, hold, 200);
                yield Shop.voidOf(member, hold);
            }
            case CODE -> Endpoint.CODE.call().body("{\"member\":\"" + member + "\"}");
            case ATTACH -> {
                // The referrer was there before.
                shop.wait(Duration.ofSeconds(1));
                String newcomer = "new-" + member;
                String code = shop.codeOf(member);
                shop.enrol(newcomer);
                yield Shop.attach(newcomer, code);
            }
            case PUBLISH ->
                Endpoint.PUBLISH
                        .call()
                        .header("If-Match", "\"" + version + "\"")
                        .changed("/name", "\"Of " + member + "\"");
            case RESTORE -> Endpoint.RESTORE.call().header("If-Match", "\"" + version + "\"");
            case ISSUE_KEY -> Endpoint.ISSUE_KEY.call().changed("/shop", "\"shop-" + member + "\"");
            case REVOKE_KEY ->
                Endpoint.REVOKE_KEY
                        .call()
                        .at(
                                "key",
                                shop.keyWith("shop-" + member, Set.of("program:read"))
                                        .substring(4, 16));
        };
    }

    /** Whether it goes to the queue where the ledger cannot take it. */
    boolean isQueued() {
        return switch (this) {
            case PLACED, PAID, DELIVERED, CANCELLED, REFUND -> true;
            case ENROL,
                    CLOSE,
                    PROFILE,
                    ACTIVITY,
                    HOLD,
                    CAPTURE,
                    VOID,
                    CODE,
                    ATTACH,
                    PUBLISH,
                    RESTORE,
                    ISSUE_KEY,
                    REVOKE_KEY -> false;
        };
    }

    /** How many postings of the member's account there are when it was done once. */
    long postings() {
        return switch (this) {
            case ENROL -> 1;
            case PROFILE, ACTIVITY, PLACED, PAID, CODE, ATTACH -> 2;
            case CLOSE, DELIVERED, CANCELLED, REFUND, HOLD -> 3;
            case CAPTURE, VOID -> 4;
            case PUBLISH, RESTORE, ISSUE_KEY, REVOKE_KEY -> 0;
        };
    }
}
