/** Code that breaks the rules of the store, to prove that each rule can fail. */
@org.jspecify.annotations.NullMarked
package kopilka.dynamodb.planted;
