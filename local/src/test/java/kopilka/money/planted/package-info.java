/** Code that closes a cycle of packages, to prove that the rule can fail. */
@org.jspecify.annotations.NullMarked
package kopilka.money.planted;
