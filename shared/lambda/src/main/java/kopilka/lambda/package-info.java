/**
 * The edge of a function: what AWS Lambda hands in, what it gets back, and the only place where a clock, an
 * environment, a client or a log is touched.
 */
@NullMarked
package kopilka.lambda;

import org.jspecify.annotations.NullMarked;
