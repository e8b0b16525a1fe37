/** The audit as a command: of a folder that the local run kept, or of the tables of an AWS account. */
@NullMarked
package kopilka.local.audit;

import org.jspecify.annotations.NullMarked;
