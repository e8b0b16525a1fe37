package kopilka.earning;

import java.time.Instant;
import java.util.SortedMap;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.EarningRules;
import kopilka.program.Program;
import kopilka.program.RuleBook;
import kopilka.program.WalletId;

/** What an order earns as it is kept: by rates or by rules, as its program has it. */
public sealed interface Earnings permits Earning, Rewards {
    /** How much by wallet, in the wallet's units; wallets in which it earns nothing are not there. */
    SortedMap<WalletId, Long> units();

    /** How much in a wallet. */
    default long units(WalletId wallet) {
        return units().getOrDefault(wallet, 0L);
    }

    /**
     * Computes it. Pure: the same order, what is kept of it, circumstances and rules give the same, forever.
     *
     * @param order the content it is computed from
     * @param returned what came back of it
     * @param rules of the version that the order is earned under
     * @param circumstances under which it was paid
     * @param at the moment that rules go by
     */
    static Earnings of(OrderBasis order, Returned returned, Program rules, Circumstances circumstances, Instant at) {
        return switch (rules.scheme()) {
            case EarningRules rates -> Earning.of(order, Kept.of(order, returned), rates);
            case RuleBook book ->
                Evaluation.of(order, returned, circumstances, at, rules).rewards();
        };
    }
}
