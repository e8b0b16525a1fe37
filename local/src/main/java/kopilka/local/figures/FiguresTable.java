package kopilka.local.figures;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All figures as a table of Markdown: what, target, figure, whether it is met, and the command. */
final class FiguresTable {
    private static final String BEGIN = "<!-- figures: made by the command `figures`, do not edit -->";
    private static final String END = "<!-- end of figures -->";

    private FiguresTable() {}

    /**
     * The table.
     *
     * @param pages the areas that have a page of their own beside the file
     */
    static String of(List<Area> areas, Set<String> pages) {
        StringBuilder table =
                new StringBuilder("| what | target | figure | | command |\n| --- | --- | ---: | --- | --- |\n");
        for (Area area : areas) {
            String title = pages.contains(area.name())
                    ? "[" + area.title() + "](performance/" + area.name() + ".md)"
                    : area.title();
            table.append("| **").append(title).append("** | | | | |\n");
            for (Figure figure : area.figures()) {
                table.append("| ")
                        .append(cell(figure.what()))
                        .append(" | ")
                        .append(cell(target(figure)))
                        .append(" | ")
                        .append(cell(Numbers.show(figure.value(), figure.unit())))
                        .append(" | ")
                        .append(figure.met()
                                .map(met -> met ? "met" : "**missed**")
                                .orElse(""))
                        .append(" | `")
                        .append(cell(figure.command()))
                        .append("` |\n");
            }
        }
        return table.toString();
    }

    static String target(Figure figure) {
        return figure.target()
                .map(wanted -> wanted.bound().words() + " " + Numbers.show(wanted.value(), figure.unit()))
                .orElse("");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ').strip();
    }

    /**
     * A page with the table between its marks.
     *
     * @throws IllegalArgumentException if the page has no place for it
     */
    static String into(String page, String table) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "the page has no place for the table: a line %s and a line %s below it", BEGIN, END));
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + page.substring(end);
    }
}
