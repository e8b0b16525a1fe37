/** A shop's backend, as it speaks to Kopilka: over HTTP with its key, or through the order queue. */
@NullMarked
package kopilka.local.shop;

import org.jspecify.annotations.NullMarked;
