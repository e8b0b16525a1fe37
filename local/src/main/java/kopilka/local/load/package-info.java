/**
 * Load on the local run: many clients at once, some members and programs hotter than others, the process killed in the
 * middle, and afterwards every acknowledged write looked up in the ledger.
 */
@NullMarked
package kopilka.local.load;

import org.jspecify.annotations.NullMarked;
