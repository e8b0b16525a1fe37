package kopilka.lambda.wire;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kopilka.earning.Earning;
import kopilka.earning.Earning.Excluded;
import kopilka.earning.Rewards;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.Bucket;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralSignal;
import kopilka.money.Money;
import kopilka.order.OrderEventKind;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.WalletId;
import kopilka.tiers.TierChange;

/**
 * Why a posting moved what it moved: one sentence, and the arithmetic behind it. Made from the posting and the rules of
 * the version that it names, and therefore the same for good. Never looks at the lines of an order, which a page of the
 * ledger comes without.
 *
 * @param text one English sentence
 * @param rule of the program document that decided; empty where none did
 * @param earning what an order earned, and how
 * @param currency of its amounts
 */
record Explanation(String text, Optional<String> rule, Optional<Earning> earning, Currency currency) {
    /** Rates that the sentence spells out; the figures beside it have them all. */
    private static final int SPELLED_OUT = 3;

    /** The longest exact sum that the sentence shows: a sum over odd fractions can have hundreds of digits. */
    private static final int LONGEST_SUM = 30;

    /** Explains a posting. */
    static Explanation of(Posting posting, Program rules) {
        return new Sentence(posting, rules).explanation();
    }

    void write(JsonWriter json) {
        json.put("text", text).putIfPresent("rule", rule);
        earning.ifPresent(earned -> write(json, earned));
    }

    private void write(JsonWriter json, Earning earned) {
        if (!earned.parts().isEmpty()) {
            json.objects(
                            "parts",
                            earned.parts(),
                            (to, part) -> to.put("rule", rule(part))
                                    .put("base", amount(part.base()))
                                    .put("rate", Words.rate(part.rate(), currency))
                                    .put("points", Fraction.of(part).text()))
                    .put("rounding", code(earned.rounding()));
        }
        if (earned.uncapped().compareTo(earned.points()) > 0) {
            json.put("uncapped", earned.uncapped().value())
                    .put("cap", earned.points().value());
        }
        if (!earned.excluded().isEmpty()) {
            json.objects(
                    "excluded",
                    earned.excluded(),
                    (to, excluded) -> to.put("what", code(excluded.what())).put("amount", amount(excluded.amount())));
        }
    }

    private String amount(long minor) {
        return new Money(minor, currency).amount();
    }

