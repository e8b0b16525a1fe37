/** The function redemption. */
@NullMarked
package kopilka.function.redemption;

import org.jspecify.annotations.NullMarked;
