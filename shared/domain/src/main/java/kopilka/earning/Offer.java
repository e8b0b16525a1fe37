package kopilka.earning;

import java.time.Instant;
import java.util.SortedMap;
import kopilka.order.OrderBasis;
import kopilka.program.Circumstances;
import kopilka.program.Program;
import kopilka.program.WalletId;

/** What the rules of a program offer for a basket that is not an order yet. They are asked once, whatever is told of it. */
public final class Offer {
    private final RuleRun run;

    private Offer(RuleRun run) {
        this.run = run;
    }

    /**
     * Asks the rules.
     *
     * @param basket as it would be ordered, before any discount of the program
     * @param circumstances under which
     * @param at when
     * @param program whose rules; it is one that is earned by rules
     */
    public static Offer of(OrderBasis basket, Circumstances circumstances, Instant at, Program program) {
        return new Offer(RuleRun.quote(basket, circumstances, at, program));
    }

    /** What would come off the price, and what the order that follows would earn. */
    public Evaluation evaluation() {
        return run.evaluation();
    }

    /**
     * What each line would earn by the rates on it, rounded down, by its position. Bonuses, and fractions that add up to more,
     * belong to the order and to none of its lines; and so does a cap.
     */
    public SortedMap<WalletId, SortedMap<Integer, Long>> byLine() {
        return run.byLine();
    }
}
