/** Code that breaks the rules of the domain, to prove that each rule can fail. */
@org.jspecify.annotations.NullMarked
package kopilka.accrual.planted;
