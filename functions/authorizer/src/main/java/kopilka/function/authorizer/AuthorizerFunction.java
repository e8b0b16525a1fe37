package kopilka.function.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import kopilka.dynamodb.ApiKey;
import kopilka.dynamodb.DynamoDbKeys;
import kopilka.lambda.ApiKeyText;
import kopilka.lambda.Entrance;
import kopilka.lambda.Platform;
import kopilka.lambda.http.Caller;

/**
 * Tells the gateway whose a key is. The gateway remembers the answer for a minute: for so long a revoked key may still be
 * let in.
 */
public final class AuthorizerFunction implements RequestStreamHandler {
    private final DynamoDbKeys keys;
    private final Entrance entrance;

    /** In AWS. */
    public AuthorizerFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public AuthorizerFunction(Platform platform) {
        this.keys = new DynamoDbKeys(platform.dynamoDb(), platform.require("KEYS_TABLE"));
        this.entrance = Entrance.of(platform).authorizer(this::callerOf);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private Optional<Caller> callerOf(String key) {
        return ApiKeyText.parse(key)
                .flatMap(told -> keys.find(told.id()).filter(known -> known.opensWith(told.secret())))
                .map(AuthorizerFunction::caller);
    }

    private static Caller caller(ApiKey key) {
        return new Caller(
                key.program(),
                key.shop(),
                ApiKeyText.scopes(key.scopes()),
                key.id().value());
    }
}
