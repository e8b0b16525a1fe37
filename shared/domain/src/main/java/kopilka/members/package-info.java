/** Members join and leave. */
@org.jspecify.annotations.NullMarked
package kopilka.members;
