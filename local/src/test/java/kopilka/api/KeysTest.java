package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API keys: issued once, two live for each shop, revoked for good. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class KeysTest {
    private final LocalCloud cloud;
    private final Shop shop;

    KeysTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    private static String idOf(String key) {
        return key.substring(4, 16);
    }

    private Reply revoke(String key) {
        return shop.send(Endpoint.REVOKE_KEY.call().at("key", idOf(key)));
    }

    @Test
    void a_revoked_key_is_answered_401_as_soon_as_the_gateway_asks_again() {
        String key = shop.keyWith("till", Set.of("program:read"));
        Api till = shop.api().with(key);
        till.send(Endpoint.READ_PROGRAM.call()).is(200);

        revoke(key).is(204);
        // The gateway remembers what it was told for as long as the template says: 60 seconds.
        till.send(Endpoint.READ_PROGRAM.call()).is(200);
        cloud.forgetAuthorizations();
        till.send(Endpoint.READ_PROGRAM.call()).is(401, "unauthenticated");
        assertThat(shop.send(Endpoint.LIST_KEYS.call().query("shop", "till"))
                        .is(200)
                        .json()
                        .path("keys"))
                .isEmpty();
    }

    @Test
    void revoking_again_is_answered_the_same() {
        String key = shop.keyWith("till", Set.of("program:read"));
        revoke(key).is(204);
        revoke(key).is(204);
        shop.send(Endpoint.REVOKE_KEY.call().at("key", "000000000000")).is(404, "key_not_found");
    }

    @Test
    void a_shop_rotates_between_two_live_keys() {
        String first = shop.keyWith("till", Set.of("program:read"));
        String second = shop.keyWith("till", Set.of("program:read"));
        Call third = Endpoint.ISSUE_KEY.call().changed("/shop", "\"till\"");
        assertThat(shop.send(third).is(409, "too_many_keys").number("/maximum")).isEqualTo(2);
        shop.api().with(first).send(Endpoint.READ_PROGRAM.call()).is(200);
        shop.api().with(second).send(Endpoint.READ_PROGRAM.call()).is(200);
        revoke(first).is(204);
        shop.send(third).is(201);
        shop.api().with(second).send(Endpoint.READ_PROGRAM.call()).is(200);
    }

    @Test
    void nobody_hands_on_a_scope_that_one_lacks() {
        String key = shop.keyWith("clerk", Set.of("keys:write", "members:read"));
        Reply reply = shop.api()
                .with(key)
                .send(Endpoint.ISSUE_KEY.call().changed("/scopes", "[\"members:read\",\"program:write\"]"))
                .is(403, "missing_scope");
        assertThat(reply.string("/scope")).isEqualTo("program:write");
    }

    @Test
    void a_list_shows_keys_without_their_secrets() {
        String key = shop.keyWith("till", Set.of("members:read", "orders:write"));
        Reply list = shop.send(Endpoint.LIST_KEYS.call().query("shop", "till")).is(200);
        assertThat(list.string("/keys/0/id")).isEqualTo(idOf(key));
        assertThat(list.text()).doesNotContain(key.substring(17));
        assertThat(shop.send(Endpoint.LIST_KEYS.call()).is(200).string("/keys/0/shop"))
                .isEqualTo("main");
    }
}
