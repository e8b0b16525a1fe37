/**
 * HTTP as API Gateway hands it to a function (payload format 2.0): requests, answers, problems (RFC 9457), and who
 * calls.
 */
@NullMarked
package kopilka.lambda.http;

import org.jspecify.annotations.NullMarked;
