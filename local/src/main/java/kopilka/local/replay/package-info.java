/**
 * The replay of a shop's own orders: each order and refund of a CSV file is sent at its own date, and at the end the books
 * are audited.
 */
@NullMarked
package kopilka.local.replay;

import org.jspecify.annotations.NullMarked;
