package kopilka.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kopilka.local.Template.Section;

/**
 * Which records of a stream a function is invoked for, as Lambda decides it by {@code FilterCriteria}: a record passes if it
 * fits one of the patterns. A pattern names values of the record, and of each what it may be. The rules that are known here
 * are an exact value and {@code exists}.
 */
final class StreamFilter {
    private static final String CRITERIA = "FilterCriteria";
    private static final String EXISTS = "exists";

    private final List<JsonNode> patterns;

    private StreamFilter(List<JsonNode> patterns) {
        this.patterns = patterns;
    }

    /** The filter of an event source; without one everything passes. */
    static StreamFilter of(Section event) {
        List<JsonNode> patterns = new ArrayList<>();
        for (Section filter : event.sectionOrEmpty(CRITERIA).sections("Filters")) {
            JsonNode pattern = Json.read(filter.text("Pattern"))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> filter.mistake("Pattern", "must be a JSON object"));
            if (!isKnown(pattern)) {
                throw filter.mistake("Pattern", "has a rule that is not known to the local run");
            }
            patterns.add(pattern);
        }
        if (event.has(CRITERIA) && patterns.isEmpty()) {
            throw event.mistake(CRITERIA, "lets nothing pass");
        }
        return new StreamFilter(patterns);
    }

    private static boolean isKnown(JsonNode pattern) {
        if (pattern.isObject()) {
            return !pattern.isEmpty() && pattern.valueStream().allMatch(StreamFilter::isKnown);
        }
        return pattern.isArray()
                && !pattern.isEmpty()
                && pattern.valueStream()
                        .allMatch(rule -> rule.isTextual()
                                || rule.isNumber()
                                || (rule.size() == 1 && rule.path(EXISTS).isBoolean()));
    }

    /** Whether the function is invoked for a record. */
    boolean passes(JsonNode json) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> fits(pattern, json));
    }

    private static boolean fits(JsonNode pattern, JsonNode json) {
        if (pattern.isObject()) {
            return pattern.properties().stream()
                    .allMatch((Map.Entry<String, JsonNode> field) -> fits(field.getValue(), json.path(field.getKey())));
        }
        return pattern.valueStream().anyMatch(rule -> isRight(rule, json));
    }

    /** Existence is one of values: a mapping or a list is none. */
    private static boolean isRight(JsonNode rule, JsonNode json) {
        return rule.isObject()
                ? rule.path(EXISTS).booleanValue() == (json.isValueNode() && !json.isMissingNode())
                : rule.equals(json);
    }
}
