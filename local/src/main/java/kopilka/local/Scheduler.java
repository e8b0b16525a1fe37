package kopilka.local;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.Template.Section;
import org.jspecify.annotations.Nullable;

/**
 * Invokes functions at the times that the template's schedules name, by the local clock. Where the clock jumps over
 * several of them, the function is invoked once.
 */
final class Scheduler {
    private static final int LOOK_MILLIS = 100;
    /** How often Lambda tries an asynchronous invocation. */
    private static final int ATTEMPTS = 3;

    private final InstantSource clock;
    private final FunctionLog log;
    private final List<Entry> entries = new ArrayList<>();
    private volatile boolean running = true;
    private @Nullable Thread thread;

    private static final class Entry {
        private final String name;
        private final Schedule schedule;
        private final LambdaFunction function;
        private final Optional<String> input;
        private Optional<Instant> next = Optional.empty();

        Entry(String name, Schedule schedule, LambdaFunction function, Optional<String> input) {
            this.name = name;
            this.schedule = schedule;
            this.function = function;
            this.input = input;
        }
    }

    Scheduler(InstantSource clock, FunctionLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** Adds an event of type Schedule or ScheduleV2. */
    void add(String name, Section event, LambdaFunction function) {
        String property = event.names().contains("ScheduleExpression") ? "ScheduleExpression" : "Schedule";
        Schedule schedule = Schedule.parse(
                        event.text(property), ZoneId.of(event.textOr("ScheduleExpressionTimezone", "UTC")))
                .orElseThrow(() -> event.mistake(property, "is a schedule that the local run cannot read"));
        if (event.flagOr("Enabled", true) && !event.textOr("State", "ENABLED").equals("DISABLED")) {
            Optional<String> input = event.has("Input") ? Optional.of(event.text("Input")) : Optional.empty();
            entries.add(new Entry(name, schedule, function, input));
        }
    }

    void start() {
        thread = Thread.ofVirtual().name("schedules").start(this::run);
    }

    void stop() {
        running = false;
        Thread runner = thread;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Invokes every scheduled function now, one after the other, and waits for them. */
    void fireAll() {
        for (Entry entry : entries) {
            if (fire(entry) instanceof Failed failed) {
                throw new IllegalStateException(entry.name + " failed: " + failed.type() + ": " + failed.message());
            }
        }
    }

    private void run() {
        Instant seen = clock.instant();
        for (Entry entry : entries) {
            entry.next = entry.schedule.after(seen);
        }
        while (running) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException stopping) {
                return;
            }
            Instant now = clock.instant();
            for (Entry entry : entries) {
                if (now.isBefore(seen)) {
                    entry.next = entry.schedule.after(now);
                } else if (entry.next.isPresent() && !entry.next.get().isAfter(now)) {
                    entry.next = entry.schedule.after(now);
                    fire(entry);
                }
            }
            seen = now;
        }
    }

    private Invocation fire(Entry entry) {
        byte[] payload =
                entry.input.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> scheduledEvent(entry));
        Invocation last = entry.function.invoke(payload);
        for (int attempt = 1; attempt < ATTEMPTS && running; attempt++) {
            switch (last) {
                case Answered answered -> {
                    return last;
                }
                case Failed failed -> {
                    log.line(entry.name, LogLevel.WARN, "failed, is tried again: " + failed.message());
                    last = entry.function.invoke(payload);
                }
            }
        }
        return last;
    }

    private byte[] scheduledEvent(Entry entry) {
        var event = Json.object()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.events")
                .put("account", Template.ACCOUNT)
                .put("time", clock.instant().toString())
                .put("region", Template.REGION);
        event.putArray("resources")
                .add("arn:aws:events:" + Template.REGION + ":" + Template.ACCOUNT + ":rule/" + entry.name);
        event.putObject("detail");
        return Json.bytes(event);
    }
}
