/** Code that breaks the rules of functions, to prove that each rule can fail. */
@org.jspecify.annotations.NullMarked
package kopilka.function.accrual.planted;
