/** The function expiry. */
@NullMarked
package kopilka.function.expiry;

import org.jspecify.annotations.NullMarked;
