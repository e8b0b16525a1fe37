package kopilka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** template.yaml keeps its rules, and the reader of templates says what is wrong and where. */
class TemplateTest {
    private static final Path PROJECT = Path.of("../template.yaml");

    /** With all that may be there: roles have more where traces are wanted. */
    private static final Map<String, String> TRACED = Map.of("Tracing", "Active");

    @TempDir
    Path folder;

    // ------------------------------------------------------------------------------------------------ template.yaml

    @ParameterizedTest
    @EnumSource
    void the_project_keeps_every_rule(TemplateRules rule) {
        assertThat(rule.violations(Template.read(PROJECT))).isEmpty();
        assertThat(rule.violations(Template.read(PROJECT, TRACED))).isEmpty();
    }

    /** A build that has SAM at hand names the template that SAM made of ours; it is held to the rules of roles too. */
    @Test
    void the_expanded_template_keeps_the_rules_of_roles() {
        Optional.ofNullable(System.getProperty("kopilka.expanded"))
                .map(Path::of)
                .ifPresent(expanded -> {
                    Template template = Template.read(expanded);
                    assertThat(template.resources("AWS::IAM::Role"))
                            .as("SAM adds no role to those that are written out")
                            .hasSameSizeAs(template.resources("AWS::Lambda::Function"))
                            .isNotEmpty();
                    assertThat(TemplateRules.NO_ROLE_HAS_A_WILDCARD.violations(template))
                            .isEmpty();
                    assertThat(TemplateRules.NO_ROLE_COMES_FROM_ELSEWHERE.violations(template))
                            .isEmpty();
                    assertThat(TemplateRules.POSTINGS_ARE_ONLY_APPENDED.violations(template))
                            .isEmpty();
                });
    }

