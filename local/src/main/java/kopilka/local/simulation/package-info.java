/**
 * A simulation that tries to break the ledger: from one seed, histories of shops and members, with everything that can go
 * wrong between them and the store, each step held against a model that is simple enough to be seen to be right.
 */
@NullMarked
package kopilka.local.simulation;

import org.jspecify.annotations.NullMarked;
