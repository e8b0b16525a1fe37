/** What a basket would earn, could redeem and is entitled to, with reasons. It changes nothing. */
@org.jspecify.annotations.NullMarked
package kopilka.quote;
