package kopilka.local.simulation;

import java.util.List;

/** Bugs that somebody could write, each planted into the real code to see that the simulation finds it. */
final class PlantedBugs {
    private static final String DOMAIN = "shared/domain/src/main/java/kopilka/";
    private static final String TELLER = DOMAIN + "ledger/Teller.java";
    private static final String STORE = DOMAIN + "ledger/InMemoryLedger.java";
    private static final String MOVER = DOMAIN + "ledger/Mover.java";
    private static final String POSTING = DOMAIN + "ledger/Posting.java";
    private static final String ORDER = DOMAIN + "accrual/OrderPoints.java";
    private static final String EVENT = DOMAIN + "accrual/RecordOrderEvent.java";
    private static final String REFUND = DOMAIN + "accrual/RefundOrder.java";
    private static final String EARNING = DOMAIN + "earning/Earning.java";
    private static final String HOLD = DOMAIN + "redemption/HoldPoints.java";
    private static final String ATTACH = DOMAIN + "referral/AttachReferee.java";

    private PlantedBugs() {}

    /**
     * A change of one place of the code.
     *
     * @param what in a few words
     * @param file where
     * @param sound the code as it is, there once
     * @param broken the code with the bug
     */
    record PlantedBug(String what, String file, String sound, String broken) {
        /** The name of the class. */
        String place() {
            return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static PlantedBug bug(String what, String file, String sound, String broken) {
        return new PlantedBug(what, file, sound, broken);
    }

    static List<PlantedBug> all() {
        return List.of(
                // The teller and the store.
                bug("a duplicate is missed", TELLER, "if (existing.isPresent()) {", "if (posts.size() > TOGETHER) {"),
                bug(
                        "other content under a name that is taken passes for a duplicate",
                        TELLER,
                        "existing.get().fingerprint().equals(operation.fingerprint())",
                        "existing.get().operation().equals(operation.id())"),
                bug(
                        "no answer is taken for nothing to do",
                        TELLER,
                        "                unanswered++;",
                        "                return List.of(new Answer.Nothing());\n            } catch (IllegalCallerException e) {\n                unanswered++;"),
                bug(
                        "an outrun decision passes for done",
                        TELLER,
                        "case OUTRUN, DUPLICATE -> false;",
                        "case DUPLICATE -> false;\ncase OUTRUN -> true;"),
                bug(
                        "a refusal is not looked at again, though the operation may be done",
                        TELLER,
                        "            if (isGlance) {\n                return doubts();",
                        "            if (posts.size() > TOGETHER) {\n                return doubts();"),
                bug(
                        "an order that has moved on since the glance is written over",
                        STORE,
                        "if (glance.isPresent() && posts",
                        "if (glance.isPresent() && posts.isEmpty() && posts"),
                bug(
                        "a posting is written over another of its name",
                        STORE,
                        "if (posts.stream().anyMatch(post -> items.containsKey(post.posting().storedAs()))) {",
                        "if (items.isEmpty()) {"),
                bug(
                        "an account that moved on is written over",
                        STORE,
                        "if (sequence != first.posting().sequence() - 1) {",
                        "if (sequence > first.posting().sequence()) {"),
                bug(
                        "how the order stands is not written",
                        STORE,
                        "post.order().ifPresent(order -> items.put(order.storedAs(), order));",
                        ""),
                bug(
                        "which order a redemption paid for is not written",
                        STORE,
                        "post.uses().forEach(use -> items.put(use.storedAs(), use));",
                        ""),
                bug(
                        "a referral code is given to two members",
                        STORE,
                        "anyMatch(code -> items.containsKey(code.storedAs()))",
                        "anyMatch(code -> !items.containsKey(code.storedAs()) && items.isEmpty())"),
                bug("an account that is due is not found", STORE, "shard.put(member, last.due().get());", ""),
                bug(
                        "the sweep forgets the last shard",
                        DOMAIN + "expiry/Sweep.java",
                        "shard < Ledger.DUE_SHARDS;",
                        "shard < Ledger.DUE_SHARDS - 1;"),
                bug("the hash chain is skipped", POSTING, "account.headHash(),", "Hash.START,"),
                bug("a number is left out", POSTING, "account.sequence() + 1,", "account.sequence() + 2,"),
                bug(
                        "a clock that goes back takes the account with it",
                        DOMAIN + "ledger/Account.java",
                        "return now.isBefore(asOf) ? asOf : now;",
                        "return now;"),

                // Time.
                bug("points expire a day late", MOVER, "startOf(lastDay.plusDays(1))", "startOf(lastDay.plusDays(2))"),
                bug("points expire a day early", MOVER, "startOf(lastDay.plusDays(1))", "startOf(lastDay)"),
                bug(
                        "points mature a day early",
                        MOVER,
                        "new Due(startOf(lot.term().availableFrom()), ",
                        "new Due(startOf(lot.term().availableFrom().minusDays(1)), "),
                bug(
                        "days are those of UTC and not of the program's zone",
                        MOVER,
                        "day.atStartOfDay(zone).toInstant()",
                        "day.atStartOfDay(java.time.ZoneOffset.UTC).toInstant()"),
                bug(
                        "what is due at this very moment waits for the next",
                        MOVER,
                        "!due.at().isAfter(now)",
                        "due.at().isBefore(now)"),
                bug(
                        "the return window is a day too short",
                        ORDER,
                        ".plusDays(rules.pending().days());",
                        ".plusDays(Math.max(0, rules.pending().days() - 1));"),
                bug(
                        "the month's end does not count",
                        DOMAIN + "program/ExpiryRule.java",
                        "return toMonthEnd ? day.with(",
                        "return toMonthEnd && day.getYear() < 0 ? day.with("),
                bug(
                        "an order earns by the rules of when its message came",
                        DOMAIN + "ledger/Opened.java",
                        "return programs.at(account.key().program(), event).orElse(calendar);",
                        "return calendar;"),

                // Redemptions.
                bug(
                        "what was available longest is spent first, whatever expires",
                        DOMAIN + "ledger/Term.java",
                        "return byLastDay == 0 ? availableFrom.compareTo(other.availableFrom) : byLastDay;",
                        "int byFirstDay = availableFrom.compareTo(other.availableFrom);\n        return byFirstDay == 0 ? byLastDay : byFirstDay;"),
                bug(
                        "a hold stays open when it is captured",
                        MOVER,
                        "public void capture(Hold hold, long points) {\n        holds.remove(hold);",
                        "public void capture(Hold hold, long points) {"),
                bug(
                        "a hold stays open when it is voided",
                        MOVER,
                        "private void giveBack(Hold hold, Reason reason, Instant at) {\n        holds.remove(hold);",
                        "private void giveBack(Hold hold, Reason reason, Instant at) {\n"
                                + "        if (reason == Reason.HOLD_TIMED_OUT) {\n            holds.remove(hold);\n        }"),
                bug(
                        "what a capture leaves is lost",
                        MOVER,
                        "available = available.plus(rest.term(), rest.points());",
                        ""),
                bug(
                        "more is captured than is held, if somebody asks for it",
                        DOMAIN + "redemption/CapturePoints.java",
                        "if (captured > all) {",
                        "if (captured > all + 1) {"),
                bug(
                        "anybody can end a member's hold",
                        DOMAIN + "redemption/OpenHold.java",
                        "|| !posting.get().member().equals(member)",
                        ""),
                bug(
                        "a hold that ended is said to have timed out",
                        DOMAIN + "redemption/OpenHold.java",
                        "ended = Ended.CAPTURED;",
                        "ended = Ended.TIMED_OUT;"),
                bug(
                        "pending points can be held",
                        HOLD,
                        "if (points.value() > has.available().total()) {",
                        "if (points.value() > has.available().total() + has.pending().total()) {"),
                bug(
                        "the cap of a redemption is one point off",
                        HOLD,
                        "points.compareTo(most) > 0",
                        "points.compareTo(most) >= 0"),
                bug(
                        "a redemption pays for two orders",
                        EVENT,
                        "if (elsewhere.isPresent()) {",
                        "if (elsewhere.isPresent() && told.lines().isEmpty()) {"),

                // Earning.
                bug(
                        "points are rounded up",
                        EARNING,
                        "return numerator.divide(denominator).longValueExact();",
                        "return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator).longValueExact();"),
                bug(
                        "the value is rounded line by line where the order should be",
                        EARNING,
                        "case DOWN_ON_ORDER -> roundedDown(parts);",
                        "case DOWN_ON_ORDER -> roundedByLine;"),
                bug(
                        "the part that points paid earns",
                        EARNING,
                        "if (order.paidWithPoints() == 0 || ",
                        "if (order.paidWithPoints() >= 0 || "),
                bug(
                        "the minimum order is one cent more",
                        EARNING,
                        "if (goods < rules.minimumOrder()) {",
                        "if (goods <= rules.minimumOrder()) {"),
                bug(
                        "the cap of an order is forgotten",
                        EARNING,
                        "Points points = cap.isPresent() ? ",
                        "Points points = cap.isPresent() && parts.isEmpty() ? "),
                bug(
                        "an order's discount earns",
                        DOMAIN + "earning/Kept.java",
                        "nets[i] = totals[i] - discounts[i] - order.lines().get(i).off();",
                        "nets[i] = totals[i] - order.lines().get(i).off();"),

                // What comes back.
                bug(
                        "a refund follows the rules of today",
                        DOMAIN + "accrual/PaidOrder.java",
                        "return opened.programs()\n                .version(posting.member().program(), posting.programVersion())\n                .orElseThrow(() -> new IllegalStateException(\"a posting names a version that does not exist\"));",
                        "return opened.calendar();"),
                bug(
                        "what was refunded before is forgotten",
                        ORDER,
                        "Returned all = state.returned().plus(more);\n        return change(",
                        "Returned all = more;\n        return change("),
                bug(
                        "more of a line goes back than was bought",
                        ORDER,
                        "if (line.getValue() > basis.lines().get(line.getKey()).quantity()) {",
                        "if (line.getValue() > 2 * basis.lines().get(line.getKey()).quantity()) {"),
                bug(
                        "restored points start a new life",
                        ORDER,
                        "moves.in(wallet).restore(part, graced(lot.term()), reason);",
                        "moves.in(wallet).restore(part, new Term(today, rules().expiry().lastDay(today)), reason);"),
                bug(
                        "grace is given to points that need none",
                        ORDER,
                        "return passed && grace > 0 ?",
                        "return grace > 0 ?"),
                bug(
                        "every refund restores all over again",
                        ORDER,
                        "long missing = Math.max(0, target - before);",
                        "long missing = target;"),
                bug("a debt is forgotten", ORDER, "mover.incurDebt(debt, reason);", ""),
                bug(
                        "a debt is never settled",
                        MOVER,
                        "while (debt > 0 && !available.isEmpty()) {",
                        "while (debt > 0 && available.byTerm().size() > 1_000) {"),
                bug(
                        "what cash can't cover is deducted all the same",
                        ORDER,
                        "deducted = Math.min(missing, affordable);",
                        "deducted = missing;"),
                bug(
                        "the limit of a write-off starts anew with each refund",
                        ORDER,
                        "policy.limit() - state.in(wallet).writtenOff()",
                        "policy.limit()"),
                bug(
                        "points that expired unspent are owed",
                        MOVER,
                        "part = Math.min(missing, lapsed.of(own));",
                        "part = 0;"),
                bug(
                        "an order is refunded while its redemption is open",
                        REFUND,
                        "if (open.isPresent()) {",
                        "if (open.isPresent() && snapshot.found().isEmpty()) {"),
                bug(
                        "what came before the payment is forgotten",
                        EVENT,
                        "if (account.early().contains(Account.mark(order))) {",
                        "if (account.early().contains(Account.mark(order)) && basis.lines().isEmpty()) {"),
                bug(
                        "what waited takes effect in the sequence in which it came",
                        EVENT,
                        "                    .sorted(Comparator.comparingInt(RecordOrderEvent::rank)\n                            .thenComparing(posting -> posting.operation().value()))\n",
                        ""),

                // Referrals.
                bug(
                        "one may recommend oneself",
                        ATTACH,
                        "if (recommends.equals(member.member())) {",
                        "if (recommends.equals(member.member()) && referee.hasOrders()) {"),
                bug(
                        "a customer of long standing comes by recommendation",
                        ATTACH,
                        "if (referee.hasOrders() || ",
                        "if ("),
                bug(
                        "two recommend each other",
                        ATTACH,
                        "!referrer.enrolledAt().isBefore(referee.enrolledAt())",
                        "referrer.enrolledAt().equals(referee.enrolledAt())"),
                bug(
                        "each order of a referee is rewarded",
                        ORDER,
                        "if (referral.order().isEmpty() && !referral.ended()) {",
                        "if (!referral.ended()) {"),
                bug(
                        "a reward stays when its order goes back",
                        ORDER,
                        "if (isReferralOrder() && (cancelled || !qualifies(kept))) {",
                        "if (isReferralOrder() && cancelled) {"),
                bug(
                        "a reward is paid that was taken back before it came",
                        DOMAIN + "referral/RewardReferrer.java",
                        "boolean gone = opened.account().isClosed()\n                    || ",
                        "boolean gone = opened.account().isClosed()\n                    && "),
                bug(
                        "who has left goes on buying",
                        EVENT,
                        "if (buys && opened.account().isClosed()) {",
                        "if (!buys && opened.account().isClosed()) {"));
    }
}
