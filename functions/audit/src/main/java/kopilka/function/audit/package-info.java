/** The function audit. */
@NullMarked
package kopilka.function.audit;

import org.jspecify.annotations.NullMarked;
