package kopilka.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ByWallet;
import kopilka.program.WalletId;

/**
 * Derives an account from its postings once more and holds the two against each other: numbers without gaps, hashes,
 * the chain, each posting's sums, each wallet lot by lot and hold by hold, and what else the account says of the member.
 *
 * <p>It needs neither the program's rules nor anything beside the account; {@code kopilka.audit} goes on from here.
 */
public final class Audit {
    private final SortedMap<WalletId, Folded> wallets = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<OrderId> early = new HashSet<>();
    private Optional<Instant> closedAt = Optional.empty();
    private Optional<ReferralCode> code = Optional.empty();
    private boolean hasOrders;

    private Audit() {}

    /**
     * Something that is not as it should be.
     *
     * @param sequence of the first posting where it shows
     * @param what is wrong
     */
    public record Fault(long sequence, What what) {}

    /** What can be wrong with an account. */
    public enum What {
        /** A posting is missing, or one too many is there. */
        SEQUENCE,
        /** A posting's content is not what it was when its hash was taken. */
        TAMPERED,
        /** A posting does not follow the one before it. */
        CHAIN,
        /** A posting is dated before the one before it. */
        TIME,
        /** A bucket would hold less than nothing. */
        OVERDRAWN,
        /** A posting's sums are not what the movements come to. */
        BALANCE,
        /** One of the account's wallets is not what the movements come to. */
        WALLET,
        /** Something else that the account says of the member is not what the postings tell. */
        ACCOUNT,
        /** The account's last posting is not the last there is. */
        HEAD
    }

    /**
     * Audits an account.
     *
     * @param account as it is stored
     * @param postings all of its postings, the first one first
     * @return what is wrong; empty: nothing
     */
    public static List<Fault> of(Account account, List<Posting> postings) {
        Audit audit = new Audit();
        audit.read(postings);
        audit.compare(account, postings);
        return List.copyOf(audit.faults);
    }

    /**
     * Audits postings whose account can't be read.
     *
     * @param postings of one member, the first one first
     * @return what is wrong; empty: nothing
     */
    public static List<Fault> of(List<Posting> postings) {
        Audit audit = new Audit();
        audit.read(postings);
        return List.copyOf(audit.faults);
    }

    private void read(List<Posting> postings) {
        Optional<Posting> before = Optional.empty();
        for (Posting posting : postings) {
            follows(before, posting);
            fold(posting);
            remember(posting);
            before = Optional.of(posting);
        }
    }

    private void follows(Optional<Posting> before, Posting posting) {
        long expected = before.map(Posting::sequence).orElse(0L) + 1;
        if (posting.sequence() != expected) {
            faults.add(new Fault(posting.sequence(), What.SEQUENCE));
        }
        if (!posting.isIntact()) {
            faults.add(new Fault(posting.sequence(), What.TAMPERED));
        }
        boolean chained =
                posting.previousHash().equals(before.map(Posting::hash).orElse(Hash.START))
                        && posting.previous().equals(before.map(Posting::operation))
                        && before.map(Posting::member).orElse(posting.member()).equals(posting.member());
        if (!chained) {
            faults.add(new Fault(posting.sequence(), What.CHAIN));
        }
        if (before.isPresent() && posting.at().isBefore(before.get().at())) {
            faults.add(new Fault(posting.sequence(), What.TIME));
        }
    }

    private void fold(Posting posting) {
        try {
            for (Movement movement : posting.movements()) {
                if (in(movement.wallet()).isOverdrawnBy(movement)) {
                    faults.add(new Fault(posting.sequence(), What.OVERDRAWN));
                }
            }
            SortedMap<WalletId, Balance> folded = new TreeMap<>();
            wallets.forEach((id, wallet) -> folded.put(id, wallet.balance()));
            if (!ByWallet.of(folded, Balance.ZERO).equals(posting.balances())) {
                faults.add(new Fault(posting.sequence(), What.BALANCE));
            }
        } catch (ArithmeticException beyondAllPoints) {
            faults.add(new Fault(posting.sequence(), What.OVERDRAWN));
        }
    }

    private Folded in(WalletId wallet) {
        return wallets.computeIfAbsent(wallet, id -> new Folded());
    }

    /** What the movements of one wallet come to. */
    private static final class Folded {
        private final Map<Bucket, Map<Optional<Term>, Long>> buckets = new EnumMap<>(Bucket.class);
        private final Map<RedemptionId, Hold> holds = new LinkedHashMap<>();
        private Lots lapsed = Lots.NONE;

        /** Adds a movement; whether it leaves less than nothing somewhere. */
        boolean isOverdrawnBy(Movement movement) {
            boolean from = isOverdrawnBy(movement.from(), movement.term(), -movement.points());
            boolean to = isOverdrawnBy(movement.to(), movement.term(), movement.points());
            lapse(movement);
            return from || to;
        }

        private boolean isOverdrawnBy(Bucket bucket, Optional<Term> term, long points) {
            Optional<Term> key = switch (bucket) {
                case PENDING, AVAILABLE, HELD, LAPSED -> term;
                case OUTSIDE, AWAITING, DEBT -> Optional.empty();
            };
            if (bucket == Bucket.OUTSIDE) {
                return false;
            }
            long left = buckets.computeIfAbsent(bucket, b -> new HashMap<>()).merge(key, points, Math::addExact);
            return switch (bucket) {
                case AWAITING, PENDING, AVAILABLE, HELD, LAPSED -> left < 0;
                case DEBT -> left > 0;
                case OUTSIDE -> false;
            };
        }

