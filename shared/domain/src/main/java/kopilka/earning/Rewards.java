package kopilka.earning;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.program.Benefit;
import kopilka.program.Rate;
import kopilka.program.RuleId;
import kopilka.program.WalletId;

/**
 * What an order earns by the rules of its program.
 *
 * @param wallets by wallet; those to which no rule contributes are not there
 * @param benefits what else it is entitled to
 * @param goodsValue the value of the goods kept, after the shop's own discounts and before the program's, in minor units
 * @param excluded what did not count, and how much of it there was
 */
public record Rewards(
        SortedMap<WalletId, Reward> wallets, List<Granted> benefits, long goodsValue, List<Earning.Excluded> excluded)
        implements Earnings {
    /** Copies what it is given. */
    public Rewards {
        wallets = Collections.unmodifiableSortedMap(new TreeMap<>(wallets));
        benefits = List.copyOf(benefits);
        excluded = List.copyOf(excluded);
    }

    @Override
    public SortedMap<WalletId, Long> units() {
        SortedMap<WalletId, Long> units = new TreeMap<>();
        wallets.forEach((wallet, reward) -> {
            if (reward.units() > 0) {
                units.put(wallet, reward.units());
            }
        });
        return units;
    }

    /**
     * What an order earns in one wallet.
     *
     * @param units how much, in the wallet's units
     * @param uncapped what it would earn without the wallet's cap for one order
     * @param parts what each rule contributes, in the sequence of the rules
     */
    public record Reward(long units, long uncapped, List<Part> parts) {
        /** Copies what it is given. */
        public Reward {
            parts = List.copyOf(parts);
        }
    }

    /** What one rule contributes to a wallet. */
    public sealed interface Part {
        /** Which rule. */
        RuleId rule();
    }

    /**
     * A rate on the value of lines that have the same multipliers, times their factor.
     *
     * @param rule which rule
     * @param base the value, in minor units, rounded down for the record: what is computed with is exact
     * @param rate wallet units for the value
     * @param factor what it is multiplied with, in ten-thousandths: 10,000 where nothing multiplies
     * @param multipliers the rules that multiply it
     */
    public record OnValue(RuleId rule, long base, Rate rate, long factor, List<RuleId> multipliers) implements Part {
        /** No multiplication. */
        public static final long ONCE = 10_000;

        /** Copies what it is given. */
        public OnValue {
            multipliers = List.copyOf(multipliers);
        }
    }

    /**
     * A bonus for the order.
     *
     * @param rule which rule
     * @param units how much
     */
    public record Once(RuleId rule, long units) implements Part {}

    /**
     * A benefit that a rule brings.
     *
     * @param rule which rule
     * @param benefit what it brings
     */
    public record Granted(RuleId rule, Benefit benefit) {}
}
