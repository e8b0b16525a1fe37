/**
 * The ready programmes of docs/programmes: that their documents are in order, and that what their pages tell is what
 * happens. A page's table is its test, row by row.
 */
@NullMarked
package kopilka.programmes;

import org.jspecify.annotations.NullMarked;
