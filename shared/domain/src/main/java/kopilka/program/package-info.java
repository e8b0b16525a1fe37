/** A loyalty program's rules, as typed values, and its versions. */
@org.jspecify.annotations.NullMarked
package kopilka.program;
