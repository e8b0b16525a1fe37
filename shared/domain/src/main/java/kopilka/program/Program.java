package kopilka.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;

/**
 * The rules of a loyalty program.
 *
 * @param name as members know it
 * @param currency of all its money
 * @param zone whose calendar says which day it is
 * @param earning what orders earn
 * @param pending when what they earned becomes available
 * @param expiry when it expires
 * @param redemption how it pays
 * @param refunds what returns take back and give back
 * @param referral what recommending brings, where the program rewards it
 */
public record Program(
        String name,
        Currency currency,
        ZoneId zone,
        EarningRules earning,
        PendingRule pending,
        ExpiryRule expiry,
        RedemptionRules redemption,
        RefundRules refunds,
        Optional<ReferralRules> referral) {

    /** The program's day at an instant. */
    public LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }
}
