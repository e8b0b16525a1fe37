/** What an account knows of its member beside points: what was bought and done, which level, and what the shop told. */
@org.jspecify.annotations.NullMarked
package kopilka.standing;
