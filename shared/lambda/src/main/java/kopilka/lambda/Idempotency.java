package kopilka.lambda;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import kopilka.lambda.http.Body;
import kopilka.lambda.http.Caller;
import kopilka.lambda.http.HttpRequest;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.http.Sha256;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;
import kopilka.program.ProgramId;

/**
 * Gives a write that is sent again under the same {@code Idempotency-Key} the same answer, and refuses the key for
 * anything else.
 *
 * <p>The key is not what keeps an operation from taking effect twice: that is the operation's posting, which is
 * found by its business id. So an answer is remembered after the fact. Where a function dies between the two, the
 * retry runs again, the ledger answers the same from the posting, and that is remembered then. Two that run at once
 * are safe for the same reason: the first answer to be remembered is given to both, unless it was a refusal and the other
 * was done after all: then that is said, and remembered.
 *
 * <p>Only what is final is remembered: what was done, and what the ledger refused by its state (404, 409, 422). A body
 * that was wrong, a missing right, a system that was out of order, or an order that is still queued may turn out
 * otherwise next time.
 */
public final class Idempotency {
    /** Bytes of a body that are remembered. Of a longer answer only the request is: it is run again, which is safe. */
    public static final int MAX_BODY = 8 * 1024;

    private final Store store;
    private final Log log;

    public Idempotency(Store store, Log log) {
        this.store = store;
        this.log = log;
    }

    /** Where answers are remembered. Keys of one program never meet those of another. */
    public interface Store {
        /** What is remembered under a key. */
        Optional<Remembered> find(ProgramId program, IdempotencyKey key);

        /**
         * Remembers an answer unless there is one already, in one conditional write. What was done takes the place of a
         * refusal of the same request.
         *
         * @return what is remembered now: this answer, or the one that came first
         */
        Remembered remember(ProgramId program, IdempotencyKey key, Remembered answer);
    }

    /**
     * An answer and what it answered.
     *
     * @param fingerprint hash of the request's method, path, content and query
     * @param status the answer's status
     * @param body the answer's body; empty if it is too long to be kept
     */
    public record Remembered(String fingerprint, int status, Optional<Body> body) {}

    /**
     * Answers a request under a key: from memory, or by running it.
     *
     * @param body the request's body, as it was understood
     * @param personal whether that says something of a person
     * @param run does what is asked for; may be called although it was done before
     */
    HttpResponse answer(
            Caller caller,
            IdempotencyKey key,
            HttpRequest request,
            JsonObject body,
            boolean personal,
            Supplier<HttpResponse> run) {
        String fingerprint = fingerprint(request, body, personal ? Optional.of(key.salt()) : Optional.empty());
        Optional<Remembered> earlier = store.find(caller.program(), key);
        if (earlier.isPresent()) {
            if (!earlier.get().fingerprint().equals(fingerprint)) {
                return reused();
            }
            if (earlier.get().body().isPresent()) {
                return replay(earlier.get(), earlier.get().body().get());
            }
        }
        HttpResponse answer = run.get();
        return earlier.isPresent() || !isFinal(answer.status())
                ? answer
                : remembered(caller.program(), key, fingerprint, answer, request);
    }

    private HttpResponse remembered(
            ProgramId program, IdempotencyKey key, String fingerprint, HttpResponse answer, HttpRequest request) {
        Optional<Body> body = answer.body().size() <= MAX_BODY ? Optional.of(answer.body()) : Optional.empty();
        Remembered first;
        try {
            first = store.remember(program, key, new Remembered(fingerprint, answer.status(), body));
        } catch (RuntimeException e) {
            // What was asked for is decided: that nobody will remember the answer does not make it another one.
            log.warn("answer_not_remembered", request.requestId(), e);
            return answer;
        }
        if (!first.fingerprint().equals(fingerprint)) {
            // Another request took the key meanwhile. What has taken effect is said to have, whatever the key.
            return answer.status() < 300 ? answer : reused();
        }
        return first.body().map(theirs -> replay(first, theirs)).orElse(answer);
    }

    private static HttpResponse replay(Remembered remembered, Body body) {
        return body.isEmpty() && remembered.status() == 204
                ? HttpResponse.noContent()
                : HttpResponse.of(remembered.status(), body);
    }

    private static HttpResponse reused() {
        return Problem.of(ProblemCode.IDEMPOTENCY_KEY_REUSED)
                .header(IdempotencyKey.HEADER)
                .response();
    }

    /** 202 is both an order that waits, which is recorded, and one that is queued, which is not: neither is the end. */
    private static boolean isFinal(int status) {
        return (status >= 200 && status < 300 && status != 202) || status == 404 || status == 409 || status == 422;
    }

    private static String fingerprint(HttpRequest request, JsonObject body, Optional<String> salt) {
        Sha256 hash = new Sha256().part(request.method()).part(request.path()).part(JsonWriter.canonical(body));
        // Of a request without a query it is what it was before writes took one: a key outlives a release.
        new TreeMap<>(request.query()).forEach((name, value) -> hash.part(name).part(value));
        // There are 366 birthdays: a hash without it would tell which one.
        salt.ifPresent(hash::part);
        return hash.hex();
    }
}
