/** What measurements found: kept as files of figures, shown as one table and one picture. */
@NullMarked
package kopilka.local.figures;

import org.jspecify.annotations.NullMarked;
