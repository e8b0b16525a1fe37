/** The function quotes. */
@NullMarked
package kopilka.function.quotes;

import org.jspecify.annotations.NullMarked;
