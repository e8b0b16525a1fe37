package kopilka.local.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import kopilka.local.replay.Row.Kind;
import kopilka.local.replay.Row.Line;
import kopilka.local.replay.Row.Link;

/**
 * The orders and refunds of a shop, by the time they happened.
 *
 * @param rows those that can be read
 * @param unreadable what is wrong with those that cannot, by their number
 */
record History(List<Row> rows, Map<Integer, String> unreadable) {
    /** A number longer than this is no amount of money and no quantity; reading it would take long. */
    private static final int MAX_DIGITS = 40;

    /**
     * The files.
     *
     * @param orders a row for each order and refund
     * @param lines what they consist of, where that is known
     * @param links which order lines the refunds take back, where that is known
     */
    record Sources(Path orders, Optional<Path> lines, Optional<Path> links) {}

    /** A file that has not the form it should have; the message names the file, never its folder. */
    static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Malformed(Path file, String what) {
            super(file.getFileName() + ": " + what);
        }
    }

    /**
     * Reads the files; those that end in {@code .gz} are unpacked.
     *
     * @param zone where a time without an offset is meant; an hour that comes twice is the first one, an hour that never
     *     comes the one after it
     * @throws Malformed where a column is missing, or lines and links cannot be read
     */
    static History read(Sources files, ZoneId zone) throws IOException {
        Map<String, List<Line>> lines = new HashMap<>();
        Interned interned = new Interned();
        if (files.lines().isPresent()) {
            Path file = files.lines().get();
            each(
                    file,
                    row -> lines.computeIfAbsent(text(row, "order_id", file), id -> new ArrayList<>())
                            .add(new Line(
                                    interned.text(text(row, "sku", file)),
                                    interned.text(text(row, "category", file)),
                                    interned.number(number(row, "quantity", file)),
                                    interned.number(number(row, "unit_price", file)))));
        }
        Map<String, List<Link>> links = new HashMap<>();
        if (files.links().isPresent()) {
            Path file = files.links().get();
            each(
                    file,
                    row -> links.computeIfAbsent(text(row, "refund_order_id", file), id -> new ArrayList<>())
                            .add(new Link(
                                    number(row, "line_no", file).intValue(),
                                    interned.text(text(row, "sku", file)),
                                    number(row, "quantity", file).abs(),
                                    number(row, "refund_unit_price", file),
                                    interned.text(text(row, "original_order_id", file)),
                                    number(row, "original_unit_price", file))));
        }
        List<Row> rows = new ArrayList<>();
        Map<Integer, String> unreadable = new HashMap<>();
        int[] number = {0};
        each(files.orders(), record -> {
            number[0]++;
            try {
                String id = text(record, "order_id", files.orders());
                rows.add(new Row(
                        number[0],
                        id,
                        text(record, "customer_id", files.orders()),
                        time(text(record, "ordered_at", files.orders()), zone),
                        number(record, "amount", files.orders()),
                        text(record, "currency", files.orders()),
                        kind(text(record, "kind", files.orders())),
                        Optional.of(text(record, "original_order_id", files.orders()))
                                .filter(original -> !original.isEmpty()),
                        List.copyOf(lines.getOrDefault(id, List.of())),
                        List.copyOf(links.getOrDefault(id, List.of()))));
            } catch (Unreadable wrong) {
                unreadable.put(number[0], wrong.reason);
            }
        });
        // The sort is stable: what happened at the same time stays in the file's sequence.
        rows.sort(Comparator.comparing(row -> row.at().toInstant()));
        return new History(List.copyOf(rows), Map.copyOf(unreadable));
    }

    /** How many rows there are, readable or not. */
    int size() {
        return rows.size() + unreadable.size();
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private static void each(Path file, Consumer<NamedCsvRecord> record) throws IOException {
        try (Reader text = open(file);
                CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : rows) {
                try {
                    record.accept(row);
                } catch (Unreadable wrong) {
                    throw new Malformed(file, "line " + row.getStartingLineNumber() + ": " + wrong.reason);
                }
            }
        } catch (CsvParseException malformed) {
            throw new Malformed(file, String.valueOf(malformed.getMessage()));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static Reader open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        boolean packed = String.valueOf(file.getFileName()).endsWith(".gz");
        return new InputStreamReader(packed ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8);
    }

    private static String text(NamedCsvRecord row, String column, Path file) {
        if (!row.getHeader().contains(column)) {
            throw new Malformed(file, "has no column " + column);
        }
        return row.findField(column).map(String::strip).orElseThrow(() -> new Unreadable("too few columns"));
    }

    private static BigDecimal number(NamedCsvRecord row, String column, Path file) {
        String text = text(row, column, file);
        if (text.length() <= MAX_DIGITS && text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)")) {
            return new BigDecimal(text);
        }
        throw new Unreadable(column + " is not a number");
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "order" -> Kind.ORDER;
            case "refund" -> Kind.REFUND;
            default -> throw new Unreadable("kind is neither order nor refund");
        };
    }

    private static OffsetDateTime time(String text, ZoneId zone) {
        try {
            if (text.length() == "2010-01-31".length()) {
                return LocalDate.parse(text).atStartOfDay(zone).toOffsetDateTime();
            }
            boolean hasOffset = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$");
            return hasOffset
                    ? OffsetDateTime.parse(text)
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toOffsetDateTime();
        } catch (DateTimeException notATime) {
            throw new Unreadable("ordered_at is not a time");
        }
    }

    /** Keeps one copy of what stands in many lines. */
    private static final class Interned {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<BigDecimal, BigDecimal> numbers = new HashMap<>();

        String text(String text) {
            String known = texts.putIfAbsent(text, text);
            return known == null ? text : known;
        }

        BigDecimal number(BigDecimal number) {
            BigDecimal known = numbers.putIfAbsent(number, number);
            return known == null ? number : known;
        }
    }
}
