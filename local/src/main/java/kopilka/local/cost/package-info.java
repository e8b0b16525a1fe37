/** What a shop pays AWS for Kopilka: list prices times counted units. */
@NullMarked
package kopilka.local.cost;

import org.jspecify.annotations.NullMarked;
