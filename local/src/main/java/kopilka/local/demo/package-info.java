/** The demonstration: a short day in a shop, and what a member's statement looks like after it. */
@NullMarked
package kopilka.local.demo;

import org.jspecify.annotations.NullMarked;
