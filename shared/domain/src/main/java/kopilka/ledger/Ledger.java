package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kopilka.program.ProgramId;

/** Where accounts and postings are stored. It reads what is committed, and writes all or nothing. */
public interface Ledger {
    /** How many shards the index of what is due has. */
    int DUE_SHARDS = 8;

    /**
     * Reads all as of one moment, never a stale copy. Only a single posting read together with a single account may be of
     * another moment than that: a write finds out by itself where the posting is there after all, and who refuses looks
     * once more.
     *
     * @throws LedgerUnavailable where the store can't answer; nothing is known
     */
    Snapshot read(Set<StoredKey> keys);

    /**
     * Writes account, posting, order, code and uses, all or nothing: where the posting is new, the account's stored sequence is
     * the one before the posting's, and the code is nobody's.
     *
     * @throws LedgerUnavailable where the store can't say; it may or may not be written, and reading the posting tells
     */
    Written write(Decision.Post post);

    /** What came of a write. */
    enum Written {
        /** It is written. */
        DONE,
        /** The account has moved on: read and decide again. */
        OUTRUN,
        /** The operation has its posting already: read it. */
        DUPLICATE,
        /** The referral code belongs to somebody. */
        CODE_TAKEN
    }

    /**
     * A member's postings, the latest first.
     *
     * @param before only those with a smaller sequence number
     * @param limit at most so many
     * @throws LedgerUnavailable where the store can't answer
     */
    List<Posting> history(MemberKey member, long before, int limit);

    /**
     * Accounts of one shard in which time has something to do by a moment.
     *
     * @param shard 0 to {@link #DUE_SHARDS} - 1
     * @param until the moment
     * @param limit at most so many; the most overdue come first
     * @param after continues behind an earlier answer's last
     * @throws LedgerUnavailable where the store can't answer
     */
    DuePage due(int shard, Instant until, int limit, Optional<String> after);

    /**
     * A page of {@link #due}.
     *
     * @param members in whose accounts something is due
     * @param next continues; empty: that was all
     */
    record DuePage(List<MemberKey> members, Optional<String> next) {
        /** Copies what it is given. */
        public DuePage {
            members = List.copyOf(members);
        }
    }

    /**
     * All accounts of a program, page by page: reads everything, for audits alone.
     *
     * @throws LedgerUnavailable where the store can't answer
     */
    AccountPage accounts(ProgramId program, int limit, Optional<String> after);

    /**
     * A page of {@link #accounts}.
     *
     * @param accounts in no particular order
     * @param next continues; empty: that was all
     */
    record AccountPage(List<Account> accounts, Optional<String> next) {
        /** Copies what it is given. */
        public AccountPage {
            accounts = List.copyOf(accounts);
        }
    }

    /** The shard of the due index that a member's account is in. */
    static int shardOf(MemberKey member) {
        return Math.floorMod(
                31 * member.program().value().hashCode()
                        + member.member().value().hashCode(),
                DUE_SHARDS);
    }
}
