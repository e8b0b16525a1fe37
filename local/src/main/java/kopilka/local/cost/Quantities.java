package kopilka.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operations were counted to take: request units, bytes of postings as the decision on the data model publishes
 * them, and bytes of answers.
 *
 * @param order an order, but for what depends on its lines
 * @param lines bytes of an order's posting by its lines, in rising order
 * @param end the end of a hold
 */
record Quantities(
        Reading order,
        List<Lines> lines,
        Operation refund,
        Operation hold,
        Operation end,
        Operation join,
        Operation settlement,
        Reading balance,
        Reading quote) {
    private static final BigInteger UNIT = BigInteger.valueOf(1024);

    Quantities {
        lines = List.copyOf(lines);
    }

    /** The bytes of the posting of an order of so many lines. */
    record Lines(BigInteger lines, BigInteger posting) {}

    /**
     * What is read for an answer.
     *
     * @param reads read units
     * @param answer bytes of the answer, with its headers
     */
    record Reading(BigDecimal reads, BigDecimal answer) {
        private static Reading of(JsonNode json) {
            return new Reading(Documents.number(json, "reads"), Documents.number(json, "answer"));
        }
    }

    /**
     * What an operation takes.
     *
     * @param writes write units, those of indexes included
     * @param reads read units
     * @param posting bytes of its posting
     * @param answer bytes of the answer, with its headers
     */
    record Operation(BigDecimal writes, BigDecimal reads, BigDecimal posting, BigDecimal answer) {}

    /** As counted. */
    static Quantities counted() {
        JsonNode json = Documents.resource("quantities.json");
        List<Lines> lines = new ArrayList<>();
        Documents.entries(json, "lines")
                .forEach(entry -> lines.add(new Lines(
                        Documents.number(entry, "lines").toBigIntegerExact(),
                        Documents.number(entry, "posting").toBigIntegerExact())));
        return new Quantities(
                Reading.of(json.path("order")),
                lines,
                operation(json.path("refund")),
                operation(json.path("hold")),
                operation(json.path("end")),
                operation(json.path("join")),
                operation(json.path("settlement")),
                Reading.of(json.path("balance")),
                Reading.of(json.path("quote")));
    }

    private static Operation operation(JsonNode json) {
        return new Operation(
                Documents.number(json, "writes"),
                Documents.number(json, "reads"),
                Documents.number(json, "posting"),
                json.has("answer") ? Documents.number(json, "answer") : BigDecimal.ZERO);
    }

    /** Bytes of the posting of an order of so many lines: between two that were measured on the line that joins them, rounded up. */
    BigInteger orderPosting(BigInteger count) {
        Lines below = lines.getFirst();
        Lines above = lines.getLast();
        for (int i = 1; i < lines.size(); i++) {
            if (count.compareTo(lines.get(i).lines()) <= 0 || i == lines.size() - 1) {
                below = lines.get(i - 1);
                above = lines.get(i);
                break;
            }
        }
        BigInteger rise = above.posting().subtract(below.posting());
        BigInteger run = above.lines().subtract(below.lines());
        BigInteger more = count.subtract(below.lines()).max(BigInteger.ZERO).multiply(rise);
        return below.posting().add(roundedUp(more, run));
    }

    /** Write units of an order of so many lines: its posting twice for the transaction and once for the history, its account twice. */
    BigDecimal orderWrites(BigInteger count) {
        BigInteger posting = roundedUp(orderPosting(count), UNIT);
        return new BigDecimal(posting.multiply(BigInteger.valueOf(3)).add(BigInteger.TWO));
    }

    private static BigInteger roundedUp(BigInteger number, BigInteger by) {
        return number.add(by).subtract(BigInteger.ONE).divide(by);
    }
}
