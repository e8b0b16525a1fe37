package kopilka.audit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All the ways in which one value of a record can be another one. */
final class Lies {
    private Lies() {}

    /**
     * A record that differs from the true one.
     *
     * @param where the way to the value that differs, such as {@code facts.effect.debt}
     * @param told the record with it
     */
    record Lie<T>(String where, T told) {}

    /** Copies of a record with one value changed each; what no such record can say is left out. */
    static <T extends Record> List<Lie<T>> of(T truth) {
        List<Lie<T>> lies = new ArrayList<>();
        RecordComponent[] components = truth.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            for (Lie<Object> other : ofValue(value(truth, components[i]))) {
                Object[] values = Arrays.stream(components)
                        .map(component -> value(truth, component))
                        .toArray();
                values[i] = other.told();
                build(truth, components, values)
                        .filter(told -> !told.equals(truth))
                        .ifPresent(told ->
                                lies.add(new Lie<>(other.where().isEmpty() ? name : name + "." + other.where(), told)));
            }
        }
        return lies;
    }

    private static Object value(Record truth, RecordComponent component) {
        try {
            return component.getAccessor().invoke(truth);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Record> Optional<T> build(T truth, RecordComponent[] components, Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = truth.getClass().getDeclaredConstructor(types);
            return Optional.of((T) constructor.newInstance(values));
        } catch (InvocationTargetException refusedByTheRecord) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static List<Lie<Object>> ofValue(Object value) {
        List<Lie<Object>> lies = new ArrayList<>();
        switch (value) {
            case Long number -> {
                lies.add(new Lie<>("", number + 1));
                lies.add(new Lie<>("", number - 1));
            }
            case Integer number -> {
                lies.add(new Lie<>("", number + 1));
                lies.add(new Lie<>("", number - 1));
            }
            case Boolean flag -> lies.add(new Lie<>("", !flag));
            case String text -> lies.add(new Lie<>("", text + "x"));
            case Instant moment -> lies.add(new Lie<>("", moment.plusSeconds(1)));
            case LocalDate day -> lies.add(new Lie<>("", day.plusDays(1)));
            case Enum<?> constant -> {
                List<Object> all =
                        List.of((Object[]) constant.getDeclaringClass().getEnumConstants());
                lies.add(new Lie<>("", all.get((all.indexOf(constant) + 1) % all.size())));
            }
            case Record told -> of(told).forEach(lie -> lies.add(new Lie<>(lie.where(), lie.told())));
            case Optional<?> maybe
            when maybe.isPresent() -> {
                lies.add(new Lie<>("", Optional.empty()));
                ofValue(maybe.get()).forEach(lie -> lies.add(new Lie<>(lie.where(), Optional.of(lie.told()))));
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    List<Object> shorter = new ArrayList<>(list);
                    shorter.remove(i);
                    lies.add(new Lie<>("", shorter));
                    for (Lie<Object> lie : ofValue(list.get(i))) {
                        List<Object> other = new ArrayList<>(list);
                        other.set(i, lie.told());
                        lies.add(new Lie<>(lie.where(), other));
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    for (Lie<Object> lie : ofValue(entry.getValue())) {
                        Map<Object, Object> other = new TreeMap<>(map);
                        other.put(entry.getKey(), lie.told());
                        lies.add(new Lie<>(lie.where(), other));
                    }
                }
            }
            default -> {}
        }
        return lies;
    }
}
