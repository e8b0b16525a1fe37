/** What is kept in DynamoDB: the ledger, the versions of programs, API keys, and answers by idempotency key. */
@NullMarked
package kopilka.dynamodb;

import org.jspecify.annotations.NullMarked;
