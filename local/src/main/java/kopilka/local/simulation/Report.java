package kopilka.local.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run came to, in Markdown. */
final class Report {
    private Report() {}

    static String of(long seed, String store, int threads, Tally tally, Duration took, Optional<Violation> violation) {
        StringBuilder text = new StringBuilder();
        text.append("| seed | store | threads | worlds | steps | postings | faults | checks | minutes | violations |\n")
                .append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
                .append(String.format(
                        Locale.ROOT,
                        "| %d | %s | %d | %,d | %,d | %,d | %,d | %,d | %d:%02d | %d |%n",
                        seed,
                        store,
                        threads,
                        tally.worlds(),
                        tally.steps(),
                        tally.postings(),
                        tally.faultCount(),
                        tally.checkCount(),
                        took.toMinutes(),
                        took.toSecondsPart(),
                        violation.isPresent() ? 1 : 0));
        table(text, "fault", tally.faults());
        table(text, "operation done", tally.commands());
        table(text, "outcome", tally.outcomes());
        text.append("\n| invariant | | checks |\n| --- | --- | --- |\n");
        Arrays.stream(Invariant.values())
                .forEach(invariant -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %,d |%n",
                        invariant.number() == 0 ? "" : String.valueOf(invariant.number()),
                        invariant.words(),
                        tally.checks().getOrDefault(invariant, 0L))));
        violation.ifPresent(found -> text.append("\n```\n")
                .append(found)
                .append('\n')
                .append(found.literal())
                .append("\n```\n"));
        return text.toString();
    }

    private static void table(StringBuilder text, String head, Map<String, Long> counts) {
        text.append("\n| ").append(head).append(" | times |\n| --- | --- |\n");
        counts.forEach((name, count) ->
                text.append(String.format(Locale.ROOT, "| %s | %,d |%n", name.replace('_', ' '), count)));
    }
}
