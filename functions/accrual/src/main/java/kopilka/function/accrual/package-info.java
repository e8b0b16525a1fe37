/** The function accrual. */
@NullMarked
package kopilka.function.accrual;

import org.jspecify.annotations.NullMarked;
