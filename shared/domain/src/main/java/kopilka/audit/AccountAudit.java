package kopilka.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.audit.Finding.OfAccount;
import kopilka.audit.Finding.OfCode;
import kopilka.audit.Finding.OfOrder;
import kopilka.audit.Finding.OfPosting;
import kopilka.audit.Finding.OfRedemption;
import kopilka.audit.Finding.Place;
import kopilka.ledger.Account;
import kopilka.ledger.Audit;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.StoredKey;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.standing.Standing;

/**
 * Audits all that is stored about one member. Pure: the same dossier and rules give the same findings.
 *
 * <p>First whether every number has its posting, then each posting, the chain and the account against each other
 * ({@link Audit}). Where the chain is whole, it is computed again, and what is kept beside the account is held against it.
 */
public final class AccountAudit {
    /** What breaks a chain: behind it, nothing could be computed that is worth reporting. */
    private static final Set<Flaw> BREAKS = Set.of(
            Flaw.MISSING,
            Flaw.UNREADABLE,
            Flaw.SEQUENCE,
            Flaw.TAMPERED,
            Flaw.CHAIN,
            Flaw.BEHIND,
            Flaw.NO_ACCOUNT,
            Flaw.HEAD);

    private final Dossier dossier;
    private final Rulebook rulebook;
    private final MemberKey member;
    private final List<Finding> postings = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    private AccountAudit(Dossier dossier, Rulebook rulebook) {
        this.dossier = dossier;
        this.rulebook = rulebook;
        this.member = dossier.member();
    }

    /**
     * Audits it.
     *
     * @param dossier what is stored
     * @param rulebook the rules that postings name
     * @return what is wrong: of the postings first, by their numbers, then of the rest; empty: nothing
     */
    public static List<Finding> of(Dossier dossier, Rulebook rulebook) {
        AccountAudit audit = new AccountAudit(dossier, rulebook);
        audit.run();
        audit.postings.sort(Comparator.comparingLong(
                finding -> finding.place() instanceof OfPosting posting ? posting.sequence() : Long.MAX_VALUE));
        audit.postings.addAll(audit.others);
        return List.copyOf(audit.postings);
    }

    private void run() {
        List<Posting> readable = new ArrayList<>();
        Map<Long, OperationId> operations = new HashMap<>();
        for (Slot slot : dossier.history()) {
            switch (slot) {
                case Slot.Filled(Posting posting) -> {
                    readable.add(posting);
                    operations.put(posting.sequence(), posting.operation());
                }
                case Slot.Foreign(long sequence, Posting posting) ->
                    posting(sequence, Optional.of(posting.operation()), Flaw.TAMPERED);
                case Slot.Damaged(long sequence, OperationId key) ->
                    posting(sequence, Optional.of(key), Flaw.UNREADABLE);
                case Slot.Empty(long sequence, long last, Optional<OperationId> operation) ->
                    posting(sequence, sequence == last ? operation : Optional.empty(), Flaw.MISSING);
            }
        }
        boolean isWhole = readable.size() == dossier.history().size();
        switch (dossier.account()) {
            case Dossier.Copy.Present(Account account) -> {
                if (isWhole) {
                    faults(Audit.of(account, readable), operations);
                } else {
                    inParts(readable, operations);
                }
            }
            case Dossier.Copy.Damaged damaged -> {
                other(new OfAccount(member), Flaw.UNREADABLE);
                inParts(readable, operations);
            }
            case Dossier.Copy.Absent absent -> {
                if (dossier.unmoved() && !dossier.history().isEmpty()) {
                    long first = readable.isEmpty()
                            ? dossier.history().getFirst().sequence()
                            : readable.getFirst().sequence();
                    posting(first, Optional.ofNullable(operations.get(first)), Flaw.NO_ACCOUNT);
                }
                inParts(readable, operations);
            }
        }
        outsiders();
        for (StoredKey key : dossier.beside().damaged()) {
            other(placeOf(key), Flaw.UNREADABLE);
        }
        if (postings.stream().map(Finding::flaw).noneMatch(BREAKS::contains)) {
            Recount recount = Recount.of(member, readable, rulebook);
            postings.addAll(recount.findings());
            if (recount.findings().isEmpty() && dossier.account() instanceof Dossier.Copy.Present(Account account)) {
                compare(account, recount);
            }
        }
    }

    /** What comes before the first gap is audited; behind it nothing adds up, and each posting is looked at alone. */
    private void inParts(List<Posting> readable, Map<Long, OperationId> operations) {
        int whole = 0;
        while (whole < readable.size() && readable.get(whole).sequence() == whole + 1) {
            whole++;
        }
        faults(Audit.of(readable.subList(0, whole)), operations);
        for (Posting posting : readable.subList(whole, readable.size())) {
            if (!posting.isIntact()) {
                posting(posting.sequence(), Optional.of(posting.operation()), Flaw.TAMPERED);
            }
        }
    }

