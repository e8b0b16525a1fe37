package kopilka.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;
import org.jspecify.annotations.Nullable;

/** What must hold of template.yaml. Each rule tells what breaks it, by the place. */
enum TemplateRules {
    NO_ROLE_HAS_A_WILDCARD,
    NO_ROLE_COMES_FROM_ELSEWHERE,
    POSTINGS_ARE_ONLY_APPENDED,
    THE_AUDIT_ONLY_READS,
    A_QUOTE_ONLY_READS,
    THE_AUDIT_IS_HEARD,
    A_FUNCTION_HAS_A_ROLE_OF_ITS_OWN,
    A_FUNCTION_HAS_LOGS_THAT_END,
    A_FUNCTION_RUNS_ON_ARM_FROM_A_SNAPSHOT,
    A_FUNCTION_IS_WATCHED,
    A_TABLE_IS_KEPT_SAFE,
    A_QUEUE_SETS_ASIDE_WHAT_FAILS,
    BATCHES_REPORT_WHAT_FAILED,
    THE_API_IS_GUARDED;

    /** X-Ray's actions know no resources, so AWS's own policy stands for them; it allows nothing but to write traces. */
    private static final String TRACING = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";

    private static final Set<String> APPENDING = Set.of(
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams");

    private static final Set<String> READING = Set.of(
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:Scan");

    /** What breaks the rule, each by its place; empty if it holds. */
    List<String> violations(Template template) {
        return switch (this) {
            case NO_ROLE_HAS_A_WILDCARD -> wildcards(template);
            case NO_ROLE_COMES_FROM_ELSEWHERE -> foreignRoles(template);
            case POSTINGS_ARE_ONLY_APPENDED -> postings(template);
            case THE_AUDIT_ONLY_READS -> beyondReading(template, "AuditRole");
            case A_QUOTE_ONLY_READS -> beyondReading(template, "QuotesRole");
            case THE_AUDIT_IS_HEARD -> auditAlarms(template);
            case A_FUNCTION_HAS_A_ROLE_OF_ITS_OWN -> ownRoles(template);
            case A_FUNCTION_HAS_LOGS_THAT_END -> ownLogs(template);
            case A_FUNCTION_RUNS_ON_ARM_FROM_A_SNAPSHOT -> runtime(template);
            case A_FUNCTION_IS_WATCHED -> watchedFunctions(template);
            case A_TABLE_IS_KEPT_SAFE -> tables(template);
            case A_QUEUE_SETS_ASIDE_WHAT_FAILS -> queues(template);
            case BATCHES_REPORT_WHAT_FAILED -> batches(template);
            case THE_API_IS_GUARDED -> api(template);
        };
    }

    private static List<String> wildcards(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource resource : template.resources()) {
            switch (resource.type()) {
                case "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> {
                    stars(resource.declaration().raw("Properties"), resource.id(), found);
                    for (Section policy : resource.properties().sections("Policies")) {
                        for (Section statement :
                                policy.section("PolicyDocument").sections("Statement")) {
                            for (String unbounded : List.of("NotAction", "NotResource", "NotPrincipal")) {
                                if (statement.has(unbounded)) {
                                    found.add(statement.place() + "." + unbounded);
                                }
                            }
                        }
                    }
                }
                default -> {}
            }
        }
        return found;
    }

