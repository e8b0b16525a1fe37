package kopilka.local.replay;

import java.util.List;
import java.util.Map;

/** The summary in print. */
final class Report {
    private static final int MOST_FAULTS = 20;

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
     */
    static String markdown(Summary summary, String title, String command, String document) {
        StringBuilder text = new StringBuilder("# Replay: ")
                .append(title)
                .append(
                        "\n\nWritten by the replay itself; do not edit. The command, with the data in a folder of your own:\n\n```sh\n")
                .append(command)
                .append("\n```\n\nThe program:\n\n```json\n")
                .append(document.strip())
                .append("\n```\n");
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
