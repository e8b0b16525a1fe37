package kopilka.function.program;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.dynamodb.DynamoDbPrograms.Document;
import kopilka.dynamodb.DynamoDbPrograms.Head;
import kopilka.dynamodb.DynamoDbPrograms.Publication;
import kopilka.dynamodb.DynamoDbPrograms.Start;
import kopilka.dynamodb.DynamoDbPrograms.State;
import kopilka.lambda.Call;
import kopilka.lambda.Engine;
import kopilka.lambda.http.Cursor;
import kopilka.lambda.http.EntityTag;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Differences;
import kopilka.lambda.json.Differences.Difference;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.json.Place;
import kopilka.lambda.telling.RuleSentences;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.lambda.wire.QuoteRequest;
import kopilka.program.Language;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;

/** Answers what is asked of the versions of a program: shows, compares, checks and publishes them. */
final class ProgramVersions {
    /** The query parameter that says since when a version is to hold. */
    static final String EFFECTIVE_FROM = "effectiveFrom";

    /** The query parameters of a page of versions. */
    static final String LIMIT = "limit";

    static final String CURSOR = "cursor";

    private static final String VERSION = "version";
    private static final String OTHER = "other";
    private static final String STATE = "state";
    private static final String DOCUMENT = "document";

    /** Versions of a page. */
    private static final int MAX_PAGE = 100;

    private static final long DEFAULT_PAGE = 50;

    /** How far ahead a version can be published: a leap year. */
    private static final Duration LONGEST_AHEAD = Duration.ofDays(366);

    private static final Decoder<Integer> NUMBER =
            Decoder.digits(1, 999_999_999).map(Long::intValue);

    private final DynamoDbPrograms programs;
    private final InstantSource clock;

    /** Answers from these programs, as they are at the clock's time. */
    ProgramVersions(DynamoDbPrograms programs, InstantSource clock) {
        this.programs = programs;
        this.clock = clock;
    }

    // ------------------------------------------------------------------------------------------------ reading

    /** {@code GET /v1/program}. */
    HttpResponse newest(Call call) {
        ProgramId program = call.caller().program();
        Head head = head(program);
        return programs.document(program, head.version())
                .map(newest -> answer(newest, head.state(newest.version(), clock.instant())))
                .orElseThrow(() -> new IllegalStateException("a version is listed that is not there"));
    }

    /** {@code GET /v1/program/rules}: the rules in force now, told to a member. */
    HttpResponse rules(Call call) {
        Fields parameters = call.parameters();
        Field<Language> language = parameters.optional("language", QuoteRequest.languages(), Language.EN);
        return Engine.answer(parameters.decoded(language::get), asked -> {
            ProgramVersion current = programs.at(call.caller().program(), clock.instant())
                    .orElseThrow(() -> new IllegalStateException("a key of a program that does not exist"));
            return HttpResponse.json(
                    200,
                    json -> json.put(VERSION, current.number())
                            .put("language", asked.code())
                            .put("name", current.rules().name())
                            .objects(
                                    "rules",
                                    RuleSentences.of(current.rules(), asked),
                                    (to, told) -> to.put("pointer", told.pointer())
                                            .put("title", told.title())
                                            .put("sentence", told.sentence())));
        });
    }

    private Head head(ProgramId program) {
        return programs.head(program)
                .orElseThrow(() -> new IllegalStateException("a key of a program that does not exist"));
    }

    /** {@code GET /v1/program/versions/{version}}. */
    HttpResponse version(Call call) {
        ProgramId program = call.caller().program();
        Fields parameters = call.parameters();
        Field<Integer> number = parameters.required(VERSION, NUMBER);
        return Engine.answer(
                parameters.decoded(number::get),
                version -> programs.document(program, version)
                        .map(found -> answer(found, head(program).state(version, clock.instant())))
                        .orElseGet(ProgramVersions::noVersion));
    }

    private static HttpResponse answer(Document document, State state) {
        return HttpResponse.json(
                200,
                json -> json.put(VERSION, document.version())
                        .put(EFFECTIVE_FROM, document.effectiveFrom())
                        .put(STATE, code(state))
                        .put(DOCUMENT, read(document)));
    }

