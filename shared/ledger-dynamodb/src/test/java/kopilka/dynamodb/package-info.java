@org.jspecify.annotations.NullMarked
package kopilka.dynamodb;
