/** Code that breaks the rules of the edge, to prove that each rule can fail. */
@org.jspecify.annotations.NullMarked
package kopilka.lambda.planted;
