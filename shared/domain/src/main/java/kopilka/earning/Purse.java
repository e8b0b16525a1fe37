package kopilka.earning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.earning.Rewards.OnValue;
import kopilka.earning.Rewards.Once;
import kopilka.earning.Rewards.Part;
import kopilka.earning.Rewards.Reward;
import kopilka.money.Points;
import kopilka.program.Effect;
import kopilka.program.Multipliers;
import kopilka.program.Rate;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.WalletRules;
import org.jspecify.annotations.Nullable;

/** What the rules that apply to an order bring into one wallet. */
final class Purse {
    private final WalletRules wallet;
    private final int positions;
    private final List<Brought> brought = new ArrayList<>();
    private @Nullable Partition<Multiplied> multiplied;

    /**
     * An empty one.
     *
     * @param wallet which wallet
     * @param positions how many lines there are, the delivery included
     */
    Purse(WalletRules wallet, int positions) {
        this.wallet = wallet;
        this.positions = positions;
    }

    private sealed interface Brought {}

    /** A rate on lines. */
    private record OnLines(RuleId rule, Rate rate, LineSet lines) implements Brought {}

    /** Once an order. */
    private record Bonus(RuleId rule, long units) implements Brought {}

    /** What a line's earnings are multiplied with: one multiplier, and those before it. */
    private record Multiplied(
            RuleId by, int hundredths, @Nullable Multiplied before) {
        static final Multiplied NOT = new Multiplied(new RuleId(""), 100, null);
    }

    /** What all multipliers of a line come to, in ten-thousandths. */
    private record Factor(long tenThousandths, List<RuleId> by) {
        static final Factor ONCE = new Factor(OnValue.ONCE, List.of());
    }

    WalletRules wallet() {
        return wallet;
    }

    void earn(RuleId rule, Effect.Earn earn, LineSet lines) {
        brought.add(new OnLines(rule, earn.rate(), lines));
    }

    void add(RuleId rule, Effect.Bonus bonus) {
        brought.add(new Bonus(rule, bonus.points()));
    }

    void multiply(RuleId rule, Effect.Multiply multiply, LineSet lines) {
        if (multiplied == null) {
            multiplied = new Partition<>(positions, Multiplied.NOT);
        }
        multiplied.refine(lines, before -> new Multiplied(rule, multiply.hundredths(), before));
    }

    /** What it comes to. Empty: no rule contributes anything. */
    Optional<Reward> reward(Bases bases, RuleBook book) {
        if (brought.isEmpty()) {
            return Optional.empty();
        }
        List<Factor> factors = factors(book.multipliers());
        List<Part> parts = new ArrayList<>(brought.size());
        Exact sum = Exact.ZERO;
        long bonus = 0;
        for (Brought each : brought) {
            switch (each) {
                case OnLines on -> sum = sum.plus(earned(on, bases, factors, parts));
                case Bonus once -> {
                    bonus = Math.addExact(bonus, once.units());
                    parts.add(new Once(once.rule(), once.units()));
                }
            }
        }
        long units = switch (book.rounding()) {
            case DOWN_ON_ORDER -> sum.over(bases.denominator()).floor(Points.MAX);
            case DOWN_ON_LINE -> lineByLine(bases, factors);
        };
        long uncapped = Math.min(Points.MAX, Math.addExact(units, bonus));
        long capped = Math.min(wallet.maximumPerOrder().orElse(Points.MAX), uncapped);
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Reward(capped, uncapped, parts));
    }

    /** What a rate brings, as a multiple of what the bases are counted in: the lines of one factor together. */
    private Exact earned(OnLines on, Bases bases, List<Factor> factors, List<Part> parts) {
        Exact earned = Exact.ZERO;
        Exact[] values = bases.of(on.lines(), multiplied);
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isZero()) {
                Factor factor = factors.get(i);
                earned = earned.plus(times(values[i], factor));
                long base = values[i].over(bases.denominator()).floor();
                parts.add(new OnValue(on.rule(), base, on.rate(), factor.tenThousandths(), factor.by()));
            }
        }
        return earned.times(on.rate().points()).over(on.rate().perMinor());
    }

    private static Exact times(Exact value, Factor factor) {
        return factor.tenThousandths() == OnValue.ONCE
                ? value
                : value.times(factor.tenThousandths()).over(OnValue.ONCE);
    }

    /** What each line brings by all rates, rounded down; the delivery comes last. */
    List<Long> byLine(Bases bases, RuleBook book) {
        List<Factor> factors = factors(book.multipliers());
        List<Long> lines = new ArrayList<>(positions);
        for (int line = 0; line < positions; line++) {
            lines.add(onLine(line, bases, factors));
        }
        return lines;
    }

    private long lineByLine(Bases bases, List<Factor> factors) {
        long units = 0;
        for (int line = 0; line < positions; line++) {
            units += onLine(line, bases, factors);
        }
        return units;
    }

    /** What a line brings by all rates, rounded down. */
    private long onLine(int line, Bases bases, List<Factor> factors) {
        Exact sum = Exact.ZERO;
        for (Brought each : brought) {
            if (each instanceof OnLines on && on.lines().has(line)) {
                sum = sum.plus(
                        bases.of(line).times(on.rate().points()).over(on.rate().perMinor()));
            }
        }
        Factor factor = factors.get(multiplied == null ? 0 : multiplied.classOf(line));
        return times(sum, factor).over(bases.denominator()).floor(Points.MAX);
    }

    /** The factor of each class of lines. */
    private List<Factor> factors(Multipliers rules) {
        if (multiplied == null) {
            return List.of(Factor.ONCE);
        }
        List<Factor> factors = new ArrayList<>(multiplied.values().size());
        for (Multiplied last : multiplied.values()) {
            factors.add(factor(last, rules));
        }
        return factors;
    }

    private static Factor factor(Multiplied last, Multipliers rules) {
        List<RuleId> by = new ArrayList<>();
        long surplus = 0;
        Exact product = Exact.ONE;
        for (Multiplied each = last; each.before() != null; each = each.before()) {
            if (by.isEmpty() || !by.getLast().equals(each.by())) {
                by.add(each.by());
            }
            surplus += each.hundredths() - 100;
            product = product.times(each.hundredths()).over(100);
        }
        long most = rules.maximum() * 100L;
        long factor = switch (rules.combine()) {
            case ADD -> Math.clamp(OnValue.ONCE + surplus * 100, 0, most);
            case MULTIPLY -> product.times(OnValue.ONCE).floor(most);
        };
        return new Factor(factor, List.copyOf(by.reversed()));
    }
}