        /** Of what expired unspent, an account remembers the latest lots alone. */
        private void lapse(Movement movement) {
            if (movement.term().isEmpty()) {
                return;
            }
            Term term = movement.term().get();
            if (movement.from() == Bucket.LAPSED) {
                lapsed = lapsed.minus(term, Math.min(movement.points(), lapsed.of(term)));
            } else if (movement.to() == Bucket.LAPSED) {
                lapsed = lapsed.plus(term, movement.points());
                while (lapsed.byTerm().size() > Wallet.LAPSED_REMEMBERED) {
                    Lot oldest = lapsed.list().getFirst();
                    lapsed = lapsed.minus(oldest.term(), oldest.points());
                }
            }
        }

        Balance balance() {
            return new Balance(
                    sum(Bucket.AVAILABLE),
                    Math.addExact(sum(Bucket.AWAITING), sum(Bucket.PENDING)),
                    sum(Bucket.HELD),
                    -sum(Bucket.DEBT));
        }

        private long sum(Bucket bucket) {
            long sum = 0;
            for (long points : buckets.getOrDefault(bucket, Map.of()).values()) {
                sum = Math.addExact(sum, points);
            }
            return sum;
        }

        private Lots lots(Bucket bucket) {
            List<Lot> lots = new ArrayList<>();
            buckets.getOrDefault(bucket, Map.of()).forEach((term, points) -> {
                if (points > 0 && term.isPresent()) {
                    lots.add(new Lot(term.get(), points));
                }
            });
            return Lots.of(lots);
        }

        boolean is(Wallet wallet) {
            try {
                return wallet.awaiting() == sum(Bucket.AWAITING)
                        && wallet.pending().equals(lots(Bucket.PENDING))
                        && wallet.available().equals(lots(Bucket.AVAILABLE))
                        && wallet.holds().equals(List.copyOf(holds.values()))
                        && lots(Bucket.HELD)
                                .equals(Lots.of(wallet.holds().stream()
                                        .flatMap(hold -> hold.lots().stream())
                                        .toList()))
                        && wallet.debt() == -sum(Bucket.DEBT)
                        && wallet.lapsed().equals(lapsed);
            } catch (ArithmeticException beyondAllPoints) {
                return false;
            }
        }
    }

    /** What a posting says of the member beside its movements. */
    private void remember(Posting posting) {
        wallets.values()
                .forEach(wallet ->
                        wallet.holds.values().removeIf(hold -> !hold.until().isAfter(posting.at())));
        switch (posting.facts()) {
            case Facts.Held held ->
                in(held.wallet())
                        .holds
                        .put(
                                held.redemption(),
                                new Hold(
                                        held.redemption(),
                                        held.until(),
                                        posting.movements().stream()
                                                .filter(movement -> movement.kind() == Movement.Kind.HOLD)
                                                .filter(movement ->
                                                        movement.wallet().equals(held.wallet()))
                                                .filter(movement ->
                                                        movement.term().isPresent())
                                                .map(movement ->
                                                        new Lot(movement.term().orElseThrow(), movement.points()))
                                                .toList()));
            case Facts.Captured captured -> in(captured.wallet()).holds.remove(captured.redemption());
            case Facts.Voided voided -> in(voided.wallet()).holds.remove(voided.redemption());
            case Facts.Closed closed -> closedAt = Optional.of(posting.at());
            case Facts.CodeIssued issued -> code = Optional.of(issued.code());
            case Facts.OrderNoted noted -> {
                if (noted.waiting()) {
                    early.add(noted.order());
                }
            }
            case Facts.RefundWaiting waiting -> early.add(waiting.order());
            case Facts.OrderPaid paid -> {
                hasOrders = true;
                early.remove(paid.order());
            }
            case Facts.Enrolled enrolled -> {}
            case Facts.Settled settled -> {}
            case Facts.ActivityRewarded rewarded -> {}
            case Facts.ProfileChanged changed -> {}
            case Facts.OrderDelivered delivered -> {}
            case Facts.OrderCancelled cancelled -> {}
            case Facts.Refunded refunded -> {}
            case Facts.RefereeAttached attached -> {}
            case Facts.ReferrerRewarded rewarded -> {}
            case Facts.RewardTakenBack taken -> {}
        }
    }

    private void compare(Account account, List<Posting> postings) {
        Optional<Posting> last = postings.isEmpty() ? Optional.empty() : Optional.of(postings.getLast());
        long sequence = last.map(Posting::sequence).orElse(0L);
        boolean head = account.sequence() == sequence
                && account.head().equals(last.map(Posting::operation))
                && account.headHash().equals(last.map(Posting::hash).orElse(Hash.START));
        if (!head) {
            faults.add(new Fault(sequence, What.HEAD));
        }
        Set<WalletId> all = new HashSet<>(wallets.keySet());
        all.addAll(account.wallets().keySet());
        if (!all.stream().allMatch(id -> in(id).is(account.wallet(id)))) {
            faults.add(new Fault(sequence, What.WALLET));
        }
        boolean told = last.isPresent()
                && account.key().equals(last.get().member())
                && account.asOf().equals(last.get().at())
                && account.enrolledAt().equals(postings.getFirst().at())
                && account.isClosed() == closedAt.isPresent()
                && account.closedAt().equals(closedAt)
                && account.code().equals(code)
                && account.hasOrders() == hasOrders
                && account.early().equals(marks());
        if (last.isPresent() && !told) {
            faults.add(new Fault(sequence, What.ACCOUNT));
        }
    }

    private List<Integer> marks() {
        return early.stream().map(Account::mark).sorted().toList();
    }
}
