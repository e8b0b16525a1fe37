/** The function referral. */
@NullMarked
package kopilka.function.referral;

import org.jspecify.annotations.NullMarked;
