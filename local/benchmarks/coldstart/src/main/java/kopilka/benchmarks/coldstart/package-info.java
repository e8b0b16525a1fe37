/** Starts functions cold, one process after another, and counts the processor time until they have answered. */
@NullMarked
package kopilka.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
