package kopilka.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rules of a loyalty program.
 *
 * @param name as members know it
 * @param currency of all its money
 * @param zone whose calendar says which day it is
 * @param scheme how orders earn
 * @param wallets what they earn into, the main one first
 * @param refunds what returns take back and give back
 * @param referral what recommending brings, where the program rewards it
 * @param tiers the levels that members reach, where it has any
 * @param activities what actions beside buying bring, by their kinds
 * @param segments the labels that rules may ask for
 * @param giveBackLimit the worst case of what it gives back that its owner wants to be warned of, in hundredths of a percent
 */
public record Program(
        String name,
        Currency currency,
        ZoneId zone,
        Scheme scheme,
        List<WalletRules> wallets,
        RefundRules refunds,
        Optional<ReferralRules> referral,
        Optional<TierRules> tiers,
        Map<ActivityKind, ActivityRules> activities,
        Set<Segment> segments,
        OptionalLong giveBackLimit) {
    /** The most wallets: each adds to every account. */
    public static final int MAX_WALLETS = 5;

    /** Copies what it is given. */
    public Program {
        wallets = List.copyOf(wallets);
        activities = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(activities));
        segments = Set.copyOf(segments);
        if (wallets.isEmpty() || wallets.size() > MAX_WALLETS) {
            throw new IllegalArgumentException("1 to " + MAX_WALLETS + " wallets");
        }
    }

    /** A program of one wallet that is earned by rates. */
    public Program(
            String name,
            Currency currency,
            ZoneId zone,
            EarningRules earning,
            PendingRule pending,
            ExpiryRule expiry,
            RedemptionRules redemption,
            RefundRules refunds,
            Optional<ReferralRules> referral) {
        this(
                name,
                currency,
                zone,
                earning,
                List.of(new WalletRules(
                        WalletId.POINTS,
                        WalletRules.Unit.POINTS,
                        Texts.NONE,
                        pending,
                        Expiry.by(expiry),
                        Optional.of(redemption),
                        earning.maximumPerOrder())),
                refunds,
                referral,
                Optional.empty(),
                Map.of(),
                Set.of(),
                OptionalLong.empty());
    }

    /** The program's day at an instant. */
    public LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    /** The wallet that referrals reward, that debts and tiers count, and that a redemption means which names none. */
    public WalletRules main() {
        return wallets.getFirst();
    }

    /** A wallet. Empty: the program has none of that name. */
    public Optional<WalletRules> wallet(WalletId id) {
        return wallets.stream().filter(wallet -> wallet.id().equals(id)).findFirst();
    }

    /** The rates of a program that is earned by rates. */
    public EarningRules earning() {
        return switch (scheme) {
            case EarningRules rates -> rates;
            case RuleBook rules -> throw new IllegalStateException("this program is earned by rules");
        };
    }

    /** When what orders earned in the main wallet becomes available. */
    public PendingRule pending() {
        return main().pending();
    }

    /** When points of the main wallet expire. */
    public ExpiryRule expiry() {
        return main().expiry().usual();
    }

    /** How points of the main wallet pay. */
    public RedemptionRules redemption() {
        return main().redemption().orElseThrow();
    }
}