    private static String code(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** An answer with the tag of the version that it shows, also where it is one that was remembered. */
    static HttpResponse tagged(HttpResponse answer) {
        // The answer is ours, and a document in it one level deeper than a body may be.
        if (answer.status() == 200
                && JsonReader.event(answer.body().bytes()) instanceof JsonReader.Read(JsonObject shown)
                && shown.member(VERSION).orElse(null) instanceof JsonNumber(String version)) {
            return answer.with("etag", new EntityTag(Integer.parseInt(version)).toString());
        }
        return answer;
    }

    private static JsonObject read(Document document) {
        if (JsonReader.body(document.text().getBytes(StandardCharsets.UTF_8))
                instanceof JsonReader.Read(JsonObject read)) {
            return read;
        }
        throw new IllegalStateException("a stored document is no JSON object");
    }

    private static HttpResponse noVersion() {
        return Problem.of(ProblemCode.VERSION_NOT_FOUND).response();
    }

    // ------------------------------------------------------------------------------------------------ listing

    private record Page(int before, int limit) {}

    /** {@code GET /v1/program/versions}. Reads the list of versions and none of them. */
    HttpResponse versions(Call call) {
        ProgramId program = call.caller().program();
        String list = "versions/" + program;
        Fields parameters = call.parameters();
        Field<Long> limit = parameters.optional(LIMIT, Decoder.digits(1, MAX_PAGE), DEFAULT_PAGE);
        Field<Optional<Cursor>> cursor = parameters.optional(CURSOR, Cursor.of(list));
        Decoded<Page> asked = parameters.decoded(() -> new Page(
                cursor.get().map(Cursor::position).map(Integer::parseInt).orElse(Integer.MAX_VALUE),
                limit.get().intValue()));
        return Engine.answer(asked, page -> page(head(program), page, list));
    }

    private HttpResponse page(Head head, Page page, String list) {
        Instant now = clock.instant();
        int newest = Math.min(head.version(), page.before() - 1);
        int oldest = Math.max(1, newest - page.limit() + 1);
        List<Integer> numbers = IntStream.iterate(newest, number -> number >= oldest, number -> number - 1)
                .boxed()
                .toList();
        return HttpResponse.json(200, json -> {
            json.objects(
                    "versions",
                    numbers,
                    (to, number) -> to.put(VERSION, number)
                            .put(EFFECTIVE_FROM, head.effectiveFrom().get(number - 1))
                            .put(STATE, code(head.state(number, now))));
            if (oldest > 1) {
                json.put("next", new Cursor(Integer.toString(oldest)).text(list));
            }
        });
    }

    // ------------------------------------------------------------------------------------------------ comparing

    private record Pair(int version, int other) {}

    /** {@code GET /v1/program/versions/{version}/compare/{other}}. */
    HttpResponse compare(Call call) {
        Fields parameters = call.parameters();
        Field<Integer> version = parameters.required(VERSION, NUMBER);
        Field<Integer> other = parameters.required(OTHER, NUMBER);
        Decoded<Pair> asked = parameters.decoded(() -> new Pair(version.get(), other.get()));
        return Engine.answer(asked, pair -> compare(call.caller().program(), pair));
    }

    private HttpResponse compare(ProgramId program, Pair pair) {
        Optional<Document> before = programs.document(program, pair.version());
        Optional<Document> after = programs.document(program, pair.other());
        if (before.isEmpty() || after.isEmpty()) {
            return noVersion();
        }
        Differences differences = ProgramDocument.differences(read(before.get()), read(after.get()));
        return HttpResponse.json(
                200,
                json -> json.put(VERSION, pair.version())
                        .put(OTHER, pair.other())
                        .objects("differences", differences.list(), ProgramVersions::describe)
                        .put("complete", differences.complete()));
    }

    private static void describe(JsonWriter json, Difference difference) {
        json.put("op", difference.op().code())
                .put("pointer", difference.pointer())
                .putIfPresent("before", difference.before(), JsonWriter::put)
                .putIfPresent("after", difference.after(), JsonWriter::put);
    }

    // ------------------------------------------------------------------------------------------------ checking

    /** {@code POST /v1/program/validate}. */
    HttpResponse validate(Call call) {
        ProgramDocument.Checked document = ProgramDocument.check(call.body(), Place.BODY);
        List<FieldError> errors = document.program().errors();
        return HttpResponse.json(
                200,
                json -> json.put("valid", errors.isEmpty())
                        .objects("errors", errors, ProgramVersions::describe)
                        .objects("warnings", document.warnings(), ProgramVersions::describe));
    }

    /** What is wrong with a document, at its place in it. */
    static void describe(JsonWriter json, FieldError error) {
        json.put("pointer", error.at()).put("code", error.code()).put("detail", error.detail());
    }

    // ------------------------------------------------------------------------------------------------ publishing

    /** What a new version is to follow, where the request says so, and since when it is to hold, where it does. */
    private record Successor(Optional<EntityTag> previous, Optional<Instant> effectiveFrom) {}

    private static Decoded<Successor> successor(Call call, Fields parameters) {
        Field<Optional<Instant>> from = parameters.optional(EFFECTIVE_FROM, Decoder.instant());
        return parameters
                .decoded(from::get)
                .and(EntityTag.ifMatch(call.request().headers()), (moment, tag) -> new Successor(tag, moment));
    }

    /** {@code PUT /v1/program}. */
    HttpResponse publish(Call call) {
        return Engine.answer(
                successor(call, call.parameters()), asked -> publish(call, asked, () -> Optional.of(call.body())));
    }

    /** {@code POST /v1/program/versions/{version}/restore}. */
    HttpResponse restore(Call call) {
        Fields parameters = call.parameters();
        Field<Integer> version = parameters.required(VERSION, NUMBER);
        Decoded<Successor> asked =
                successor(call, parameters).and(call.fields().decoded(call::body), (successor, nothing) -> successor);
        return Engine.answer(
                asked,
                successor -> publish(
                        call,
                        successor,
                        () -> programs.document(call.caller().program(), version.get())
                                .map(ProgramVersions::read)));
    }

    private HttpResponse publish(Call call, Successor asked, Supplier<Optional<JsonObject>> document) {
        if (asked.previous().isEmpty()) {
            return Problem.of(ProblemCode.PRECONDITION_REQUIRED).response();
        }
        int previous = asked.previous().get().version();
        return document.get()
                .map(found -> publish(call.caller().program(), found, previous, start(asked.effectiveFrom())))
                .orElseGet(ProgramVersions::noVersion);
    }

    /** Every function knows the version within a minute: it then holds everywhere at once. */
    private Start start(Optional<Instant> asked) {
        Instant now = clock.instant();
        Instant soonest = now.plus(DynamoDbPrograms.KNOWN_AFTER);
        return asked.<Start>map(moment -> new Start.At(moment, soonest, now.plus(LONGEST_AHEAD)))
                .orElseGet(() -> new Start.NoSoonerThan(soonest));
    }

    private HttpResponse publish(ProgramId program, JsonObject document, int previous, Start start) {
        return switch (ProgramDocument.decode(document, Place.BODY)) {
            case Decoded.Invalid<Program>(List<FieldError> errors) -> invalid(errors);
            case Decoded.Valid<Program>(Program rules) -> {
                List<FieldError> changes = programs.version(program, previous)
                        .map(old -> ProgramDocument.unchangeable(old.rules(), rules, Place.BODY))
                        .orElse(List.of());
                yield changes.isEmpty()
                        ? published(programs.publish(program, previous, text(document), start))
                        : invalid(changes);
            }
        };
    }

    private HttpResponse published(Publication publication) {
        return switch (publication) {
            case Publication.Done(Document version) ->
                answer(version, version.effectiveFrom().isAfter(clock.instant()) ? State.FUTURE : State.CURRENT);
            case Publication.Outrun outrun ->
                Problem.of(ProblemCode.PRECONDITION_FAILED).response();
            case Publication.TooSoon(Instant earliest) ->
                untimely(ProblemCode.EFFECTIVE_TOO_SOON, "earliest", earliest);
            case Publication.TooLate(Instant latest) -> untimely(ProblemCode.EFFECTIVE_TOO_LATE, "latest", latest);
            case Publication.BeforePrevious(Instant previous) ->
                untimely(ProblemCode.EFFECTIVE_BEFORE_PREVIOUS, "earliest", previous);
        };
    }

    private static HttpResponse untimely(ProblemCode code, String bound, Instant moment) {
        return Problem.of(code)
                .fact("parameter", EFFECTIVE_FROM)
                .fact(bound, moment.toString())
                .response();
    }

    private static HttpResponse invalid(List<FieldError> errors) {
        return Problem.of(ProblemCode.INVALID_PROGRAM).errors(errors).response();
    }

    /** A document as it is stored. */
    static String text(JsonObject document) {
        return new String(JsonWriter.text(document), StandardCharsets.UTF_8);
    }
}
