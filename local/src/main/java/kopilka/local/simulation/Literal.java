package kopilka.local.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Histories as text, one step a line, and back: what is found today is a test tomorrow. A record is written as its name and
 * its components in brackets, lists in square ones, maps in curly ones, and what is not there as a dash.
 */
final class Literal {
    private final String text;
    private int at;

    private Literal(String text) {
        this.text = text;
    }

    /** A history as text. */
    static String of(History history) {
        return history.kind()
                + "\n"
                + history.steps().stream().map(Literal::text).collect(Collectors.joining("\n"));
    }

    private static String text(Object value) {
        return switch (value) {
            case Record it ->
                it.getClass().getSimpleName()
                        + Arrays.stream(it.getClass().getRecordComponents())
                                .map(component -> text(read(it, component)))
                                .collect(Collectors.joining(" ", "(", ")"));
            case List<?> it -> it.stream().map(Literal::text).collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> it ->
                new TreeMap<>(it)
                        .entrySet().stream()
                                .map(entry -> text(entry.getKey()) + " " + text(entry.getValue()))
                                .collect(Collectors.joining(" ", "{", "}"));
            case Optional<?> it -> it.isPresent() ? text(it.get()) : "-";
            case OptionalLong it -> it.isPresent() ? String.valueOf(it.getAsLong()) : "-";
            case String it -> "'" + it + "'";
            default -> value.toString();
        };
    }

    private static Object read(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * A history from text.
     *
     * @throws IllegalArgumentException if it is none
     */
    static History read(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<Step> steps = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Literal literal = new Literal(line);
            if (!(literal.value(Step.class) instanceof Step step) || literal.at != line.length()) {
                throw new IllegalArgumentException("not a step: " + line);
            }
            steps.add(step);
        }
        return new History(Generator.Kind.valueOf(lines.getFirst()), steps);
    }

    private void skip(char expected) {
        if (text.charAt(at) != expected) {
            throw new IllegalArgumentException("expected " + expected + " at " + at + " of " + text);
        }
        at++;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean next(char close) {
        space();
        if (text.charAt(at) == close) {
            at++;
            return false;
        }
        return true;
    }

    private String word() {
        int from = at;
        while (at < text.length() && " ()[]{}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private Object value(Type type) {
        space();
        Class<?> raw = raw(type);
        if (raw == List.class) {
            List<Object> list = new ArrayList<>();
            skip('[');
            while (next(']')) {
                list.add(value(argument(type, 0)));
            }
            return List.copyOf(list);
        }
        if (raw == Map.class || raw == SortedMap.class) {
            SortedMap<Object, Object> map = new TreeMap<>();
            skip('{');
            while (next('}')) {
                Object key = value(argument(type, 0));
                map.put(key, value(argument(type, 1)));
            }
            return map;
        }
        if (raw == Optional.class) {
            return text.charAt(at) == '-' && skipped() ? Optional.empty() : Optional.of(value(argument(type, 0)));
        }
        if (raw == String.class) {
            skip('\'');
            int end = text.indexOf('\'', at);
            String string = text.substring(at, end);
            at = end + 1;
            return string;
        }
        String word = word();
        if (raw.isRecord() || raw.isInterface()) {
            return record(raw, word);
        }
        return plain(raw, word);
    }

    private boolean skipped() {
        at++;
        return true;
    }

    private static Object plain(Class<?> raw, String word) {
        if (raw == OptionalLong.class) {
            return word.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
        }
        if (raw == long.class || raw == Long.class) {
            return Long.valueOf(word);
        }
        if (raw == int.class || raw == Integer.class) {
            return Integer.valueOf(word);
        }
        if (raw == boolean.class) {
            return Boolean.valueOf(word);
        }
        if (raw == Instant.class) {
            return Instant.parse(word);
        }
        if (raw == Duration.class) {
            return Duration.parse(word);
        }
        if (raw == LocalDate.class) {
            return LocalDate.parse(word);
        }
        if (raw == ZoneId.class) {
            return ZoneId.of(word);
        }
        return Arrays.stream(raw.getEnumConstants())
                .filter(constant -> constant.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + raw.getSimpleName() + ": " + word));
    }

    private Object record(Class<?> expected, String name) {
        Class<?> type = expected.isRecord()
                ? expected
                : Arrays.stream(expected.getPermittedSubclasses())
                        .filter(permitted -> permitted.getSimpleName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + text));
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        skip('(');
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType());
        }
        space();
        skip(')');
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalArgumentException("cannot make a " + name, failed);
        }
    }
}
