/** What an order earns: pure arithmetic on the order's content, what is kept of it, and the rules. */
@org.jspecify.annotations.NullMarked
package kopilka.earning;
