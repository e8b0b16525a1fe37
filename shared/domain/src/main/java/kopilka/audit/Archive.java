package kopilka.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.program.ProgramId;

/**
 * All that a store has of the ledger, also what is damaged. It reads and never writes, and never throws for what it finds.
 * Every call throws {@link LedgerUnavailable} where the store can't answer.
 */
public interface Archive {
    /** Where postings are read from. */
    enum Source {
        /** By an index that may be late, for half the price. What it lacks is read along the chain. */
        INDEX,
        /** Each as it is now. */
        TABLE
    }

    /** Reads all that there is about one member. */
    Dossier read(MemberKey member, Source source);

    /**
     * Who has an account, page by page, in no particular order.
     *
     * @param program of this program alone
     * @param limit looks at so many items, of which some may be no accounts
     * @param after continues behind an earlier page, or starts {@link #anywhere}
     */
    MemberPage members(Optional<ProgramId> program, int limit, Optional<String> after);

    /** A place to start from, evenly spread over all members' places. */
    String anywhere(long random);

    /**
     * A page of members.
     *
     * @param members who have an account, readable or not
     * @param damaged keys of accounts that don't tell whose they are
     * @param next continues; empty: that was all
     */
    record MemberPage(List<MemberKey> members, List<String> damaged, Optional<String> next) {
        /** Copies what it is given. */
        public MemberPage {
            members = List.copyOf(members);
            damaged = List.copyOf(damaged);
        }
    }

    /** All postings, page by page, in no particular order, each as it is now. */
    PostingPage postings(Optional<ProgramId> program, int limit, Optional<String> after);

    /**
     * A page of postings.
     *
     * @param postings that can be read
     * @param damaged those that can't
     * @param next continues; empty: that was all
     */
    record PostingPage(List<Posting> postings, List<Damaged> damaged, Optional<String> next) {
        /** Copies what it is given. */
        public PostingPage {
            postings = List.copyOf(postings);
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * A posting that can't be read.
     *
     * @param key as the store has it
     * @param member whose it says it is, where that can be told
     * @param operation which
     */
    record Damaged(String key, Optional<MemberKey> member, OperationId operation) {}

    /** Which of these members have an account. */
    Set<MemberKey> withAccount(Set<MemberKey> members);
}
