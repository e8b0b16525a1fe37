/**
 * The program documents of the second format: their fields become typed values, or every error in them is named; and what
 * is no error, but hardly meant, is warned of.
 */
@NullMarked
package kopilka.lambda.wire.document;

import org.jspecify.annotations.NullMarked;
