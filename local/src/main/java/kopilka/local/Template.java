package kopilka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A CloudFormation template with SAM's resources, as the local run reads it: parameters have their defaults or what was
 * given instead, conditions are decided, and references lead to the local tables, queues and functions.
 *
 * <p>Values are resolved when they are asked for, so a part that the local run has no use for (an alarm, an output) may
 * hold anything. Whatever is wrong is a {@link Mistake} that names the place.
 */
public final class Template {
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "000000000000";

    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]+)}");
    private static final String NO_VALUE = "AWS::NoValue";
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private final Map<String, @Nullable Object> root;
    private final Map<String, Integer> lines;
    private final Map<String, String> parameters;
    private final URI queues;
    private final Map<String, String> names;

    private Template(
            Path file,
            Map<String, @Nullable Object> root,
            Map<String, Integer> lines,
            Map<String, String> parameters,
            URI queues,
            Map<String, String> names) {
        this.file = file;
        this.root = root;
        this.lines = lines;
        this.parameters = parameters;
        this.queues = queues;
        this.names = Map.copyOf(names);
    }

    /** Something in a template that cannot be read or that refers to nothing; the message begins with the place. */
    public static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message);
        }
    }

    /** Reads a template, in YAML or in JSON, with its parameters at their defaults. */
    public static Template read(Path file) {
        return read(file, Map.of());
    }

    /** Reads a template with other values than the defaults for some of its parameters. */
    public static Template read(Path file, Map<String, String> overrides) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_BYTES);
        // JSON is YAML but for tabs, and an expanded template has none.
        Map<String, Integer> lines = new LinkedHashMap<>();
        Object root;
        try {
            Node node = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(text));
            root = node == null ? null : new Tree(file, lines).value(node, "");
        } catch (YAMLException malformed) {
            throw new Mistake(file.getFileName() + ": " + malformed.getMessage());
        }
        if (!(root instanceof Map<?, ?>)) {
            throw new Mistake(file.getFileName() + ": is not a template");
        }
        Map<String, @Nullable Object> tree = mapping(root);
        Template bare = new Template(file, tree, lines, Map.of(), URI.create("http://localhost"), Map.of());
        return new Template(file, tree, lines, bare.parameterValues(overrides), bare.queues, bare.names);
    }

    /** The same template with its queues at this address. */
    Template withQueuesAt(URI address) {
        return new Template(file, root, lines, parameters, address, names);
    }

    /** The same template, with the resources of these logical ids under the names that a deployment gave them. */
    Template withNames(Map<String, String> given) {
        return new Template(file, root, lines, parameters, queues, given);
    }

    /** The folder that the template's paths start from. */
    Path folder() {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    }

    /** The resources that are there under the parameters given, in the order of the template. */
    public List<Resource> resources() {
        Section all = section("Resources");
        List<Resource> resources = new ArrayList<>();
        for (String id : all.names()) {
            Section resource = all.section(id);
            if (resource.has("Condition") && !condition(resource.text("Condition"), resource.place())) {
                continue;
            }
            resources.add(new Resource(id, resource.text("Type"), resource));
        }
        return resources;
    }

    /** The resources of one type, such as {@code AWS::SQS::Queue}. */
    public List<Resource> resources(String type) {
        return resources().stream().filter(r -> r.type().equals(type)).toList();
    }

    /** The resource of this name. */
    public Resource resource(String id) {
        return resources().stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Mistake("Resources: there is no " + id));
    }

    /** The properties of a function, with those of the template's Globals where it has none of its own. */
    public Section functionProperties(Resource function) {
        Object globals = mapping(root.getOrDefault("Globals", Map.of())).get("Function");
        Object own = function.declaration().raw("Properties");
        return new Section(
                this,
                "Resources." + function.id() + ".Properties",
                mapping(merged(globals, own == null ? Map.of() : own)));
    }

    private Section section(String name) {
        Object value = root.get(name);
        return new Section(this, name, value == null ? Map.of() : mapping(value));
    }

    /**
     * A resource of the template.
     *
     * @param id its logical id
     * @param type such as {@code AWS::DynamoDB::Table}
     * @param declaration all that stands under its name
     */
    public record Resource(String id, String type, Section declaration) {
        public Section properties() {
            return declaration.sectionOrEmpty("Properties");
        }
    }

    /** Named values at one place of the template. What is asked for comes resolved. */
    public static final class Section {
        private final Template template;
        private final String place;
        private final Map<String, @Nullable Object> values;

        private Section(Template template, String place, Map<String, @Nullable Object> values) {
            this.template = template;
            this.place = place;
            this.values = values;
        }

        /** Where it stands, as a path of names. */
        public String place() {
            return place;
        }

        public Set<String> names() {
            return values.keySet();
        }

        /** Whether there is a value, that is, one which does not resolve to nothing. */
        public boolean has(String name) {
            return get(name) != null;
        }

        /** The resolved value: a text, a number, a truth, a list or a mapping; null where there is none. */
        public @Nullable Object get(String name) {
            return template.resolve(values.get(name), place + "." + name);
        }

        @Nullable
        Object raw(String name) {
            return values.get(name);
        }

        public String text(String name) {
            Object value = get(name);
            if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
                throw template.mistake(place + "." + name, value == null ? "is missing" : "must be a text");
            }
            return value.toString();
        }

        public String textOr(String name, String otherwise) {
            return has(name) ? text(name) : otherwise;
        }

        public int number(String name) {
            try {
                return new BigDecimal(text(name)).intValueExact();
            } catch (ArithmeticException | NumberFormatException notWhole) {
                throw template.mistake(place + "." + name, "must be a whole number");
            }
        }

        public int numberOr(String name, int otherwise) {
            return has(name) ? number(name) : otherwise;
        }

        public boolean flagOr(String name, boolean otherwise) {
            return has(name) ? Boolean.parseBoolean(text(name)) : otherwise;
        }

        public Section section(String name) {
            // Only what is asked for in it is resolved, so that the rest may hold what the local run does not know.
            if (template.choose(values.get(name), place + "." + name) == null) {
                throw template.mistake(place + "." + name, "is missing");
            }
            return sectionOrEmpty(name);
        }

        public Section sectionOrEmpty(String name) {
            Object value = template.choose(values.get(name), place + "." + name);
            if (value == null) {
                return new Section(template, place + "." + name, Map.of());
            }
            if (!(value instanceof Map<?, ?>)) {
                throw template.mistake(place + "." + name, "must be a mapping");
            }
            return new Section(template, place + "." + name, mapping(value));
        }

        /** The entries of a list of mappings; none where there is no such list. */
        public List<Section> sections(String name) {
            Object value = template.choose(values.get(name), place + "." + name);
            if (value == null) {
                return List.of();
            }
            // One statement may stand where a list of them may.
            List<?> entries = value instanceof List<?> several ? several : List.of(value);
            List<Section> sections = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                String at = place + "." + name + "[" + i + "]";
                Object entry = template.choose(entries.get(i), at);
                if (!(entry instanceof Map<?, ?>)) {
                    throw template.mistake(at, "must be a mapping");
                }
                sections.add(new Section(template, at, mapping(entry)));
            }
            return sections;
        }

        /** The texts of a list, or the one text that stands in its place; none where there is nothing. */
        public List<String> texts(String name) {
            Object value = get(name);
            return switch (value) {
                case null -> List.of();
                case List<?> list -> list.stream().map(String::valueOf).toList();
                case Map<?, ?> mapping -> throw template.mistake(place + "." + name, "must be a list of texts");
                default -> List.of(value.toString());
            };
        }

        Mistake mistake(String name, String what) {
            return template.mistake(place + "." + name, what);
        }
    }

    // ------------------------------------------------------------------------------------------------ parameters

    private Map<String, String> parameterValues(Map<String, String> overrides) {
        Section declared = section("Parameters");
        overrides.keySet().forEach(name -> {
            if (!declared.names().contains(name)) {
                throw new Mistake("Parameters: there is no " + name);
            }
        });
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : declared.names()) {
            Section parameter = declared.section(name);
            String value = overrides.get(name);
            if (value == null) {
                if (!parameter.names().contains("Default")) {
                    throw mistake("Parameters." + name, "has no default, and no value was given");
                }
                value = parameter.text("Default");
            }
            parameterMustAllow(parameter, value);
            values.put(name, value);
        }
        return values;
    }

    private void parameterMustAllow(Section parameter, String value) {
        if (parameter.has("AllowedPattern") && !Pattern.matches(parameter.text("AllowedPattern"), value)) {
            throw mistake(parameter.place(), "does not allow the value given");
        }
        if (parameter.has("AllowedValues") && !parameter.texts("AllowedValues").contains(value)) {
            throw mistake(parameter.place(), "does not allow the value given");
        }
        if (parameter.text("Type").equals("Number")) {
            BigDecimal number;
            try {
                number = new BigDecimal(value);
            } catch (NumberFormatException notANumber) {
                throw mistake(parameter.place(), "must be a number");
            }
            boolean tooSmall =
                    parameter.has("MinValue") && number.compareTo(new BigDecimal(parameter.text("MinValue"))) < 0;
            boolean tooLarge =
                    parameter.has("MaxValue") && number.compareTo(new BigDecimal(parameter.text("MaxValue"))) > 0;
            if (tooSmall || tooLarge) {
                throw mistake(parameter.place(), "does not allow a number as small or as large");
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ resolving

    /** A value with everything in it resolved; null if it resolves to nothing. */
    private @Nullable Object resolve(@Nullable Object value, String place) {
        Object chosen = choose(value, place);
        if (chosen instanceof Map<?, ?>) {
            Map<String, Object> resolved = new LinkedHashMap<>();
            mapping(chosen).forEach((name, inner) -> {
                Object part = resolve(inner, place + "." + name);
                if (part != null) {
                    resolved.put(name, part);
                }
            });
            return resolved;
        }
        if (chosen instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                Object part = resolve(list.get(i), place + "[" + i + "]");
                if (part != null) {
                    resolved.add(part);
                }
            }
            return resolved;
        }
        return chosen;
    }

    /** A value with the function at its top applied, if it is one; what is inside of a mapping or a list stays as it is. */
    private @Nullable Object choose(@Nullable Object value, String place) {
        if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
            return value;
        }
        Map.Entry<String, @Nullable Object> only =
                mapping(value).entrySet().iterator().next();
        Object argument = only.getValue();
        return switch (only.getKey()) {
            case "Ref" -> reference(scalar(argument, place), place);
            case "Fn::GetAtt" -> attribute(argument, place);
            case "Fn::Sub" -> substitute(argument, place);
            case "Fn::Join" -> {
                List<?> parts = list(argument, 2, place);
                yield String.join(scalar(parts.get(0), place), textList(parts.get(1), place));
            }
            case "Fn::Split" -> {
                List<?> parts = list(argument, 2, place);
                yield List.of(textOf(parts.get(1), place).split(Pattern.quote(scalar(parts.get(0), place)), -1));
            }
            case "Fn::Select" -> {
                List<?> parts = list(argument, 2, place);
                List<String> from = textList(parts.get(1), place);
                int index = Integer.parseInt(textOf(parts.get(0), place));
                if (index < 0 || index >= from.size()) {
                    throw mistake(place, "selects entry " + index + " of " + from.size());
                }
                yield from.get(index);
            }
            case "Fn::If" -> {
                List<?> parts = list(argument, 3, place);
                yield choose(parts.get(condition(scalar(parts.get(0), place), place) ? 1 : 2), place);
            }
            case "Fn::FindInMap" -> {
                List<String> path = textList(argument, place);
                Object found = root.get("Mappings");
                for (String name : path) {
                    found = found instanceof Map<?, ?> ? mapping(found).get(name) : null;
                }
                if (found == null) {
                    throw mistake(place, "finds nothing at " + String.join(".", path) + " in Mappings");
                }
                yield found;
            }
            case "Fn::Base64" ->
                java.util.Base64.getEncoder()
                        .encodeToString(textOf(argument, place).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case String name
            when name.startsWith("Fn::") ->
                throw mistake(place, name + " is a function that the local run does not know");
            default -> value;
        };
    }

    private @Nullable Object reference(String name, String place) {
        String parameter = parameters.get(name);
        if (parameter != null) {
            boolean several = section("Parameters").section(name).text("Type").contains("List");
            return several ? List.of(parameter.split("\\s*,\\s*", -1)) : parameter;
        }
        return switch (name) {
            case NO_VALUE -> null;
            case "AWS::Region" -> REGION;
            case "AWS::AccountId" -> ACCOUNT;
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            case "AWS::StackName" -> "kopilka";
            case "AWS::StackId" -> arn("cloudformation", "stack/kopilka/local");
            case "AWS::NotificationARNs" -> List.of();
            case String alias
            when alias.endsWith(".Alias") || alias.endsWith(".Version") ->
                functionArn(existing(alias.substring(0, alias.lastIndexOf('.')), place));
            default -> refOf(existing(name, place));
        };
    }

    private Object attribute(@Nullable Object argument, String place) {
        List<String> path = argument instanceof List<?>
                ? textList(argument, place)
                : List.of(scalar(argument, place).split("\\.", 2));
        if (path.size() != 2) {
            throw mistake(place, "Fn::GetAtt needs a resource and an attribute");
        }
        return attributeOf(existing(path.get(0), place), path.get(1), place);
    }

    private String substitute(@Nullable Object argument, String place) {
        Map<String, @Nullable Object> names = Map.of();
        String text;
        if (argument instanceof List<?> list) {
            text = scalar(list(list, 2, place).get(0), place);
            names = mapping(list.get(1));
        } else {
            text = scalar(argument, place);
        }
        Map<String, @Nullable Object> own = names;
        Function<MatchResult, String> value = match -> {
            String name = match.group(1);
            if (name.startsWith("!")) {
                return "${" + name.substring(1) + "}";
            }
            if (own.containsKey(name)) {
                return textOf(own.get(name), place);
            }
            Object found =
                    name.contains(".") && !name.endsWith(".Alias") ? attribute(name, place) : reference(name, place);
            return textOf(found, place);
        };
        return SUBSTITUTION.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value.apply(match)));
    }

    private boolean condition(String name, String place) {
        Map<String, @Nullable Object> conditions = mapping(root.getOrDefault("Conditions", Map.of()));
        if (!conditions.containsKey(name)) {
            throw mistake(place, "there is no condition " + name);
        }
        return holds(conditions.get(name), "Conditions." + name);
    }

    private boolean holds(@Nullable Object expression, String place) {
        if (expression instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<String, @Nullable Object> only =
                    mapping(expression).entrySet().iterator().next();
            Object argument = only.getValue();
            switch (only.getKey()) {
                case "Fn::Equals" -> {
                    List<?> pair = list(argument, 2, place);
                    return textOf(pair.get(0), place).equals(textOf(pair.get(1), place));
                }
                case "Fn::Not" -> {
                    return !holds(list(argument, 1, place).get(0), place);
                }
                case "Fn::And" -> {
                    return terms(argument, place).allMatch(term -> holds(term, place));
                }
                case "Fn::Or" -> {
                    return terms(argument, place).anyMatch(term -> holds(term, place));
                }
                case "Condition" -> {
                    return condition(scalar(argument, place), place);
                }
                default -> {}
            }
        }
        throw mistake(place, "is not a condition");
    }

    private Stream<?> terms(@Nullable Object argument, String place) {
        if (argument instanceof List<?> terms) {
            return terms.stream();
        }
        throw mistake(place, "must list conditions");
    }

    // ------------------------------------------------------------------------------------------------ local names

    private Resource existing(String id, String place) {
        Object declared = mapping(root.getOrDefault("Resources", Map.of())).get(id);
        if (!(declared instanceof Map<?, ?>)) {
            throw mistake(place, "refers to " + id + ", which is neither a parameter nor a resource");
        }
        Section section = new Section(this, "Resources." + id, mapping(declared));
        return new Resource(id, section.text("Type"), section);
    }

    /** The name that a resource has in the local run: its own if the template gives it one, else its logical id. */
    String nameOf(Resource resource) {
        String given = names.get(resource.id());
        if (given != null) {
            return given;
        }
        String property = switch (resource.type()) {
            case "AWS::DynamoDB::Table" -> "TableName";
            case "AWS::SQS::Queue" -> "QueueName";
            case "AWS::Serverless::Function", "AWS::Lambda::Function" -> "FunctionName";
            case "AWS::Logs::LogGroup" -> "LogGroupName";
            case "AWS::IAM::Role" -> "RoleName";
            case "AWS::SNS::Topic" -> "TopicName";
            default -> "Name";
        };
        boolean fifo = resource.type().equals("AWS::SQS::Queue")
                && resource.properties().flagOr("FifoQueue", false);
        return resource.properties().textOr(property, fifo ? resource.id() + ".fifo" : resource.id());
    }

    private String refOf(Resource resource) {
        return switch (resource.type()) {
            case "AWS::SQS::Queue" -> queueUrl(resource);
            case "AWS::SNS::Topic" -> arn("sns", nameOf(resource));
            default -> nameOf(resource);
        };
    }

    private String attributeOf(Resource resource, String attribute, String place) {
        String name = nameOf(resource);
        return switch (resource.type() + " " + attribute) {
            case "AWS::DynamoDB::Table Arn" -> arn("dynamodb", "table/" + name);
            case "AWS::DynamoDB::Table StreamArn" -> arn("dynamodb", "table/" + name + "/stream/local");
            case "AWS::SQS::Queue Arn" -> arn("sqs", name);
            case "AWS::SQS::Queue QueueName" -> name;
            case "AWS::SQS::Queue QueueUrl" -> queueUrl(resource);
            case "AWS::Serverless::Function Arn", "AWS::Lambda::Function Arn" -> functionArn(resource);
            case "AWS::IAM::Role Arn" -> "arn:aws:iam::" + ACCOUNT + ":role/" + name;
            case "AWS::Logs::LogGroup Arn" -> arn("logs", "log-group:" + name + ":*");
            case "AWS::SNS::Topic TopicName" -> name;
            default ->
                throw mistake(
                        place, "asks for " + resource.id() + "." + attribute + ", which the local run does not know");
        };
    }

    String queueUrl(Resource queue) {
        return queues + "/" + ACCOUNT + "/" + nameOf(queue);
    }

    private String functionArn(Resource function) {
        return arn("lambda", "function:" + nameOf(function));
    }

    private static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    // ------------------------------------------------------------------------------------------------ shapes

    private String textOf(@Nullable Object value, String place) {
        Object resolved = resolve(value, place);
        if (resolved == null || resolved instanceof Map<?, ?> || resolved instanceof List<?>) {
            throw mistake(place, "needs a text here");
        }
        return resolved.toString();
    }

    private List<String> textList(@Nullable Object value, String place) {
        if (resolve(value, place) instanceof List<?> texts) {
            return texts.stream().map(String::valueOf).toList();
        }
        throw mistake(place, "needs a list here");
    }

    private String scalar(@Nullable Object value, String place) {
        if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
            throw mistake(place, "needs a plain text here");
        }
        return value.toString();
    }

    private List<?> list(@Nullable Object value, int size, String place) {
        if (value instanceof List<?> list && list.size() == size) {
            return list;
        }
        throw mistake(place, "needs a list of " + size + " here");
    }

    private Mistake mistake(String place, String what) {
        String at = place;
        while (!lines.containsKey(at) && at.contains(".")) {
            at = at.substring(0, at.lastIndexOf('.'));
        }
        Integer line = lines.get(at);
        return new Mistake(file.getFileName() + (line == null ? "" : ":" + line) + ": " + place + " " + what);
    }

    /** SAM's way with Globals: mappings are merged, lists joined, anything else is the function's own. */
    private static @Nullable Object merged(@Nullable Object global, @Nullable Object own) {
        if (own == null) {
            return global;
        }
        if (global instanceof Map<?, ?> && own instanceof Map<?, ?>) {
            Map<String, @Nullable Object> merged = new LinkedHashMap<>(mapping(global));
            mapping(own).forEach((name, value) -> merged.put(name, merged(merged.get(name), value)));
            return merged;
        }
        if (global instanceof List<?> first && own instanceof List<?> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
        return own;
    }

    @SuppressWarnings("unchecked") // Tree makes no other mappings.
    private static Map<String, @Nullable Object> mapping(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    /** Turns YAML's nodes into texts, numbers, truths, lists and mappings, and CloudFormation's tags into its long forms. */
    private record Tree(Path file, Map<String, Integer> lines) {
        @Nullable
        Object value(Node node, String place) {
            lines.putIfAbsent(place, node.getStartMark().getLine() + 1);
            if (node.getAnchor() != null) {
                throw wrong(node, place, "has an anchor, which CloudFormation does not take");
            }
            Object value = switch (node) {
                case ScalarNode scalar -> scalarOf(scalar);
                case SequenceNode sequence -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    for (Node entry : sequence.getValue()) {
                        list.add(value(entry, place + "[" + list.size() + "]"));
                    }
                    yield list;
                }
                case MappingNode mapping -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    for (NodeTuple entry : mapping.getValue()) {
                        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                            throw wrong(entry.getKeyNode(), place, "has a key that is not a text");
                        }
                        String name = key.getValue();
                        String inner = place.isEmpty() ? name : place + "." + name;
                        if (map.containsKey(name)) {
                            throw wrong(key, inner, "stands here twice");
                        }
                        map.put(name, value(entry.getValueNode(), inner));
                    }
                    yield map;
                }
                default -> throw wrong(node, place, "cannot be read");
            };
            String tag = node.getTag().getValue();
            if (!tag.startsWith("!")) {
                return value;
            }
            String name = tag.substring(1);
            String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
            Map<String, @Nullable Object> call = new LinkedHashMap<>();
            call.put(function, value);
            return call;
        }

        private static @Nullable Object scalarOf(ScalarNode node) {
            Tag tag = node.getTag();
            String text = node.getValue();
            if (tag.equals(Tag.NULL)) {
                return null;
            }
            if (tag.equals(Tag.BOOL)) {
                return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on");
            }
            if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]{0,17})")) {
                return Long.valueOf(text);
            }
            return text;
        }

        private Mistake wrong(Node node, String place, String what) {
            return new Mistake(
                    file.getFileName() + ":" + (node.getStartMark().getLine() + 1) + ": " + place + " " + what);
        }
    }
}
