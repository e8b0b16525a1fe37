package kopilka.program;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values by wallet in their normal form: sorted, unmodifiable, and without wallets of which there is nothing to say. */
public final class ByWallet {
    private ByWallet() {}

    /** No wallets. */
    public static <T> SortedMap<WalletId, T> none() {
        return Collections.emptySortedMap();
    }

    /**
     * The normal form.
     *
     * @param values by wallet
     * @param nothing the value that is the same as none
     */
    public static <T> SortedMap<WalletId, T> of(Map<WalletId, T> values, T nothing) {
        SortedMap<WalletId, T> copy = new TreeMap<>(values);
        copy.values().removeIf(nothing::equals);
        return Collections.unmodifiableSortedMap(copy);
    }
}
