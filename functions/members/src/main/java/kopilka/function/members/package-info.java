/** The function members. */
@NullMarked
package kopilka.function.members;

import org.jspecify.annotations.NullMarked;
