/** What a shop tells about an order: its content, and what of it was returned. */
@org.jspecify.annotations.NullMarked
package kopilka.order;
