package kopilka.local.replay;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was noticed on the way from rows to messages. For one thread. */
final class Notes {
    private int lines;
    private int roundedLines;
    private int roundedRows;
    private int otherTotals;
    private BigDecimal otherBy = BigDecimal.ZERO;
    private int freeLines;
    private int giftVouchers;
    private int discounts;
    private int emptyLines;
    private int dearerRefunds;
    private final SortedMap<String, Part> unmatched = new TreeMap<>();
    private final SortedMap<String, Part> unknown = new TreeMap<>();

    /**
     * Parts of refunds that share a fate.
     *
     * @param count of refund lines
     * @param money what they gave back
     */
    record Part(int count, BigDecimal money) {
        static final Part NONE = new Part(0, BigDecimal.ZERO);

        Part plus(BigDecimal more) {
            return new Part(count + 1, money.add(more));
        }
    }

    void line() {
        lines++;
    }

    void roundedLines(int count) {
        if (count > 0) {
            roundedRows++;
            roundedLines += count;
        }
    }

    void otherTotal(BigDecimal by) {
        otherTotals++;
        otherBy = otherBy.add(by.abs());
    }

    void freeLine() {
        freeLines++;
    }

    void giftVoucher() {
        giftVouchers++;
    }

    void discount() {
        discounts++;
    }

    void emptyLine() {
        emptyLines++;
    }

    void dearerRefund() {
        dearerRefunds++;
    }

    void unmatched(String reason, BigDecimal money) {
        unmatched.put(reason, unmatched.getOrDefault(reason, Part.NONE).plus(money));
    }

    void unknown(String reason, BigDecimal money) {
        unknown.put(reason, unknown.getOrDefault(reason, Part.NONE).plus(money));
    }

    int lines() {
        return lines;
    }

    int roundedLines() {
        return roundedLines;
    }

    int roundedRows() {
        return roundedRows;
    }

    /** Orders whose lines, rounded, do not come to their amount. */
    int otherTotals() {
        return otherTotals;
    }

    BigDecimal otherBy() {
        return otherBy;
    }

    int freeLines() {
        return freeLines;
    }

    int giftVouchers() {
        return giftVouchers;
    }

    int discounts() {
        return discounts;
    }

    int emptyLines() {
        return emptyLines;
    }

    /** Refund lines that gave more back than had been paid. */
    int dearerRefunds() {
        return dearerRefunds;
    }

    SortedMap<String, Part> unmatched() {
        return unmatched;
    }

    SortedMap<String, Part> unknown() {
        return unknown;
    }
}
