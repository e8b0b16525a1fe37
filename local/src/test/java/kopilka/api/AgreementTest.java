package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.earning.Earning;
import kopilka.lambda.Platform;
import kopilka.lambda.Route;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.http.Scope;
import kopilka.lambda.json.Differences;
import kopilka.ledger.Movement;
import kopilka.ledger.Reason;
import kopilka.local.LocalCloud;
import kopilka.local.Template;
import kopilka.order.OrderEventKind;
import kopilka.program.Benefit;
import kopilka.program.Language;
import kopilka.tiers.TierChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, the template, the functions and the guide say the same. */
@ExtendWith(OneCloud.class)
class AgreementTest {
    private static final JsonNode CONTRACT = Contract.read();

    /** Every operation of the contract by its route. */
    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : CONTRACT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (operation.getValue().has("operationId")) {
                    operations.put(
                            operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue());
                }
            }
        }
        return operations;
    }

    private static JsonNode operation(String route) {
        return Optional.ofNullable(operations().get(route)).orElseThrow();
    }

    private static Set<String> words(String pointer) {
        JsonNode values = CONTRACT.at(pointer);
        assertThat(values.isArray()).as(pointer).isTrue();
        Set<String> words = new TreeSet<>();
        values.forEach(value -> words.add(value.asText()));
        return words;
    }

    private static Set<String> codes(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // ------------------------------------------------------------------------------------------------ routes

    /** The routes of the template, each with the function behind it. */
    private static Map<String, String> routesOf(Template template) {
        Map<String, String> routes = new TreeMap<>();
        for (Template.Resource function : template.resources("AWS::Serverless::Function")) {
            Template.Section events = function.properties().sectionOrEmpty("Events");
            for (String name : events.names()) {
                Template.Section event = events.section(name);
                if (event.text("Type").equals("HttpApi")) {
                    Template.Section route = event.section("Properties");
                    routes.put(route.text("Method") + " " + route.text("Path"), function.id());
                }
            }
        }
        return routes;
    }

    /** The routes that a function answers, as it was built. */
    private static Set<Route> routesOf(LocalCloud cloud, String function) throws ReflectiveOperationException {
        String handler =
                cloud.template().resource(function).properties().text("Handler").split("::", 2)[0];
        Object made = Class.forName(handler)
                .getConstructor(Platform.class)
                .newInstance(new Platform(
                        cloud.environment(function), cloud.clock(), cloud.dynamoDb(), cloud::sqs, new SecureRandom()));
        Object http = field(field(made, "entrance"), "http");
        Set<Route> routes = new java.util.HashSet<>();
        ((Map<?, ?>) field(http, "routes")).values().forEach(route -> routes.add((Route) route));
        return routes;
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        Object value = field.get(owner);
        assertThat(value).as(name).isNotNull();
        return value;
    }

    @Test
    void contract_template_and_functions_have_the_same_routes(LocalCloud cloud) throws Exception {
        Map<String, String> routes = routesOf(cloud.template());
        assertThat(routes.keySet()).isEqualTo(operations().keySet());
        assertThat(routes.keySet())
                .isEqualTo(Endpoint.all().stream().map(Endpoint::route).collect(Collectors.toCollection(TreeSet::new)));
        for (String function : new TreeSet<>(routes.values())) {
            assertThat(routesOf(cloud, function).stream().map(Route::key))
                    .as(function)
                    .containsExactlyInAnyOrderElementsOf(routes.entrySet().stream()
                            .filter(route -> route.getValue().equals(function))
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }

    @Test
    void contract_and_functions_ask_for_the_same_scopes_and_parameters(LocalCloud cloud) throws Exception {
        for (String function : new TreeSet<>(routesOf(cloud.template()).values())) {
            for (Route route : routesOf(cloud, function)) {
                JsonNode operation = operation(route.key());
                assertThat(operation.at("/security/0/shopKey/0").asText())
                        .as(route.key())
                        .isEqualTo(route.scope().code());
                assertThat(operation.path("description").asText())
                        .as(route.key())
                        .contains("Scope `" + route.scope().code() + "`");
                List<String> query = new ArrayList<>();
                boolean key = false;
                for (JsonNode named : operation.path("parameters")) {
                    JsonNode parameter = resolved(named);
                    if (parameter.path("in").asText().equals("query")) {
                        query.add(parameter.path("name").asText());
                    }
                    key |= parameter.path("name").asText().equals(IdempotencyKey.HEADER);
                }
                assertThat(query).as(route.key()).containsExactlyInAnyOrderElementsOf(route.query());
                assertThat(key).as(route.key()).isEqualTo(route.replayed());
                assertThat(operation.has("requestBody")).as(route.key()).isEqualTo(route.body() != Route.BodyRule.NONE);
                if (operation.has("requestBody")) {
                    assertThat(operation.at("/requestBody/required").asBoolean())
                            .as(route.key())
                            .isEqualTo(route.body() == Route.BodyRule.REQUIRED);
                }
            }
        }
        for (Endpoint endpoint : Endpoint.all()) {
            assertThat(operation(endpoint.route()).at("/security/0/shopKey/0").asText())
                    .isEqualTo(endpoint.scope());
        }
        assertThat(words("/components/schemas/Scope/enum"))
                .isEqualTo(Stream.of(Scope.values()).map(Scope::code).collect(Collectors.toCollection(TreeSet::new)));
    }

    // ------------------------------------------------------------------------------------------------ words

    @Test
    void contract_and_functions_know_the_same_problems() {
        assertThat(words("/components/schemas/Problem/properties/code/enum")).isEqualTo(codes(ProblemCode.values()));
        assertThat(words("/components/schemas/Problem/properties/status/enum"))
                .isEqualTo(Stream.of(ProblemCode.values())
                        .map(code -> Integer.toString(code.status()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_is_in_the_guide_with_its_status(ProblemCode code) throws IOException {
        List<String> lines =
                Files.readAllLines(Contract.file().resolveSibling("docs").resolve("outcomes.md"));
        assertThat(lines)
                .anyMatch(line -> line.contains("`" + code.code() + "`") && line.contains(" " + code.status() + " |"));
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_is_an_answer_of_an_operation_of_the_contract(ProblemCode code) {
        String status = Integer.toString(code.status());
        assertThat(operations().values())
                .anyMatch(operation -> resolved(operation.path("responses").path(status))
                        .toString()
                        .contains("\"" + code.code() + "\""));
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : CONTRACT.at(reference.substring(1));
    }

    @Test
    void the_examples_of_problems_are_what_functions_answer() {
        int examples = 0;
        for (Map.Entry<String, JsonNode> example :
                CONTRACT.at("/components/examples").properties()) {
            JsonNode problem = example.getValue().path("value");
            if (problem.has("code")) {
                ProblemCode code =
                        ProblemCode.valueOf(problem.path("code").asText().toUpperCase(Locale.ROOT));
                assertThat(problem.path("type").asText()).isEqualTo(code.type());
                assertThat(problem.path("title").asText()).isEqualTo(code.title());
                assertThat(problem.path("status").asInt()).isEqualTo(code.status());
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(30);
    }

    @Test
    void the_examples_of_requests_are_well_formed() {
        int examples = 0;
        for (Endpoint endpoint : Endpoint.withBody()) {
            JsonNode content = operation(endpoint.route()).at("/requestBody/content/application~1json");
            List<JsonNode> bodies = new ArrayList<>();
            if (content.has("example")) {
                bodies.add(content.path("example"));
            }
            content.path("examples")
                    .forEach(example -> bodies.add(resolved(example).path("value")));
            assertThat(bodies).as(endpoint.route()).isNotEmpty();
            for (JsonNode body : bodies) {
                Contract.request(endpoint.call().body(body), "Bearer x");
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(10);
    }

    @Test
    void contract_and_ledger_use_the_same_words() {
        assertThat(words("/components/schemas/Movement/properties/kind/enum")).isEqualTo(codes(Movement.Kind.values()));
        assertThat(words("/components/schemas/Movement/properties/reason/enum")).isEqualTo(codes(Reason.values()));
        assertThat(words("/components/schemas/Exclusion/properties/what/enum"))
                .isEqualTo(codes(Earning.Excluded.What.values()));
        assertThat(words("/components/schemas/VersionState/enum")).isEqualTo(codes(DynamoDbPrograms.State.values()));
        assertThat(words("/components/schemas/Difference/properties/op/enum"))
                .isEqualTo(codes(Differences.Op.values()));
        assertThat(words("/components/schemas/TierChange/properties/reason/enum"))
                .isEqualTo(codes(TierChange.Reason.values()));
        assertThat(words("/components/schemas/GrantedBenefits/items/properties/kind/enum"))
                .isEqualTo(codes(Benefit.Kind.values()));
        assertThat(words("/components/schemas/Language/enum")).isEqualTo(codes(Language.values()));
        assertThat(words("/components/schemas/EventKind/enum"))
                .isEqualTo(Stream.of(OrderEventKind.values())
                        .map(OrderEventKind::code)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
