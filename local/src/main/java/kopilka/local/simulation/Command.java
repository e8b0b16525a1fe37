package kopilka.local.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What somebody asks of the engine, in plain words and values: it is told to the engine as an operation, and to the model
 * as it stands here, so that the two share no structure. Money is in minor units, quantities in thousandths.
 */
sealed interface Command {
    /** In which program. */
    String program();

    /** Whose account it moves. */
    String member();

    /** A member joins. */
    record Enrol(String program, String member) implements Command {}

    /** A member leaves. */
    record Leave(String program, String member) implements Command {}

    /** A customer ordered. */
    record Place(String program, String member, String order, Instant at, Basket basket) implements Command {}

    /** An order was paid. */
    record Pay(String program, String member, String order, Instant at, Basket basket) implements Command {}

    /** An order arrived. */
    record Deliver(String program, String member, String order, Instant at) implements Command {}

    /** An order is off. */
    record Cancel(String program, String member, String order, Instant at) implements Command {}

    /** A part of an order goes back: some of its lines, some of the delivery's price, or a bare amount. */
    record Refund(
            String program,
            String member,
            String order,
            String refund,
            Instant at,
            String currency,
            List<Back> lines,
            long delivery,
            long amount)
            implements Command {}

    /** Points are reserved for a checkout; without minutes as long as the program says. */
    record Hold(
            String program,
            String member,
            String redemption,
            long points,
            String currency,
            long orderTotal,
            OptionalLong minutes)
            implements Command {}

    /** A checkout was paid with so many of the points held for it; all of them where it does not say. */
    record Capture(String program, String member, String redemption, OptionalLong points) implements Command {}

    /** A checkout was given up. */
    record VoidHold(String program, String member, String redemption) implements Command {}

    /** The sweep makes durable what time did to an account that it saw with so many postings. */
    record Settle(String program, String member, long sequence) implements Command {}

    /** A member gets a code to recommend the shop with. */
    record IssueCode(String program, String member, String code) implements Command {}

    /** A newcomer came by that code. */
    record Attach(String program, String member, String code) implements Command {}

    /** A referrer is rewarded for a referee's order, as the referee's posting said. */
    record Reward(
            String program,
            String member,
            String referee,
            String order,
            long points,
            LocalDate availableFrom,
            LocalDate lastDay)
            implements Command {}

    /** A referrer's reward is taken back, as the referee's posting said. */
    record TakeBack(String program, String member, String referee, String order) implements Command {}

    /**
     * What an order contains.
     *
     * @param currency of its money, which may be the wrong one
     * @param lines what was bought
     * @param delivery its price
     * @param tax beside the prices
     * @param discount on the whole order
     * @param total what is to be paid, which may be wrong
     * @param paidByPoints the amount that each redemption paid, by its id; the rest is money
     */
    record Basket(
            String currency,
            List<Line> lines,
            long delivery,
            long tax,
            long discount,
            long total,
            SortedMap<String, Long> paidByPoints) {}

    /** A line of an order: category is empty where it has none; its total is after its own discount. */
    record Line(String id, String category, long quantity, long total, long discount, boolean giftVoucher) {}

    /** So much of a line goes back; with an amount where that is not its share of the price. */
    record Back(String line, long quantity, OptionalLong amount) {}
}
