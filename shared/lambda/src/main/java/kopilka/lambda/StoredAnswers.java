package kopilka.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kopilka.dynamodb.DynamoDbIdempotencyKeys;
import kopilka.lambda.http.Body;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.program.ProgramId;

/** Remembers answers in the table of accounts. */
public final class StoredAnswers implements Idempotency.Store {
    private final DynamoDbIdempotencyKeys keys;

    private StoredAnswers(DynamoDbIdempotencyKeys keys) {
        this.keys = keys;
    }

    /** The answers of a function that has the variable {@code ACCOUNTS_TABLE}. */
    public static StoredAnswers of(Platform platform) {
        return new StoredAnswers(new DynamoDbIdempotencyKeys(platform.dynamoDb(), platform.require("ACCOUNTS_TABLE")));
    }

    @Override
    public Optional<Idempotency.Remembered> find(ProgramId program, IdempotencyKey key) {
        return keys.find(program, key.hash()).map(StoredAnswers::remembered);
    }

    @Override
    public Idempotency.Remembered remember(ProgramId program, IdempotencyKey key, Idempotency.Remembered answer) {
        return remembered(keys.remember(
                program,
                key.hash(),
                new DynamoDbIdempotencyKeys.Remembered(
                        answer.fingerprint(),
                        answer.status(),
                        answer.body().map(body -> new String(body.bytes(), StandardCharsets.UTF_8)))));
    }

    private static Idempotency.Remembered remembered(DynamoDbIdempotencyKeys.Remembered stored) {
        return new Idempotency.Remembered(
                stored.fingerprint(),
                stored.status(),
                stored.body().map(text -> Body.of(text.getBytes(StandardCharsets.UTF_8))));
    }
}