    private void faults(List<Audit.Fault> faults, Map<Long, OperationId> operations) {
        faults.forEach(fault -> fault(fault, operations));
    }

    private Place placeOf(StoredKey key) {
        return switch (key) {
            case StoredKey.OrderKey order -> new OfOrder(member, order.order());
            case StoredKey.UseKey use -> new OfRedemption(member, use.redemption());
            case StoredKey.CodeKey code -> new OfCode(member, code.code());
            case StoredKey.AccountKey account -> new OfAccount(member);
            case StoredKey.PostingKey posting -> new OfPosting(member, 0, Optional.of(posting.operation()));
        };
    }

    private void fault(Audit.Fault fault, Map<Long, OperationId> operations) {
        Flaw flaw = Flaw.of(fault.what());
        switch (fault.what()) {
            case WALLET, ACCOUNT -> other(new OfAccount(member), flaw);
            case SEQUENCE, TAMPERED, CHAIN, TIME, OVERDRAWN, BALANCE, HEAD ->
                posting(fault.sequence(), Optional.ofNullable(operations.get(fault.sequence())), flaw);
        }
    }

    /** Postings of the member that are not in the account's chain. */
    private void outsiders() {
        for (Dossier.Stray stray : dossier.strays()) {
            posting(stray.sequence(), Optional.of(stray.operation()), Flaw.STRAY);
        }
        if (!dossier.unmoved() || !(dossier.account() instanceof Dossier.Copy.Present(Account account))) {
            return;
        }
        boolean behind = false;
        Posting last = null;
        for (Dossier.Stray stray : dossier.beyond()) {
            Posting posting = stray.posting().orElse(null);
            boolean goesOn = posting != null
                    && (last == null
                            ? posting.previousHash().equals(account.headHash())
                            : posting.previousHash().equals(last.hash()));
            if (!goesOn) {
                posting(stray.sequence(), Optional.of(stray.operation()), Flaw.STRAY);
            } else if (!behind) {
                behind = true;
                posting(stray.sequence(), Optional.of(stray.operation()), Flaw.BEHIND);
            }
            last = goesOn ? posting : last;
        }
    }

    private void compare(Account account, Recount recount) {
        Standing told = recount.standing().with(account.standing().profile());
        if (!account.referral().equals(recount.referral())
                || !account.standing().equals(told)) {
            other(new OfAccount(member), Flaw.ACCOUNT);
        }
        if (!dossier.unmoved()) {
            return;
        }
        Set<StoredKey> damaged = dossier.beside().damaged();
        Map<OrderId, OrderState> stored = new LinkedHashMap<>();
        dossier.beside().orders().forEach(order -> stored.put(order.order(), order));
        Map<OrderId, OrderState> states = recount.orders();
        Set<OrderId> orders = new HashSet<>(stored.keySet());
        orders.addAll(states.keySet());
        orders.stream()
                .filter(order -> !damaged.contains(new StoredKey.OrderKey(member, order)))
                .filter(order -> !Optional.ofNullable(stored.get(order)).equals(Optional.ofNullable(states.get(order))))
                .sorted(Comparator.comparing(OrderId::value))
                .forEach(order -> other(new OfOrder(member, order), Flaw.ORDER));
        Map<RedemptionId, OrderId> used = new LinkedHashMap<>();
        for (RedemptionUse use : dossier.beside().uses()) {
            used.put(use.redemption(), use.order());
        }
        Set<RedemptionId> redemptions = new HashSet<>(used.keySet());
        redemptions.addAll(recount.uses().keySet());
        redemptions.stream()
                .filter(redemption -> !damaged.contains(new StoredKey.UseKey(member, redemption)))
                .filter(redemption -> !Optional.ofNullable(used.get(redemption))
                        .equals(Optional.ofNullable(recount.uses().get(redemption))))
                .sorted(Comparator.comparing(RedemptionId::value))
                .forEach(redemption -> other(new OfRedemption(member, redemption), Flaw.REDEMPTION));
        account.code().ifPresent(code -> {
            if (!damaged.contains(new StoredKey.CodeKey(member.program(), code))
                    && !dossier.beside().code().equals(Optional.of(new CodeOwner(code, member)))) {
                other(new OfCode(member, code), Flaw.CODE);
            }
        });
    }

    private void posting(long sequence, Optional<OperationId> operation, Flaw flaw) {
        postings.add(new Finding(new OfPosting(member, sequence, operation), flaw));
    }

    private void other(Place place, Flaw flaw) {
        others.add(new Finding(place, flaw));
    }
}
