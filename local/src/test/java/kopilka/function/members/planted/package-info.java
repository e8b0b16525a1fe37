/** Code that another function's planted code calls. */
@org.jspecify.annotations.NullMarked
package kopilka.function.members.planted;