    private static String rule(Earning.Part part) {
        return part.category().map(category -> "earning.categories." + category).orElse("earning.rate");
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Puts the sentence together: what was done, its figures, what else came of it, and what time did meanwhile. */
    private static final class Sentence {
        private final Posting posting;
        private final Program rules;
        private final WalletId main;
        private final Currency currency;
        private final List<String> clauses = new ArrayList<>();
        private Optional<String> rule = Optional.empty();
        private Optional<Earning> earning = Optional.empty();

        Sentence(Posting posting, Program rules) {
            this.posting = posting;
            this.rules = rules;
            this.main = rules.main().id();
            this.currency = rules.currency();
        }

        /** So many units of the main wallet: points, or money. */
        private String points(long units) {
            return units(main, units);
        }

        private String were(long units) {
            return were(main, units);
        }

        private String were(WalletId wallet, long units) {
            return units(wallet, units) + (isOne(wallet, units) ? " was" : " were");
        }

        private boolean isMoney(WalletId wallet) {
            return Words.isMoney(wallet, rules);
        }

        /** So many units of a wallet, such as {@code 2.50 EUR of cashback}; of the main one without its name. */
        private String units(WalletId wallet, long units) {
            String much = isMoney(wallet) ? Words.money(units, currency) : Words.points(units);
            return wallet.equals(main) ? much : much + " of " + wallet;
        }

        private boolean isOne(WalletId wallet, long units) {
            return isMoney(wallet) || units == 1;
        }

        Explanation explanation() {
            tell();
            others();
            levels();
            return new Explanation(String.join("; ", clauses) + ".", rule, earning, currency);
        }

        private void tell() {
            switch (posting.facts()) {
                case Facts.Enrolled enrolled -> {
                    long brought = sum(Kind.ACCRUE, Reason.ACTIVITY);
                    clauses.add("The member joined the program"
                            + (brought > 0 ? ", which brought " + points(brought) + version() : ""));
                }
                case Facts.ActivityRewarded rewarded -> {
                    rule = Optional.of("activities." + rewarded.kind());
                    long brought = sum(Kind.ACCRUE, Reason.ACTIVITY);
                    clauses.add("Activity " + rewarded.activity() + " (" + rewarded.kind() + ") brought "
                            + (brought > 0 ? points(brought) : "nothing in the main wallet") + version());
                    meanwhile();
                }
                case Facts.ProfileChanged changed -> {
                    clauses.add("The shop told anew what it knows of the member");
                    meanwhile();
                }
                case Facts.Closed closed -> {
                    long ended = sum(Kind.EXPIRE, Reason.ACCOUNT_CLOSED) + sum(Kind.REVERSE, Reason.ACCOUNT_CLOSED);
                    clauses.add("The account was closed, and " + points(ended) + " ended with it");
                    meanwhile();
                }
                case Facts.OrderNoted noted -> noted(noted);
                case Facts.OrderPaid paid -> paid(paid);
                case Facts.OrderDelivered delivered -> delivered(delivered);
                case Facts.OrderCancelled cancelled -> {
                    rule = Optional.of("earning");
                    WalletReturn effect = cancelled.effect().in(main);
                    clauses.add("Order " + cancelled.order() + " was cancelled: "
                            + (effect.reversed() > 0
                                    ? were(effect.reversed()) + " taken back"
                                    : "there were no points to take back")
                            + version());
                    consequences(effect);
                    meanwhile();
                }
                case Facts.Refunded refunded -> {
                    rule = Optional.of("earning");
                    WalletReturn effect = refunded.effect().in(main);
                    clauses.add("Refund " + refunded.refund() + " sent back "
                            + Words.money(refunded.effect().value(), currency)
                            + " of order " + refunded.order() + ": what is kept of it earns "
                            + points(effect.earned()) + ", so " + change(effect, Reason.REFUND) + version());
                    consequences(effect);
                    meanwhile();
                }
                case Facts.RefundWaiting waiting -> {
                    clauses.add("Order " + waiting.order() + " is not paid yet; refund " + waiting.refund()
                            + " waits for it");
                    meanwhile();
                }
                case Facts.Held held -> {
                    rule = Optional.of("redemption");
                    clauses.add(units(held.wallet(), held.points()) + " worth " + held.worth()
                            + (isOne(held.wallet(), held.points()) ? " is" : " are") + " held for redemption "
                            + held.redemption()
                            + " until " + held.until() + ", to pay a part of "
                            + held.order()
                                    .map(order -> "order " + order + " of ")
                                    .orElse("an order of ")
                            + held.orderTotal() + version());
                    meanwhile();
                }
                case Facts.Captured captured -> {
                    rule = Optional.of("redemption");
                    clauses.add("Redemption " + captured.redemption() + " spent "
                            + units(captured.wallet(), captured.captured())
                            + " worth " + captured.worth()
                            + (captured.returned() > 0
                                    ? ", and " + were(captured.wallet(), captured.returned()) + " given back"
                                    : ""));
                    meanwhile();
                }
                case Facts.Voided voided -> {
                    rule = Optional.of("redemption");
                    clauses.add("Redemption " + voided.redemption() + " was voided, and "
                            + were(voided.wallet(), voided.points()) + " given back");
                    meanwhile();
                }
                case Facts.Settled settled -> clauses.add("With time, " + Words.list(timeDid()) + version());
                case Facts.CodeIssued issued -> {
                    rule = Optional.of("referral");
                    clauses.add("The member got the referral code " + issued.code());
                    meanwhile();
                }
                case Facts.RefereeAttached attached -> {
                    rule = Optional.of("referral");
                    clauses.add("The member was referred by " + attached.referrer());
                    meanwhile();
                }
                case Facts.ReferrerRewarded rewarded -> {
                    rule = Optional.of("referral");
                    clauses.add(
                            rewarded.points() > 0
                                    ? units(rewarded.wallet(), rewarded.points()) + " for referring "
                                            + rewarded.referee()
                                            + ", whose order " + rewarded.order() + " qualified, available from "
                                            + rewarded.term().availableFrom() + version()
                                    : "No points for referring " + rewarded.referee()
                                            + ": the reward is nothing, was taken back before it came, or came after the"
                                            + " account was closed" + version());
                    meanwhile();
                }
                case Facts.RewardTakenBack taken -> {
                    rule = Optional.of("referral");
                    clauses.add((taken.reversed() > 0
                                    ? units(taken.wallet(), taken.reversed()) + " for referring " + taken.referee()
                                            + (isOne(taken.wallet(), taken.reversed()) ? " was" : " were")
                                            + " taken back"
                                    : "There were no points for referring " + taken.referee() + " to take back")
                            + ", since order " + taken.order() + " no longer qualifies" + version());
                    bearers(taken.debt(), 0, 0, taken.writtenOff());
                    meanwhile();
                }
            }
        }

        private void noted(Facts.OrderNoted noted) {
            String order = "Order " + noted.order();
            if (noted.waiting()) {
                clauses.add(order + " was " + noted.kind().code() + " before it was paid; this waits for the payment");
            } else if (noted.kind() == OrderEventKind.PLACED) {
                clauses.add(order + " was placed; it earns when it is paid");
            } else if (rules.pending().from() == PendingRule.From.PAID
                    && noted.earned().containsKey(main)) {
                clauses.add(order + " was " + noted.kind().code() + "; its points become available " + days()
                        + " after it was paid");
            } else {
                clauses.add(order + " was " + noted.kind().code() + ", which moves no points");
            }
            meanwhile();
        }

        private void delivered(Facts.OrderDelivered delivered) {
            rule = Optional.of("pending");
            String order = "Order " + delivered.order() + " was delivered";
            long scheduled = sum(Kind.SCHEDULE, Reason.ORDER_DELIVERED);
            clauses.add(
                    scheduled > 0
                            ? order + ": its " + points(scheduled) + " become available on "
                                    + delivered
                                            .earned()
                                            .getOrDefault(main, Earned.NONE)
                                            .term()
                                            .orElseThrow()
                                            .availableFrom()
                                    + ", " + days() + " after that" + version()
                            : order + "; no points waited for it" + version());
            reward();
            meanwhile();
        }

        private String days() {
            int days = rules.pending().days();
            return days == 1 ? "1 day" : days + " days";
        }

        private void paid(Facts.OrderPaid paid) {
            switch (paid.earning()) {
                case Earning earned -> paidByRates(paid, earned);
                case Rewards rewards -> paidByRules(paid, rewards);
            }
            reward();
            applied(paid);
            meanwhile();
        }

        private void paidByRules(Facts.OrderPaid paid, Rewards rewards) {
            rule = Optional.of("rules");
            String order = "Order " + paid.order() + " earned ";
            boolean below =
                    rewards.excluded().stream().anyMatch(excluded -> excluded.what() == Excluded.What.BELOW_MINIMUM);
            Rewards.Reward reward = rewards.wallets().get(main);
            if (below) {
                rule = Optional.of("earning.minimumOrder");
                clauses.add(order + "nothing: its goods are worth " + Words.money(rewards.goodsValue(), currency)
                        + ", less than the minimum" + version());
            } else if (reward == null) {
                clauses.add(order
                        + (rewards.units().isEmpty() ? "nothing: no rule brings anything for it" : "no " + unit())
                        + version());
            } else {
                clauses.add(order + points(reward.units()) + ": " + by(reward) + version());
            }
            if (!below) {
                leftOut(rewards.excluded());
            }
        }

        private String unit() {
            return isMoney(main) ? "money" : "points";
        }

        /** What each rule contributed, the first few spelled out. */
        private String by(Rewards.Reward reward) {
            List<String> spelled = new ArrayList<>();
            for (Rewards.Part part : reward.parts()
                    .subList(0, Math.min(SPELLED_OUT, reward.parts().size()))) {
                spelled.add(
                        switch (part) {
                            case Rewards.OnValue value ->
                                Words.money(value.base(), currency) + " at "
                                        + Words.rate(value.rate(), main, rules)
                                        + (value.factor() == Rewards.OnValue.ONCE
                                                ? ""
                                                : ", " + Words.factor(value.factor()) + " times")
                                        + " by rule " + value.rule();
                            case Rewards.Once once -> points(once.units()) + " by rule " + once.rule();
                        });
            }
            if (reward.parts().size() > SPELLED_OUT) {
                int more = reward.parts().size() - SPELLED_OUT;
                spelled.add(more + (more == 1 ? " more" : " more parts"));
            }
            return Words.list(spelled)
                    + (reward.uncapped() > reward.units()
                            ? ", trimmed from " + reward.uncapped() + " to " + reward.units() + " by the cap"
                            : "");
        }

        private void paidByRates(Facts.OrderPaid paid, Earning earned) {
            earning = Optional.of(earned);
            boolean below = excluded(earned, Excluded.What.BELOW_MINIMUM);
            rule = Optional.of(below ? "earning.minimumOrder" : "earning");
            String order = "Order " + paid.order() + " earned ";
            if (below) {
                clauses.add(order + "no points: its goods are worth "
                        + Words.money(earned.goodsValue(), currency) + ", less than the minimum of "
                        + Words.money(rules.earning().minimumOrder(), currency) + version());
            } else if (earned.parts().isEmpty()) {
                clauses.add(order + "no points: nothing in it counts" + version());
            } else {
                clauses.add(order + points(earned.points().value()) + ": " + arithmetic(earned) + version());
            }
            if (!below) {
                leftOut(earned.excluded());
            }
        }

        private static boolean excluded(Earning earned, Excluded.What what) {
            return earned.excluded().stream().anyMatch(excluded -> excluded.what() == what);
        }

        /** Base at rate, all summed up, then how that became whole points, then the cap. */
        private String arithmetic(Earning earned) {
            List<Earning.Part> parts = earned.parts();
            boolean several = parts.size() > 1;
            List<String> spelled = new ArrayList<>();
            for (Earning.Part part : parts.subList(0, Math.min(SPELLED_OUT, parts.size()))) {
                spelled.add(Words.money(part.base(), currency)
                        + part.category().map(category -> " of " + category).orElse("") + " at "
                        + Words.rate(part.rate(), currency)
                        + (several ? " (" + Fraction.of(part).text() + ")" : ""));
            }
            if (parts.size() > SPELLED_OUT) {
                int more = parts.size() - SPELLED_OUT;
                spelled.add(more + (more == 1 ? " more rate" : " more rates"));
            }
            Fraction sum = parts.stream().map(Fraction::of).reduce(Fraction.ZERO, Fraction::plus);
            String exact = sum.text();
            return Words.list(spelled)
                    + (exact.length() > LONGEST_SUM ? "" : " = " + exact)
                    + rounded(earned, sum)
                    + trimmed(earned);
        }

        private static String rounded(Earning earned, Fraction sum) {
            boolean whole = sum.isWhole() && exactly(sum, earned.uncapped().value());
            if (whole) {
                return "";
            }
            return earned.rounding() == Rounding.DOWN_ON_ORDER ? ", rounded down" : ", rounded down on each line";
        }

        private static boolean exactly(Fraction sum, long points) {
            return sum.numerator().bitLength() < Long.SIZE && sum.numerator().longValue() == points;
        }

        private static String trimmed(Earning earned) {
            return earned.uncapped().compareTo(earned.points()) > 0
                    ? ", trimmed from " + earned.uncapped().value() + " to "
                            + earned.points().value() + " by the cap"
                    : "";
        }

        private void leftOut(List<Excluded> excludedValues) {
            List<String> left = excludedValues.stream()
                    .map(excluded ->
                            Words.excluded(excluded.what()) + " (" + Words.money(excluded.amount(), currency) + ")")
                    .toList();
            if (!left.isEmpty()) {
                clauses.add(Words.list(left) + " earned nothing");
            }
        }

        /** What a new member got for coming by a recommendation, if this was the order. */
        private void reward() {
            long points = sum(Kind.ACCRUE, Reason.REFEREE_REWARD);
            if (points > 0) {
                clauses.add(points(points) + " came on top for being referred"
                        + posting.signal()
                                .map(ReferralSignal::referrer)
                                .map(referrer -> " by " + referrer)
                                .orElse(""));
            }
        }

        private void applied(Facts.OrderPaid paid) {
            if (!paid.applied().isEmpty()) {
                String what = paid.applied().size() == 1
                        ? "what had come before it took effect"
                        : paid.applied().size() + " events and refunds that had come before it took effect";
                WalletReturn effect = paid.effect().in(main);
                clauses.add(
                        paid.effect().equals(Return.NONE)
                                ? what
                                : what + ": " + change(effect, Reason.REFUND) + ", and it has earned "
                                        + points(effect.earned()));
                consequences(effect);
            }
            if (!paid.ignored().isEmpty()) {
                int ignored = paid.ignored().size();
                clauses.add(
                        ignored == 1
                                ? "1 refund that had come before it contradicts the order and has no effect"
                                : ignored + " refunds that had come before it contradict the order and have no effect");
            }
        }

        private String change(WalletReturn effect, Reason reason) {
            // Rounding may let less earn a point more.
            long more = sum(Kind.ACCRUE, reason);
            if (effect.reversed() == 0 && more > 0) {
                return were(more) + " added";
            }
            return effect.reversed() == 0 ? "no points were taken back" : were(effect.reversed()) + " taken back";
        }

        private void consequences(WalletReturn effect) {
            if (posting.signal().orElse(null) instanceof ReferralSignal.Disqualified) {
                clauses.add(
                        "the order no longer qualifies, and what the referral had brought is among those taken back");
            }
            if (effect.restored() > 0) {
                clauses.add(points(effect.restored()) + " that had paid for the order "
                        + (isOne(main, effect.restored()) ? "was" : "were") + " given back");
            }
            bearers(effect.debt(), effect.deducted(), effect.deduction(), effect.writtenOff());
        }

        /** Who bears the points that were spent before they could be taken back. */
        private void bearers(long debt, long deducted, long deduction, long writtenOff) {
            List<String> bearers = new ArrayList<>();
            if (debt > 0) {
                bearers.add("the member owes " + debt);
            }
            if (deducted > 0) {
                bearers.add("the shop keeps " + Words.money(deduction, currency) + " of the refund for " + deducted);
            }
            if (writtenOff > 0) {
                bearers.add("the shop bears " + writtenOff);
            }
            long spent = debt + deducted + writtenOff;
            if (spent > 0) {
                if (rule.equals(Optional.of("earning"))) {
                    rule = Optional.of("refunds.shortfall");
                }
                clauses.add(spent + " of those taken back " + (spent == 1 ? "was" : "were") + " spent already: "
                        + Words.list(bearers));
            }
        }

        private void meanwhile() {
            List<String> done = timeDid();
            if (!done.isEmpty()) {
                clauses.add("meanwhile " + Words.list(done));
            }
        }

        private List<String> timeDid() {
            List<String> done = new ArrayList<>(timeDid(main));
            Replies.otherWallets(rules, posting).forEach(wallet -> done.addAll(timeDid(wallet)));
            return done;
        }

        private List<String> timeDid(WalletId wallet) {
            List<String> done = new ArrayList<>();
            add(done, wallet, sum(wallet, Kind.MATURE, Reason.WINDOW_OVER), "became available");
            add(
                    done,
                    wallet,
                    sum(wallet, Kind.VOID, Reason.HOLD_TIMED_OUT),
                    "came back from a redemption that timed out");
            add(done, wallet, sum(wallet, Kind.EXPIRE, Reason.LAST_DAY_PASSED), "expired");
            add(done, wallet, sum(wallet, Kind.EXPIRE, Reason.INACTIVE), "expired, as nothing had happened for long");
            add(done, wallet, sum(wallet, Kind.SETTLE_DEBT, Reason.DEBT_SETTLED), "paid off a debt");
            long merged = posting.movements().stream()
                    .filter(movement -> movement.wallet().equals(wallet))
                    .filter(movement -> movement.kind() == Kind.MERGE && movement.to() == Bucket.AVAILABLE)
                    .mapToLong(Movement::points)
                    .sum();
            add(done, wallet, merged, "joined a lot that expires no sooner");
            return done;
        }

        private void add(List<String> done, WalletId wallet, long units, String what) {
            if (units > 0) {
                done.add(units(wallet, units) + " " + what);
            }
        }

        /** What was done in other wallets than the main one, beside what the sentence and time have told of them. */
        private void others() {
            List<String> done = new ArrayList<>();
            for (WalletId wallet : Replies.otherWallets(rules, posting)) {
                Map<String, Long> sums = new LinkedHashMap<>();
                posting.movements().stream()
                        .filter(movement -> movement.wallet().equals(wallet))
                        .forEach(movement ->
                                what(movement).ifPresent(what -> sums.merge(what, movement.points(), Math::addExact)));
                sums.forEach((what, units) -> done.add(were(wallet, units) + " " + what));
            }
            if (!done.isEmpty()) {
                clauses.add(Words.list(done));
            }
        }

        /** The levels that the member went through. */
        private void levels() {
            for (TierChange change : posting.tierChanges()) {
                String why = switch (change.reason()) {
                    case REACHED -> "what was bought is enough for it";
                    case PERIOD_OVER -> "the time within which the old one had to be earned again is over";
                    case REFUNDED -> "what the old one rested on came back";
                    case RULES_CHANGED -> "the program no longer has the old one";
                };
                clauses.add("the level changed from " + change.from() + " to " + change.to() + ", as " + why);
            }
        }

        private Optional<String> what(Movement movement) {
            boolean told = posting.facts() instanceof Facts.ReferrerRewarded
                    || posting.facts() instanceof Facts.RewardTakenBack;
            return switch (movement.kind()) {
                case ACCRUE -> told ? Optional.empty() : Optional.of("earned");
                case REVERSE -> told ? Optional.empty() : Optional.of("taken back");
                case RESTORE -> Optional.of("given back");
                case SCHEDULE -> Optional.of("given a first day");
                case INCUR_DEBT -> told ? Optional.empty() : Optional.of("spent already and is owed");
                case WRITE_OFF ->
                    told
                            ? Optional.empty()
                            : Optional.of(
                                    movement.reason() == Reason.DEDUCTED_FROM_REFUND
                                            ? "spent already and kept back from the refund"
                                            : "spent already and is borne by the shop");
                case EXPIRE ->
                    movement.reason() == Reason.ACCOUNT_CLOSED
                            ? Optional.of("lost with the account")
                            : Optional.empty();
                case MATURE, HOLD, CAPTURE, RELEASE, VOID, SETTLE_DEBT, MERGE -> Optional.empty();
            };
        }

        private long sum(Kind kind, Reason reason) {
            return sum(main, kind, reason);
        }

        private long sum(WalletId wallet, Kind kind, Reason reason) {
            return posting.movements().stream()
                    .filter(movement -> movement.wallet().equals(wallet))
                    .filter(movement -> movement.kind() == kind && movement.reason() == reason)
                    .mapToLong(Movement::points)
                    .sum();
        }

        private String version() {
            return " (program version " + posting.programVersion() + ")";
        }
    }
}