    /** A rule that finds nothing here would find nothing in the project either. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_ROLE_HAS_A_WILDCARD                 | - dynamodb:GetItem                       | - dynamodb:*
            NO_ROLE_HAS_A_WILDCARD                 | Resource: !GetAtt PostingsTable.Arn      | Resource: "*"
            NO_ROLE_HAS_A_WILDCARD                 | Resource: !GetAtt PostingsTable.Arn      | Resource: !Sub "${PostingsTable.Arn}/*"
            NO_ROLE_COMES_FROM_ELSEWHERE           | policy/AWSXRayDaemonWriteAccess          | policy/AmazonDynamoDBFullAccess
            NO_ROLE_COMES_FROM_ELSEWHERE           | Role: !GetAtt OrdersRole.Arn             | Policies: []
            POSTINGS_ARE_ONLY_APPENDED             | Sid: AppendPostings                      | dynamodb:UpdateItem
            POSTINGS_ARE_ONLY_APPENDED             | Sid: AppendPostings                      | dynamodb:DeleteItem
            POSTINGS_ARE_ONLY_APPENDED             | Sid: AppendPostings                      | dynamodb:BatchWriteItem
            THE_AUDIT_ONLY_READS                   | - dynamodb:Scan                          | - dynamodb:PutItem
            A_QUOTE_ONLY_READS                     | PolicyName: quotes                       | - dynamodb:PutItem
            THE_AUDIT_IS_HEARD                     | MetricName: AuditFindings                | MetricName: Findings
            THE_AUDIT_IS_HEARD                     | Period: 3600                             | Period: 60
            THE_AUDIT_IS_HEARD                     | TreatMissingData: breaching              | TreatMissingData: missing
            A_FUNCTION_HAS_A_ROLE_OF_ITS_OWN       | Role: !GetAtt OrdersRole.Arn             | Role: !GetAtt AccrualRole.Arn
            A_FUNCTION_HAS_LOGS_THAT_END           | RetentionInDays: !Ref LogRetentionDays   | LogGroupClass: STANDARD
            A_FUNCTION_HAS_LOGS_THAT_END           | LogGroup: !Ref OrdersLogs                | LogGroup: !Ref AccrualLogs
            A_FUNCTION_HAS_LOGS_THAT_END           | LogFormat: JSON                          | LogFormat: Text
            A_FUNCTION_RUNS_ON_ARM_FROM_A_SNAPSHOT | Architectures: [arm64]                   | Architectures: [x86_64]
            A_FUNCTION_RUNS_ON_ARM_FROM_A_SNAPSHOT | ApplyOn: PublishedVersions               | ApplyOn: None
            A_FUNCTION_RUNS_ON_ARM_FROM_A_SNAPSHOT | functions/orders/target/orders.jar       | functions/orders/target/classes
            A_FUNCTION_IS_WATCHED                  | MetricName: Errors                       | MetricName: Duration
            A_FUNCTION_IS_WATCHED                  | MetricName: Throttles                    | MetricName: Duration
            A_TABLE_IS_KEPT_SAFE                   | DeletionProtectionEnabled: true          | DeletionProtectionEnabled: false
            A_TABLE_IS_KEPT_SAFE                   | PointInTimeRecoveryEnabled: true         | PointInTimeRecoveryEnabled: false
            A_TABLE_IS_KEPT_SAFE                   | DeletionPolicy: Retain                   | DeletionPolicy: Delete
            A_TABLE_IS_KEPT_SAFE                   | SSEEnabled: true                         | SSEEnabled: false
            A_QUEUE_SETS_ASIDE_WHAT_FAILS          | SqsManagedSseEnabled: true               | SqsManagedSseEnabled: false
            A_QUEUE_SETS_ASIDE_WHAT_FAILS          | RedrivePolicy:                           | Unknown:
            A_QUEUE_SETS_ASIDE_WHAT_FAILS          | ApproximateNumberOfMessagesVisible       | NumberOfMessagesSent
            BATCHES_REPORT_WHAT_FAILED             | FunctionResponseTypes: [ReportBatchItemFailures] | FunctionResponseTypes: []
            BATCHES_REPORT_WHAT_FAILED             | VisibilityTimeout: 360                   | VisibilityTimeout: 60
            BATCHES_REPORT_WHAT_FAILED             | MaximumRetryAttempts: 10                 | MaximumRetryAttempts: -1
            THE_API_IS_GUARDED                     | ReauthorizeEvery: 60                     | ReauthorizeEvery: 300
            THE_API_IS_GUARDED                     | ThrottlingBurstLimit: !Ref RequestBurst  | DetailedMetrics: true
            THE_API_IS_GUARDED                     | Path: /v1/orders                         | {Path: /v1/orders, Auth: {Authorizer: NONE}}
            THE_API_IS_GUARDED                     | CorsConfiguration: !If                   | CorsConfiguration: {AllowOrigins: ["*"]}
            """)
    void every_rule_finds_the_mistake_planted_for_it(TemplateRules rule, String right, String wrong)
            throws IOException {
        String text = Files.readString(PROJECT);
        assertThat(text).contains(right);
        Path planted = folder.resolve("template.yaml");
        Files.writeString(planted, planted(text, right, wrong));

        assertThat(rule.violations(Template.read(planted, TRACED))).isNotEmpty();
    }

    private static String planted(String text, String right, String wrong) {
        if (wrong.startsWith("dynamodb:")) {
            return text.replaceFirst("(?s)(" + right + ".*?- )dynamodb:PutItem", "$1" + wrong);
        }
        if (right.startsWith("PolicyName")) {
            return text.replaceFirst("(?s)(" + right + ".*?)- dynamodb:GetItem", "$1" + wrong);
        }
        if (wrong.startsWith("{Path")) {
            return text.replaceFirst(
                    " {12}Path: /v1/orders\n", "            Path: /v1/orders\n            Auth: {Authorizer: NONE}\n");
        }
        if (wrong.startsWith("CorsConfiguration")) {
            return text.replaceFirst(
                    "(?s)CorsConfiguration: !If.*?DefaultRouteSettings",
                    "CorsConfiguration: {AllowOrigins: [\"*\"]}\n      DefaultRouteSettings");
        }
        return text.replaceFirst(java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong));
    }

    // ------------------------------------------------------------------------------------------------ the reader

    @Test
    void references_functions_and_conditions_are_resolved() throws IOException {
        Template template = read("""
                Parameters:
                  Stage: {Type: String, Default: dev}
                  Days: {Type: CommaDelimitedList, Default: "1, 2"}
                Conditions:
                  Live: !Or [!Equals [!Ref Stage, live], !And [!Condition Never, !Not [!Condition Never]]]
                  Never: !Equals [a, b]
                Mappings:
                  Sizes: {dev: {small: 3}}
                Resources:
                  Table: {Type: AWS::DynamoDB::Table}
                  Gone: {Type: AWS::SNS::Topic, Condition: Live}
                  Thing:
                    Type: Any::Thing
                    Properties:
                      Sub: !Sub "${Stage}-${Table}-${Table.Arn}-${!Literal}"
                      SubWith: !Sub ["${A}b", {A: !Ref Stage}]
                      Join: !Join [":", [a, !Ref Stage]]
                      Select: !Select [1, !Split [",", "x,y"]]
                      Map: !FindInMap [Sizes, !Ref Stage, small]
                      If: !If [Live, 1, !Ref AWS::Region]
                      Nothing: !If [Live, 1, !Ref AWS::NoValue]
                      List: !Ref Days
                      Long: {"Fn::GetAtt": [Table, StreamArn]}
                """, Map.of());
        Template.Section thing = template.resource("Thing").properties();

        assertThat(thing.text("Sub"))
                .isEqualTo("dev-Table-arn:aws:dynamodb:us-east-1:000000000000:table/Table-${Literal}");
        assertThat(thing.text("SubWith")).isEqualTo("devb");
        assertThat(thing.text("Join")).isEqualTo("a:dev");
        assertThat(thing.text("Select")).isEqualTo("y");
        assertThat(thing.number("Map")).isEqualTo(3);
        assertThat(thing.text("If")).isEqualTo("us-east-1");
        assertThat(thing.has("Nothing")).isFalse();
        assertThat(thing.texts("List")).containsExactly("1", "2");
        assertThat(thing.text("Long")).endsWith("table/Table/stream/local");
        assertThat(template.resources("AWS::SNS::Topic")).isEmpty();
    }

    @Test
    void a_parameter_may_have_another_value_than_its_default() throws IOException {
        String text = """
                Parameters:
                  Size: {Type: Number, Default: 3, MaxValue: 9}
                Resources: {}
                """;
        assertThat(read(text, Map.of("Size", "9")).resources()).isEmpty();
        assertThatThrownBy(() -> read(text, Map.of("Size", "10"))).hasMessageContaining("Parameters.Size");
        assertThatThrownBy(() -> read(text, Map.of("Sise", "1"))).hasMessageContaining("Parameters: there is no Sise");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A: {Type: X, Properties: {P: !Ref Nobody}}                    | template.yaml:2: Resources.A.Properties.P refers to Nobody, which is neither a parameter nor a resource
            A: {Type: X, Properties: {P: !GetAtt A.Size}}                 | template.yaml:2: Resources.A.Properties.P asks for A.Size, which the local run does not know
            A: {Type: X, Properties: {P: !Cidr [a, b]}}                   | template.yaml:2: Resources.A.Properties.P Fn::Cidr is a function that the local run does not know
            A: {Type: X, Properties: {P: !If [Some, a, b]}}               | template.yaml:2: Resources.A.Properties.P there is no condition Some
            A: {Type: X, Properties: {}}                                  | template.yaml:2: Resources.A.Properties.P is missing
            A: {Type: X, Properties: {P: 1, P: 2}}                        | template.yaml:2: Resources.A.Properties.P stands here twice
            A: &anchor {Type: X}                                          | template.yaml:2: Resources.A has an anchor, which CloudFormation does not take
            """)
    void a_mistake_is_told_with_its_place(String resource, String message) {
        assertThatThrownBy(() -> read("Resources:\n  " + resource, Map.of())
                        .resource("A")
                        .properties()
                        .text("P"))
                .isInstanceOf(Template.Mistake.class)
                .hasMessage(message);
    }

    @Test
    void what_is_no_template_is_refused() {
        assertThatThrownBy(() -> read("just a text", Map.of())).hasMessage("template.yaml: is not a template");
        assertThatThrownBy(() -> read("a: [", Map.of())).hasMessageStartingWith("template.yaml: ");
    }

    private Template read(String text, Map<String, String> parameters) throws IOException {
        Path file = folder.resolve("template.yaml");
        Files.writeString(file, text);
        return Template.read(file, parameters);
    }
}
