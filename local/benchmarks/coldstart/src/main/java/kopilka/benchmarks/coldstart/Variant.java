package kopilka.benchmarks.coldstart;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * One way to start a function.
 *
 * @param name what tables and options call it
 * @param jars its class path, after the runtime's own
 * @param handler the class that handles events
 * @param event what it is sent
 * @param options options of the JVM
 * @param cached whether it starts with an AOT cache, which is made before anything is measured
 * @param snapshot whether it is told that a snapshot is taken of it before its first event, as under SnapStart; none is
 */
record Variant(
        String name,
        List<Path> jars,
        String handler,
        String event,
        List<String> options,
        boolean cached,
        boolean snapshot) {
    /** How Lambda's own runtime starts a function: one collector, one compiler. */
    static final List<String> AS_LAMBDA = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    Variant {
        jars = List.copyOf(jars);
        options = List.copyOf(options);
    }

    static Variant of(String name, List<Path> jars, String handler, String event) {
        return new Variant(name, jars, handler, event, AS_LAMBDA, false, false);
    }

    /** Whether this is how such an event is answered that was worked on. */
    Predicate<String> expected() {
        return answer -> !answer.contains("\"statusCode\":5") && !answer.contains("itemIdentifier");
    }

    /** The same with an AOT cache. */
    Variant withCache() {
        return new Variant(name + CACHED, jars, handler, event, options, true, snapshot);
    }

    /** The same under SnapStart. */
    Variant withSnapshot() {
        return new Variant(name + ", SnapStart", jars, handler, event, options, cached, true);
    }

    /** The same with other options of the JVM. */
    Variant with(String called, List<String> others) {
        return new Variant(called, jars, handler, event, others, cached, snapshot);
    }

    static final String CACHED = ", AOT cache";
}
