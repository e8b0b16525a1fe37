/** A function that records orders the way tutorials write it. Nothing of Kopilka's uses it. */
@NullMarked
package kopilka.benchmarks.usual;

import org.jspecify.annotations.NullMarked;
