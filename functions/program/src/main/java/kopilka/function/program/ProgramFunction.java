package kopilka.function.program;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.dynamodb.ApiKey;
import kopilka.dynamodb.DynamoDbKeys;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.dynamodb.DynamoDbPrograms.Document;
import kopilka.dynamodb.DynamoDbPrograms.Head;
import kopilka.dynamodb.KeyId;
import kopilka.lambda.ApiKeyText;
import kopilka.lambda.Call;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.Platform;
import kopilka.lambda.Route;
import kopilka.lambda.StoredAnswers;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.http.Scope;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;

/**
 * Administers a program: its versions, and the keys of its shops. A program and its first key come by invoking the
 * function itself, which only the account's own administrators may.
 */
public final class ProgramFunction implements RequestStreamHandler {
    /** The shop that a program's first key belongs to, where the bootstrap names no other. */
    private static final String FIRST_SHOP = "main";

    private static final String VERSION = "version";

    private final Platform platform;
    private final DynamoDbPrograms programs;
    private final DynamoDbKeys keys;
    private final Entrance entrance;

    /** In AWS. */
    public ProgramFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public ProgramFunction(Platform platform) {
        this.platform = platform;
        this.programs = Engine.programs(platform);
        this.keys = new DynamoDbKeys(platform.dynamoDb(), platform.require("KEYS_TABLE"));
        ProgramVersions versions = new ProgramVersions(programs, platform.clock());
        this.entrance = Entrance.of(platform)
                .direct(this::bootstrap)
                .http(
                        StoredAnswers.of(platform),
                        Route.read("GET /v1/program", Scope.PROGRAM_READ, versions::newest)
                                .completedBy(ProgramVersions::tagged),
                        Route.read("GET /v1/program/rules", Scope.PROGRAM_READ, versions::rules)
                                .withQuery("language"),
                        Route.read("GET /v1/program/versions", Scope.PROGRAM_READ, versions::versions)
                                .withQuery(ProgramVersions.LIMIT, ProgramVersions.CURSOR),
                        Route.read("GET /v1/program/versions/{version}", Scope.PROGRAM_READ, versions::version)
                                .completedBy(ProgramVersions::tagged),
                        Route.read(
                                "GET /v1/program/versions/{version}/compare/{other}",
                                Scope.PROGRAM_READ,
                                versions::compare),
                        Route.write("POST /v1/program/validate", Scope.PROGRAM_READ, versions::validate)
                                .withBodyLimit(Route.DOCUMENT_LIMIT)
                                .notReplayed(),
                        Route.write("PUT /v1/program", Scope.PROGRAM_WRITE, versions::publish)
                                .withBodyLimit(Route.DOCUMENT_LIMIT)
                                .withQuery(ProgramVersions.EFFECTIVE_FROM)
                                .completedBy(ProgramVersions::tagged),
                        Route.write(
                                        "POST /v1/program/versions/{version}/restore",
                                        Scope.PROGRAM_WRITE,
                                        versions::restore)
                                .withQuery(ProgramVersions.EFFECTIVE_FROM)
                                .withBody(Route.BodyRule.OPTIONAL)
                                .completedBy(ProgramVersions::tagged),
                        Route.read("GET /v1/keys", Scope.KEYS_WRITE, this::listKeys)
                                .withQuery("shop"),
                        Route.write("POST /v1/keys", Scope.KEYS_WRITE, this::issueKey)
                                .notReplayed(),
                        Route.write("DELETE /v1/keys/{key}", Scope.KEYS_WRITE, this::revokeKey)
                                .withBody(Route.BodyRule.NONE));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private HttpResponse listKeys(Call call) {
        Fields parameters = call.parameters();
        Field<String> shop = parameters.optional(
                "shop", Decoder.identifier(), call.caller().shop().value());
        return Engine.answer(parameters.decoded(shop::get), wanted -> {
            List<ApiKey> live = keys.list(call.caller().program()).stream()
                    .filter(key -> key.shop().value().equals(wanted))
                    .toList();
            return HttpResponse.json(200, json -> json.objects("keys", live, ProgramFunction::describe));
        });
    }

    private static void describe(JsonWriter json, ApiKey key) {
        json.put("id", key.id().value())
                .put("shop", key.shop().value())
                .strings("scopes", key.scopes())
                .put("createdAt", key.createdAt());
    }

    private record AskedKey(ShopId shop, Set<Scope> scopes) {}

    private HttpResponse issueKey(Call call) {
        Fields fields = call.fields();
        Field<String> shop = fields.required("shop", Decoder.identifier());
        Map<String, Scope> all = Stream.of(Scope.values()).collect(Collectors.toMap(Scope::code, Function.identity()));
        Field<List<Scope>> scopes = fields.required(
                "scopes",
                Decoder.listOf(Decoder.oneOf(all), 1, all.size())
                        .where(
                                list -> Set.copyOf(list).size() == list.size(),
                                FieldError.Code.BAD_FORMAT,
                                "each scope stands once"));
        return Engine.answer(
                fields.decoded(() -> new AskedKey(new ShopId(shop.get()), Set.copyOf(scopes.get()))), asked -> {
                    // Nobody hands on a right that one does not have.
                    Optional<Scope> beyond = asked.scopes().stream()
                            .sorted()
                            .filter(scope -> !call.caller().may(scope))
                            .findFirst();
                    return beyond.map(scope -> Problem.of(ProblemCode.MISSING_SCOPE)
                                    .fact("scope", scope.code())
                                    .response())
                            .orElseGet(() -> issued(call.caller().program(), asked));
                });
    }

    private HttpResponse issued(ProgramId program, AskedKey asked) {
        return issue(program, asked)
                .map(issued -> HttpResponse.json(201, json -> {
                    json.put("key", issued.text().whole());
                    describe(json, issued.key());
                }))
                .orElseGet(() -> Problem.of(ProblemCode.TOO_MANY_KEYS)
                        .fact("maximum", DynamoDbKeys.LIVE_KEYS_OF_SHOP)
                        .response());
    }

    private record IssuedKey(ApiKeyText text, ApiKey key) {}

    /** Issues a key. Empty: the shop has enough. */
    private Optional<IssuedKey> issue(ProgramId program, AskedKey asked) {
        while (true) {
            ApiKeyText text = ApiKeyText.draw(platform.random());
            ApiKey key = new ApiKey(
                    text.id(),
                    program,
                    asked.shop(),
                    asked.scopes().stream().map(Scope::code).collect(Collectors.toCollection(TreeSet::new)),
                    ApiKey.hash(text.secret()),
                    platform.clock().instant(),
                    Optional.empty());
            switch (keys.issue(key)) {
                case DONE -> {
                    return Optional.of(new IssuedKey(text, key));
                }
                case TOO_MANY -> {
                    return Optional.empty();
                }
                case ID_TAKEN -> {
                    // Of 62 to the 12th ids one that was drawn before: another will not be.
                }
            }
        }
    }

    private HttpResponse revokeKey(Call call) {
        String id = call.request().pathParameters().getOrDefault("key", "");
        boolean known = ApiKeyText.isId(id)
                && keys.revoke(
                        call.caller().program(), new KeyId(id), platform.clock().instant());
        return known
                ? HttpResponse.noContent()
                : Problem.of(ProblemCode.KEY_NOT_FOUND).response();
    }

    /**
     * Creates a program with its first version and a key that may do everything: {@code {"bootstrap":{"program":"p",
     * "shop":"s","document":{...}}}}. A program that exists is left as it is, and a key issued all the same: where all keys
     * of a shop are lost, one of another name gets a key that can revoke them.
     */
    private JsonObject bootstrap(JsonObject event) {
        Fields fields = Fields.of(event);
        Field<Asked> asked = fields.required("bootstrap", Decoder.object(bootstrap -> {
            Field<String> program = bootstrap.required("program", Decoder.identifier());
            Field<String> shop = bootstrap.optional("shop", Decoder.identifier(), FIRST_SHOP);
            Field<JsonValue> document = bootstrap.required("document", Decoder.any());
            return bootstrap.decoded(
                    () -> new Asked(new ProgramId(program.get()), new ShopId(shop.get()), document.get()));
        }));
        return switch (fields.decoded(asked::get)) {
            case Decoded.Valid<Asked>(Asked valid) -> bootstrap(valid);
            case Decoded.Invalid<Asked>(List<FieldError> errors) -> refused(errors);
        };
    }

    private record Asked(ProgramId program, ShopId shop, JsonValue document) {}

    private JsonObject bootstrap(Asked asked) {
        List<FieldError> errors = new ArrayList<>(ProgramDocument.decode(
                        asked.document(), Place.BODY.child("bootstrap").child("document"))
                .errors());
        if (!errors.isEmpty() || !(asked.document() instanceof JsonObject document)) {
            return refused(errors);
        }
        Optional<Head> head = programs.head(asked.program());
        int version = head.map(Head::version)
                .orElseGet(() -> programs.put(
                                asked.program(),
                                0,
                                ProgramVersions.text(document),
                                platform.clock().instant())
                        .map(Document::version)
                        .orElse(1));
        return issue(asked.program(), new AskedKey(asked.shop(), Set.of(Scope.values())))
                .map(issued -> object(JsonWriter.object(
                        json -> json.put("program", asked.program().value())
                                .put(VERSION, version)
                                .put("created", head.isEmpty())
                                .put("shop", asked.shop().value())
                                .put("key", issued.text().whole()))))
                .orElseGet(() -> object(JsonWriter.object(
                        json -> json.put("program", asked.program().value())
                                .put(VERSION, version)
                                .put("created", head.isEmpty())
                                .put("shop", asked.shop().value())
                                .put("error", ProblemCode.TOO_MANY_KEYS.code()))));
    }

    private static JsonObject refused(List<FieldError> errors) {
        return object(JsonWriter.object(json -> json.objects("errors", errors, ProgramVersions::describe)));
    }

    private static JsonObject object(byte[] json) {
        return JsonReader.event(json) instanceof JsonReader.Read(JsonObject object) ? object : JsonObject.EMPTY;
    }
}
