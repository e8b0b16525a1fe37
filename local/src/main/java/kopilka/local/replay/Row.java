package kopilka.local.replay;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A row of the orders file, with its lines and links.
 *
 * @param number of the row in the file; the first below the headings is 1
 * @param id of the order or refund
 * @param customer whose
 * @param at when
 * @param amount in money, negative for a refund
 * @param currency of all amounts
 * @param kind whether it sells or takes back
 * @param original of a refund, the order that it takes back from, where the file says it
 * @param lines in the file's sequence
 * @param links of a refund, the order lines that its lines take back
 */
record Row(
        int number,
        String id,
        String customer,
        OffsetDateTime at,
        BigDecimal amount,
        String currency,
        Kind kind,
        Optional<String> original,
        List<Line> lines,
        List<Link> links) {

    /** The day, as a zone tells it. */
    LocalDate day(ZoneId zone) {
        return LocalDate.ofInstant(at.toInstant(), zone);
    }

    /** What a row records. */
    enum Kind {
        /** Goods are sold. */
        ORDER,
        /** Goods or money go back. */
        REFUND
    }

    /** A line of an order, or with a negative quantity of a refund. */
    record Line(String sku, String category, BigDecimal quantity, BigDecimal unitPrice) {}

    /**
     * Which order a refund's line takes back from.
     *
     * @param line number of the refund's line; the first is 1
     * @param sku of the goods
     * @param quantity that came back, positive
     * @param refundPrice given back for one
     * @param order from which the goods were
     * @param price that had been paid for one
     */
    record Link(int line, String sku, BigDecimal quantity, BigDecimal refundPrice, String order, BigDecimal price) {}
}
