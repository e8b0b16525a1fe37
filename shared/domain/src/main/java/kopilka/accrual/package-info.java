/** Orders earn, and refunds take back exactly what the returned lines earned. */
@org.jspecify.annotations.NullMarked
package kopilka.accrual;
