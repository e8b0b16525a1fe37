/** Functions that do one thing alone, to compare ways of doing it. */
@NullMarked
package kopilka.benchmarks.coldstart.handler;

import org.jspecify.annotations.NullMarked;
