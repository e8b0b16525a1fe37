/** The levels that members reach by buying, and lose by not buying any more: told from what they bought, and from time. */
@org.jspecify.annotations.NullMarked
package kopilka.tiers;