    private static void stars(@Nullable Object value, String place, List<String> found) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((name, inner) -> stars(inner, place + "." + name, found));
            case List<?> list -> list.forEach(inner -> stars(inner, place + "[]", found));
            case String text when text.contains("*") -> found.add(place + ": " + text);
            case null, default -> {}
        }
    }

    /** SAM writes a role for a function without one, and AWS's policies are full of wildcards. */
    private static List<String> foreignRoles(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource role : template.resources("AWS::IAM::Role")) {
            role.properties().texts("ManagedPolicyArns").stream()
                    .filter(policy -> !policy.equals(TRACING))
                    .forEach(policy -> found.add(role.id() + ": " + policy));
        }
        for (Resource function : functions(template)) {
            Section properties = template.functionProperties(function);
            if (properties.has("Policies") || !properties.has("Role")) {
                found.add(properties.place());
            }
        }
        return found;
    }

    private static List<String> postings(Template template) {
        List<String> found = new ArrayList<>();
        String table = "arn:aws:dynamodb:" + Template.REGION + ":" + Template.ACCOUNT + ":table/"
                + template.nameOf(template.resource("PostingsTable"));
        for (Resource role : template.resources("AWS::IAM::Role")) {
            for (Section policy : role.properties().sections("Policies")) {
                for (Section statement : policy.section("PolicyDocument").sections("Statement")) {
                    boolean postings = statement.texts("Resource").stream()
                            .anyMatch(resource -> resource.equals("*")
                                    || resource.startsWith(table)
                                    || (resource.endsWith("*")
                                            && table.startsWith(resource.substring(0, resource.length() - 1))));
                    if (postings && !APPENDING.containsAll(statement.texts("Action"))) {
                        found.add(statement.place());
                    }
                }
            }
        }
        return found;
    }

    private static List<String> beyondReading(Template template, String role) {
        List<String> found = new ArrayList<>();
        for (Section policy : template.resource(role).properties().sections("Policies")) {
            for (Section statement : policy.section("PolicyDocument").sections("Statement")) {
                if (!READING.containsAll(statement.texts("Action"))) {
                    found.add(statement.place());
                }
            }
        }
        return found;
    }

    /** An alarm for what an audit finds, and one for an audit that does not take place. */
    private static List<String> auditAlarms(Template template) {
        List<String> found = new ArrayList<>();
        String function = template.nameOf(template.resource("AuditFunction"));
        alarm(template, "Kopilka", "AuditFindings", function)
                .filter(alarm -> compares(alarm, "GreaterThanOrEqualToThreshold", "notBreaching"))
                .ifPresentOrElse(alarm -> {}, () -> found.add("no alarm on findings"));
        alarm(template, "Kopilka", "AuditedAccounts", function)
                .filter(alarm -> compares(alarm, "LessThanThreshold", "breaching"))
                .filter(alarm -> alarm.number("Period") * alarm.number("EvaluationPeriods") >= 24 * 60 * 60)
                .ifPresentOrElse(alarm -> {}, () -> found.add("no alarm on an audit that does not take place"));
        return found;
    }

    private static boolean compares(Section alarm, String comparison, String missing) {
        return alarm.number("Threshold") == 1
                && alarm.text("Statistic").equals("Sum")
                && alarm.text("ComparisonOperator").equals(comparison)
                && alarm.text("TreatMissingData").equals(missing);
    }

    private static List<String> ownRoles(Template template) {
        List<String> found = new ArrayList<>();
        Map<String, String> users = new HashMap<>();
        for (Resource function : functions(template)) {
            String role = template.functionProperties(function).textOr("Role", "none");
            String other = users.put(role, function.id());
            if (other != null || role.equals("none")) {
                found.add(function.id() + " has the role of " + other);
            }
        }
        return found;
    }

    private static List<String> ownLogs(Template template) {
        List<String> found = new ArrayList<>();
        Map<String, Resource> groups = new HashMap<>();
        template.resources("AWS::Logs::LogGroup").forEach(group -> groups.put(template.nameOf(group), group));
        groups.values().stream()
                .filter(group -> !group.properties().has("RetentionInDays"))
                .forEach(group -> found.add(group.id() + " keeps logs for ever"));
        Map<String, String> users = new HashMap<>();
        for (Resource function : functions(template)) {
            Section logging = template.functionProperties(function).sectionOrEmpty("LoggingConfig");
            String group = logging.textOr("LogGroup", "none");
            if (!groups.containsKey(group) || users.put(group, function.id()) != null) {
                found.add(function.id() + " has no log group of its own");
            }
            if (!logging.textOr("LogFormat", "").equals("JSON")) {
                found.add(logging.place() + " is not JSON");
            }
        }
        return found;
    }

    private static List<String> runtime(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource function : functions(template)) {
            Section properties = template.functionProperties(function);
            boolean right = properties.texts("Architectures").equals(List.of("arm64"))
                    && properties.textOr("Runtime", "").startsWith("java")
                    && properties.has("Tracing")
                    && properties
                            .sectionOrEmpty("SnapStart")
                            .textOr("ApplyOn", "")
                            .equals("PublishedVersions")
                    && properties.has("AutoPublishAlias");
            String name = function.id().substring(0, function.id().length() - "Function".length());
            String module = name.toLowerCase(java.util.Locale.ROOT);
            if (!right
                    || !properties.textOr("CodeUri", "").equals("functions/" + module + "/target/" + module + ".jar")
                    || !properties
                            .textOr("Handler", "")
                            .equals("kopilka.function." + module + "." + name + "Function::handleRequest")) {
                found.add(properties.place());
            }
        }
        return found;
    }

    private static List<String> watchedFunctions(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource function : functions(template)) {
            for (String metric : List.of("Errors", "Throttles")) {
                if (!watched(template, "AWS/Lambda", metric, template.nameOf(function))) {
                    found.add(function.id() + " has no alarm on " + metric);
                }
            }
        }
        return found;
    }

    private static List<String> tables(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource table : template.resources("AWS::DynamoDB::Table")) {
            Section properties = table.properties();
            boolean safe = properties.textOr("BillingMode", "").equals("PAY_PER_REQUEST")
                    && properties.flagOr("DeletionProtectionEnabled", false)
                    && properties.sectionOrEmpty("SSESpecification").flagOr("SSEEnabled", false)
                    && properties
                            .sectionOrEmpty("PointInTimeRecoverySpecification")
                            .flagOr("PointInTimeRecoveryEnabled", false)
                    && table.declaration().textOr("DeletionPolicy", "").equals("Retain")
                    && table.declaration().textOr("UpdateReplacePolicy", "").equals("Retain");
            if (!safe) {
                found.add(table.id());
            }
        }
        return found;
    }

    private static List<String> queues(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource queue : template.resources("AWS::SQS::Queue")) {
            Section properties = queue.properties();
            boolean last = queue.id().endsWith("DeadLetters");
            if (!properties.flagOr("SqsManagedSseEnabled", false)) {
                found.add(queue.id() + " is not encrypted");
            }
            if (!last && !properties.has("RedrivePolicy")) {
                found.add(queue.id() + " tries for ever");
            }
            if (last && !watched(template, "AWS/SQS", "ApproximateNumberOfMessagesVisible", template.nameOf(queue))) {
                found.add(queue.id() + " has no alarm");
            }
        }
        return found;
    }

    private static List<String> batches(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource function : functions(template)) {
            Section properties = template.functionProperties(function);
            Section events = properties.sectionOrEmpty("Events");
            for (String name : events.names()) {
                Section event = events.section(name).sectionOrEmpty("Properties");
                boolean reports = event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures");
                switch (events.section(name).text("Type")) {
                    case "SQS" -> {
                        String arn = event.text("Queue");
                        int visible = template.resources("AWS::SQS::Queue").stream()
                                .filter(queue -> arn.endsWith(":" + template.nameOf(queue)))
                                .mapToInt(queue -> queue.properties().numberOr("VisibilityTimeout", 30))
                                .findFirst()
                                .orElse(0);
                        // What Lambda asks for, so that no message comes again while it is worked on.
                        if (!reports || visible < 6 * properties.number("Timeout")) {
                            found.add(event.place());
                        }
                    }
                    case "DynamoDB" -> {
                        if (!reports
                                || !event.flagOr("BisectBatchOnFunctionError", false)
                                || event.numberOr("MaximumRetryAttempts", -1) < 0
                                || !event.sectionOrEmpty("DestinationConfig").has("OnFailure")) {
                            found.add(event.place());
                        }
                    }
                    default -> {}
                }
            }
        }
        return found;
    }

    private static List<String> api(Template template) {
        List<String> found = new ArrayList<>();
        for (Resource resource : template.resources("AWS::Serverless::HttpApi")) {
            Section api = resource.properties();
            Section auth = api.sectionOrEmpty("Auth");
            int remembered = auth.sectionOrEmpty("Authorizers")
                    .sectionOrEmpty(auth.textOr("DefaultAuthorizer", ""))
                    .sectionOrEmpty("Identity")
                    .numberOr("ReauthorizeEvery", Integer.MAX_VALUE);
            if (remembered > 60
                    || !api.sectionOrEmpty("AccessLogSettings").has("Format")
                    || !api.sectionOrEmpty("DefaultRouteSettings").has("ThrottlingRateLimit")
                    || !api.sectionOrEmpty("DefaultRouteSettings").has("ThrottlingBurstLimit")
                    || api.has("CorsConfiguration")) {
                found.add(api.place());
            }
        }
        for (Resource function : functions(template)) {
            Section events = template.functionProperties(function).sectionOrEmpty("Events");
            for (String name : events.names()) {
                if (events.section(name).sectionOrEmpty("Properties").has("Auth")) {
                    found.add(events.section(name).place() + " has an authorization of its own");
                }
            }
        }
        return found;
    }

    private static boolean watched(Template template, String namespace, String metric, String name) {
        return alarm(template, namespace, metric, name).isPresent();
    }

    private static Optional<Section> alarm(Template template, String namespace, String metric, String name) {
        return template.resources("AWS::CloudWatch::Alarm").stream()
                .map(Resource::properties)
                .filter(alarm -> alarm.textOr("Namespace", "").equals(namespace)
                        && alarm.textOr("MetricName", "").equals(metric)
                        && alarm.sections("Dimensions").stream()
                                .anyMatch(dimension -> dimension.text("Value").equals(name)))
                .findFirst();
    }

    private static List<Resource> functions(Template template) {
        return template.resources("AWS::Serverless::Function");
    }
}
