package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A caller of the API. Each request and answer is held to the contract, and no answer says anything of the inside.
 *
 * @param url where the API answers
 * @param key the caller's key; empty: the caller has none
 */
record Api(URI url, Optional<String> key) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What no answer may show: the names of tables, indexes and code, and traces. */
    private static final Pattern INSIDE =
            Pattern.compile("[a-z]Table|Exception|kopilka\\.[a-z]+\\.[A-Z]|java\\.|\\bat [a-z.]+\\("
                    + "|dynamodb|sqs|ConditionalCheck|NullPointer|arn:aws");

    /** The same place, called with another key. */
    Api with(String other) {
        return new Api(url, Optional.of(other));
    }

    Api withoutKey() {
        return new Api(url, Optional.empty());
    }

    /** Sends a request that is well-formed. */
    Reply send(Call call) {
        Contract.request(call, "Bearer " + key.orElse("none"));
        return noFault(exchange(call));
    }

    /** Sends a request that is not meant to be well-formed. */
    Reply sendWrong(Call call) {
        return noFault(exchange(call));
    }

    /** Sends a request that is well-formed, while the system may be unable to answer. */
    Reply attempt(Call call) {
        Contract.request(call, "Bearer " + key.orElse("none"));
        return exchange(call);
    }

    private static Reply noFault(Reply reply) {
        assertThat(reply.status()).as("%s%n-> %s", reply.call(), reply.text()).isLessThan(500);
        return reply;
    }

    private Reply exchange(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + call.pathAndQuery()))
                .method(
                        call.endpoint().method(),
                        call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        key.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        call.allHeaders().forEach(request::header);
        HttpResponse<String> response;
        try {
            response = HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        Reply reply = new Reply(call, response.statusCode(), response.headers(), response.body());
        Contract.response(reply);
        if (reply.status() >= 400) {
            assertThat(INSIDE.matcher(reply.text()).find())
                    .as("says something of the inside: %s", reply.text())
                    .isFalse();
        }
        return reply;
    }
}
