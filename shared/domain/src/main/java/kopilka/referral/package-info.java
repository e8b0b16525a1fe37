/** Members recommend the shop, and both sides are rewarded once the referee's first order matures. */
@org.jspecify.annotations.NullMarked
package kopilka.referral;
