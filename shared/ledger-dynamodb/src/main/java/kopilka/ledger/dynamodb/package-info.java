/** The ledger kept in DynamoDB. */
@NullMarked
package kopilka.ledger.dynamodb;

import org.jspecify.annotations.NullMarked;
