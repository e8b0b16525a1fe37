package kopilka.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kopilka.audit.Finding.OfItem;
import kopilka.audit.Finding.OfPosting;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Teller;
import kopilka.program.ProgramId;

/**
 * Audits a ledger account by account, with one of them in memory at a time, while others go on writing. Before something is
 * reported, it is read again from where it can't be late.
 *
 * <p>Every method throws {@link kopilka.ledger.LedgerUnavailable} where the store can't answer: what was reported until then
 * stands.
 */
public final class LedgerAudit {
    /** How often an account is read that others write to. */
    private static final int ATTEMPTS = 6;

    /** How many items are looked at in one page. */
    private static final int PAGE = 500;

    /** How many damaged postings are remembered, so that none is reported twice. */
    private static final int REMEMBERED = 10_000;

    private final Archive archive;
    private final Rulebook rulebook;
    private final Teller.Pause pause;

    /** Audits what an archive has, under those rules. */
    public LedgerAudit(Archive archive, Rulebook rulebook, Teller.Pause pause) {
        this.archive = archive;
        this.rulebook = rulebook;
        this.pause = pause;
    }

    /**
     * Audits every account, and then every posting for whether it belongs to one.
     *
     * @param program of this program alone
     * @param findings takes what is wrong, account by account
     */
    public Tally all(Optional<ProgramId> program, Consumer<Finding> findings) {
        Set<OperationKey> named = new HashSet<>();
        Consumer<Finding> noting = finding -> {
            if (named.size() < REMEMBERED) {
                OperationKey.of(finding).ifPresent(named::add);
            }
            findings.accept(finding);
        };
        Tally tally = Tally.NOTHING;
        Optional<String> after = Optional.empty();
        do {
            Archive.MemberPage page = archive.members(program, PAGE, after);
            tally = tally.plus(damaged(page, noting));
            for (MemberKey member : page.members()) {
                tally = tally.plus(member(member, noting));
            }
            after = page.next();
        } while (after.isPresent());
        return tally.plus(orphans(program, named, findings));
    }

    private record OperationKey(ProgramId program, OperationId operation) {
        static Optional<OperationKey> of(Finding finding) {
            return finding.place() instanceof OfPosting posting
                    ? posting.operation()
                            .map(operation -> new OperationKey(posting.member().program(), operation))
                    : Optional.empty();
        }
    }

    private static Tally damaged(Archive.MemberPage page, Consumer<Finding> findings) {
        page.damaged().forEach(key -> findings.accept(new Finding(new OfItem(Optional.empty(), key), Flaw.UNREADABLE)));
        return new Tally(0, 0, page.damaged().size(), 0);
    }

    /**
     * Audits accounts from somewhere on, around to where it began, until it has enough.
     *
     * @param start a random number: where to begin
     * @param most how many accounts
     * @param stop whether the time is over
     * @param findings takes what is wrong, account by account
     */
    public Tally sample(long start, int most, BooleanSupplier stop, Consumer<Finding> findings) {
        Tally tally = Tally.NOTHING;
        Set<MemberKey> seen = new HashSet<>();
        Optional<String> after = Optional.of(archive.anywhere(start));
        boolean around = false;
        while (true) {
            Archive.MemberPage page = archive.members(Optional.empty(), PAGE, after);
            tally = tally.plus(damaged(page, findings));
            for (MemberKey member : page.members()) {
                if (seen.size() >= most || stop.getAsBoolean() || !seen.add(member)) {
                    return tally;
                }
                tally = tally.plus(member(member, findings));
            }
            after = page.next();
            if (after.isEmpty()) {
                if (around) {
                    return tally;
                }
                around = true;
            }
            if (stop.getAsBoolean()) {
                return tally;
            }
        }
    }

    /** Audits one member. */
    public Tally member(MemberKey member, Consumer<Finding> findings) {
        Archive.Source source = Archive.Source.INDEX;
        for (int attempt = 1; ; attempt++) {
            Dossier dossier = archive.read(member, source);
            boolean last = attempt >= ATTEMPTS;
            if (dossier.unmoved() || last) {
                List<Finding> found = AccountAudit.of(dossier, rulebook);
                if (found.isEmpty() || (source == Archive.Source.TABLE && (dossier.unmoved() || last))) {
                    found.forEach(findings);
                    return new Tally(
                            dossier.account() instanceof Dossier.Copy.Absent ? 0 : 1,
                            dossier.history().size(),
                            found.size(),
                            dossier.unmoved() ? 0 : 1);
                }
            }
            if (dossier.unmoved() || attempt == ATTEMPTS - 1) {
                source = Archive.Source.TABLE;
            }
            pause.wait(Teller.After.UNANSWERED, attempt);
        }
    }

    /** Postings that no account's audit came across. */
    private Tally orphans(Optional<ProgramId> program, Set<OperationKey> named, Consumer<Finding> findings) {
        Set<MemberKey> without = new HashSet<>();
        Tally tally = Tally.NOTHING;
        Optional<String> after = Optional.empty();
        do {
            Archive.PostingPage page = archive.postings(program, PAGE, after);
            Set<MemberKey> members = new HashSet<>();
            page.postings().forEach(posting -> members.add(posting.member()));
            Set<MemberKey> known = archive.withAccount(members);
            for (Posting posting : page.postings()) {
                OperationKey key = new OperationKey(posting.member().program(), posting.operation());
                if (!known.contains(posting.member())) {
                    if (without.size() < REMEMBERED && without.add(posting.member())) {
                        tally = tally.plus(orphaned(posting, findings));
                    }
                } else if (!posting.isIntact() && !named.contains(key)) {
                    tally = tally.plus(report(posting, Flaw.TAMPERED, findings));
                }
            }
            for (Archive.Damaged damaged : page.damaged()) {
                boolean isNamed = damaged.member()
                        .map(member -> new OperationKey(member.program(), damaged.operation()))
                        .filter(named::contains)
                        .isPresent();
                if (!isNamed) {
                    findings.accept(new Finding(new OfItem(damaged.member(), damaged.key()), Flaw.UNREADABLE));
                    tally = tally.plus(new Tally(0, 0, 1, 0));
                }
            }
            after = page.next();
        } while (after.isPresent());
        return tally;
    }

    /** Names the first posting of a member who has no account. */
    private Tally orphaned(Posting posting, Consumer<Finding> findings) {
        Tally all = member(posting.member(), findings);
        return all.isSound() ? report(posting, Flaw.NO_ACCOUNT, findings) : all;
    }

    private static Tally report(Posting posting, Flaw flaw, Consumer<Finding> findings) {
        findings.accept(new Finding(
                new OfPosting(posting.member(), posting.sequence(), Optional.of(posting.operation())), flaw));
        return new Tally(0, 0, 1, 0);
    }
}
