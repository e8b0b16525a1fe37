package kopilka.programmes;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The page of a programme, as far as it is a test: the table of its section "What happens".
 *
 * @param rows in the sequence of time
 */
record Page(List<Row> rows) {
    private static final String SECTION = "## What happens";
    private static final String HEAD = "| When | What happens | Then |";
    private static final String RULE = "| --- | --- | --- |";

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withResolverStyle(ResolverStyle.STRICT);

    Page {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a page.
     *
     * @param text of the file, in Markdown
     * @param wallets of the programme
     * @throws Unreadable if there is no such table, or a row of it is not of the grammar; the message names the line
     */
    static Page read(String text, Wallets wallets) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        int head = head(lines);
        WhatHappens whatHappens = new WhatHappens(wallets);
        Then then = new Then(wallets);
        List<Row> rows = new ArrayList<>();
        for (int i = head + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
            rows.add(row(i + 1, lines.get(i), whatHappens, then));
            if (rows.size() > 1
                    && rows.getLast().when().isBefore(rows.get(rows.size() - 2).when())) {
                throw new Unreadable(rows.getLast() + " is before the row above");
            }
        }
        if (rows.isEmpty()) {
            throw new Unreadable("the table has no rows");
        }
        return new Page(rows);
    }

    private static int head(List<String> lines) {
        if (lines.stream().filter(SECTION::equals).count() != 1) {
            throw new Unreadable("a page has one section \"" + SECTION + "\"");
        }
        int section = lines.indexOf(SECTION);
        int head = lines.indexOf(HEAD);
        if (head < section || lines.lastIndexOf(HEAD) != head) {
            throw new Unreadable("one table stands in that section, and begins with " + HEAD);
        }
        if (lines.subList(section + 1, head).stream().anyMatch(line -> line.startsWith("## "))) {
            throw new Unreadable("the table stands in another section");
        }
        if (head + 1 == lines.size() || !lines.get(head + 1).equals(RULE)) {
            throw new Unreadable("below the head of the table stands " + RULE);
        }
        return head;
    }

    private static Row row(int number, String line, WhatHappens whatHappens, Then then) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 5 || !cells[0].isEmpty() || !cells[4].isBlank()) {
            throw new Unreadable("line " + number + ": a row has three cells: " + line);
        }
        try {
            return new Row(
                    number,
                    line,
                    when(cells[1].strip()),
                    whatHappens.read(cells[2].strip()),
                    then.read(cells[3].strip()));
        } catch (Unreadable unreadable) {
            throw new Unreadable("line " + number + ": " + unreadable.getMessage());
        }
    }

    private static LocalDateTime when(String text) {
        try {
            return LocalDateTime.parse(text, WHEN);
        } catch (DateTimeException unreadable) {
            throw new Unreadable("a time is as in 2026-03-02 10:00: " + text);
        }
    }
}
