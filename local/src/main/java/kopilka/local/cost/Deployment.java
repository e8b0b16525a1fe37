package kopilka.local.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.local.Template;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;

/**
 * What {@code template.yaml} deploys that costs something by itself or decides what a request costs.
 *
 * @param memory MB of a function
 * @param traced whether functions record traces of their own accord
 * @param routeMetrics whether the API counts each route apart
 * @param alarms how many there are
 * @param logDays for how long logs are kept
 * @param accessLogBytes bytes of a usual line of the API's log
 * @param authorizerSeconds for how long the API remembers whose a key is
 * @param batchSeconds the longest that a sweep or an audit may take
 * @param queues queues that a function waits at
 * @param followsAll whether a function is invoked for each posting, and not just for those that concern it
 * @param keyedTables tables under a key of KMS
 * @param sweeps runs of the sweep in a month
 * @param audits runs of the audit in a month
 */
record Deployment(
        BigDecimal memory,
        boolean traced,
        boolean routeMetrics,
        int alarms,
        int logDays,
        int accessLogBytes,
        int authorizerSeconds,
        int batchSeconds,
        int queues,
        boolean followsAll,
        int keyedTables,
        BigDecimal sweeps,
        BigDecimal audits) {
    private static final Pattern VARIABLE = Pattern.compile("\\$context((?:\\.[A-Za-z]+)+)");

    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

    /** What stands in a usual line of the API's log, of a program and a shop with names of a usual length. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry(".requestId", "JKJaXmPLvHcESHA="),
            Map.entry(".requestTime", "26/Nov/2026:20:49:26 +0000"),
            Map.entry(".identity.sourceIp", "203.0.113.100"),
            Map.entry(".routeKey", "POST /v1/redemptions"),
            Map.entry(".status", "200"),
            Map.entry(".responseLength", "612"),
            Map.entry(".responseLatency", "28"),
            Map.entry(".integrationLatency", "24"),
            Map.entry(".authorizer.program", "demo-shop"),
            Map.entry(".authorizer.keyId", "EXAMPLEkey01"),
            Map.entry(".error.message", "-"),
            Map.entry(".integrationErrorMessage", "-"));

    static Deployment of(Template template) {
        Section api = template.resources("AWS::Serverless::HttpApi").getFirst().properties();
        List<Resource> functions = template.resources("AWS::Serverless::Function");
        List<Resource> tables = template.resources("AWS::DynamoDB::Table");
        List<Section> events = functions.stream()
                .flatMap(function -> events(function).stream())
                .toList();
        return new Deployment(
                BigDecimal.valueOf(
                        template.functionProperties(functions.getFirst()).number("MemorySize")),
                functions.stream()
                        .anyMatch(function -> template.functionProperties(function)
                                .textOr("Tracing", "")
                                .equals("Active")),
                api.sectionOrEmpty("DefaultRouteSettings").flagOr("DetailedMetricsEnabled", false),
                template.resources("AWS::CloudWatch::Alarm").size(),
                template.resource("ApiLogs").properties().number("RetentionInDays"),
                usual(api.section("AccessLogSettings").text("Format")).getBytes(StandardCharsets.UTF_8).length,
                api.section("Auth")
                        .section("Authorizers")
                        .section("ApiKey")
                        .section("Identity")
                        .number("ReauthorizeEvery"),
                functions.stream()
                        .mapToInt(function ->
                                template.functionProperties(function).number("Timeout"))
                        .max()
                        .orElseThrow(),
                (int) events.stream().filter(event -> isOf(event, "SQS")).count(),
                events.stream()
                        .filter(event -> isOf(event, "DynamoDB"))
                        .anyMatch(event -> !event.section("Properties").has("FilterCriteria")),
                (int) tables.stream()
                        .filter(table -> table.properties()
                                .sectionOrEmpty("SSESpecification")
                                .flagOr("SSEEnabled", false))
                        .count(),
                runs(template, "ExpiryFunction"),
                runs(template, "AuditFunction"));
    }

    private static List<Section> events(Resource function) {
        Section all = function.properties().sectionOrEmpty("Events");
        return all.names().stream().map(all::section).toList();
    }

    private static boolean isOf(Section event, String type) {
        return event.text("Type").equals(type);
    }

    /** How often a function is run in a month by its schedule. */
    private static BigDecimal runs(Template template, String function) {
        String schedule = events(template.resource(function)).stream()
                .filter(event -> isOf(event, "Schedule"))
                .findFirst()
                .orElseThrow()
                .section("Properties")
                .text("Schedule");
        Matcher rate = RATE.matcher(schedule);
        if (!rate.matches()) {
            throw new IllegalArgumentException("the schedule of " + function + " is no rate");
        }
        BigDecimal minutes = new BigDecimal(rate.group(1))
                .multiply(
                        switch (rate.group(2)) {
                            case "minute" -> BigDecimal.ONE;
                            case "hour" -> Month.MINUTES_OF_AN_HOUR;
                            default -> Month.MINUTES_OF_A_DAY;
                        });
        return Month.MINUTES.divide(minutes, 2, RoundingMode.HALF_UP);
    }

    /** A line of the API's log as most of them are. */
    private static String usual(String format) {
        return VARIABLE.matcher(format).replaceAll(variable -> {
            String value = USUAL.get(variable.group(1));
            if (value == null) {
                throw new IllegalArgumentException("how long is a usual $context" + variable.group(1) + "?");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
