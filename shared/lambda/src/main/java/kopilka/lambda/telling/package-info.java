/**
 * A program told to its members in their own language: the sentences are made from the rules that are computed with, so the
 * two can't drift apart. What is said, and in which sequence, is the same in all languages; how it is said, each language
 * says in a class of its own, and none can leave anything out.
 */
@NullMarked
package kopilka.lambda.telling;

import org.jspecify.annotations.NullMarked;
