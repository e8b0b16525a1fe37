/** The function authorizer. */
@NullMarked
package kopilka.function.authorizer;

import org.jspecify.annotations.NullMarked;
