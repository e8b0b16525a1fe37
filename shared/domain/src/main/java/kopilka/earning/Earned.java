package kopilka.earning;

import java.util.SortedMap;
import kopilka.program.WalletId;

/** What an order earns: by rates or by rules, as its program has it. */
public sealed interface Earned permits Earning, Rewards {
    /** How much by wallet, in the wallet's units; wallets in which it earns nothing are not there. */
    SortedMap<WalletId, Long> units();

    /** How much in a wallet. */
    default long units(WalletId wallet) {
        return units().getOrDefault(wallet, 0L);
    }
}
