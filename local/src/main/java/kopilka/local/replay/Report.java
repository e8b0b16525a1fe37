package kopilka.local.replay;

import java.util.List;
import java.util.Map;

/** The summary in print. */
final class Report {
    private static final int MOST_FAULTS = 20;

    private static final String METHOD = """
            Every order and refund of the file went through the API of the local run at its own date, with the clock at that
            time and the sweep once a week; then every account was audited posting by posting.

            - An order is sent as `paid`. A line's total is quantity times unit price, rounded half up to the currency's decimals;
              the order's total is the sum of its lines.
            - A refund goes to the order lines that its links name, found by goods and price, and never beyond what is left of
              them. A refund of several orders becomes one refund for each.
            - What has no link is recorded as a refund of an order that was never seen. It waits for that order, and moves no
              points.
            """;

    private static final String CHANGED = """
            - The program changes on the way. Each version was published through the API, with the moment from which it holds, and
              an order earns, and is taken back, under the version that held when it was paid. The audit computes each posting
              again by the version that it names.
            """;

    private static final String COMMAND = """

            This page is the command's own `--report`. With the files in the folder that you are in:

            ```sh
            """;

    private Report() {}

    /** For a terminal. */
    static String text(Summary summary) {
        int widest = summary.sections().stream()
                .flatMap(section -> section.figures().keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Summary.Section section : summary.sections()) {
            text.append(section.title()).append('\n');
            section.figures()
                    .forEach((name, value) -> text.append("  ")
                            .append(name)
                            .append(" ".repeat(widest - name.length() + 2))
                            .append(value)
                            .append('\n'));
        }
        List<String> faults = summary.faults();
        if (!faults.isEmpty()) {
            text.append("Faults\n");
            faults.stream()
                    .limit(MOST_FAULTS)
                    .forEach(fault -> text.append("  ").append(fault).append('\n'));
        }
        return text.toString();
    }

    /**
     * For the documentation.
     *
     * @param title what was replayed
     * @param command that does it again, without the machine's own folders
     * @param document the program's rules
     * @param changes what they were changed to
     */
    static String markdown(Summary summary, String title, String command, String document, List<Change> changes) {
        StringBuilder text = new StringBuilder("# Replay: ")
                .append(title)
                .append("\n\n")
                .append(METHOD)
                .append(changes.isEmpty() ? "" : CHANGED)
                .append(COMMAND)
                .append(command)
                .append("\n```\n\nThe program:\n\n```json\n")
                .append(document.strip())
                .append("\n```\n");
        changes.forEach(change -> text.append("\nFrom ")
                .append(change.day())
                .append(" on:\n\n```json\n")
                .append(change.document().strip())
                .append("\n```\n"));
        for (Summary.Section section : summary.sections()) {
            text.append("\n## ").append(section.title()).append("\n\n| | |\n| --- | ---: |\n");
            for (Map.Entry<String, String> figure : section.figures().entrySet()) {
                text.append("| ")
                        .append(figure.getKey())
                        .append(" | ")
                        .append(figure.getValue())
                        .append(" |\n");
            }
        }
        return text.toString();
    }
}
