/** Amounts of money and of points, and the exact arithmetic on them. */
@org.jspecify.annotations.NullMarked
package kopilka.money;
