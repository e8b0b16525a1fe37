package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that no string can hold: they are refused as they are, and never mended on the way. */
@ExtendWith(OneCloud.class)
class RawBytesTest {
    private final Shop shop;
    private final String url;

    RawBytesTest(LocalCloud cloud) {
        this.shop = Shop.open(cloud);
        this.url = cloud.url().toString();
    }

    static Stream<byte[]> not_utf_8() {
        return Stream.of(
                // A continuation without a start, an overlong slash, half of a surrogate pair, a byte that never
                // occurs.
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0xAF},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xFF});
    }

    @ParameterizedTest
    @MethodSource("not_utf_8")
    void a_body_that_is_not_utf_8_is_refused(byte[] wrong) throws IOException, InterruptedException {
        shop.enrol("anna");
        String key = shop.keyWith("raw-" + wrong.length + "-" + (wrong[0] & 0xFF), Set.of("members:write"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("{\"reason\":\"moved".getBytes(StandardCharsets.UTF_8));
        body.write(wrong);
        body.write("\"}".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/v1/members/anna/close"))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed_json");
        assertThat(shop.balance("anna").path("available").asLong()).isZero();
    }
}
