/**
 * The API's words for the domain's: requests and queue messages become operations, postings and accounts become answers,
 * refusals become problems, and a program document becomes a program. Everything here is deterministic: the same posting
 * gives the same answer whenever it is asked for.
 */
@NullMarked
package kopilka.lambda.wire;

import org.jspecify.annotations.NullMarked;
