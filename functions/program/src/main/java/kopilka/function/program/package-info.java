/** The function program. */
@NullMarked
package kopilka.function.program;

import org.jspecify.annotations.NullMarked;
