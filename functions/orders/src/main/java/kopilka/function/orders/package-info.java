/** The function orders. */
@NullMarked
package kopilka.function.orders;

import org.jspecify.annotations.NullMarked;
