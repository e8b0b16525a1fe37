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

    /** The most items that are written together: DynamoDB takes as many in a transaction. */
    int MAX_WRITTEN = 100;

    /**
     * Reads all as of one moment, never a stale copy.
     *
     * @throws LedgerUnavailable where the store can't answer; nothing is known
     */
    Snapshot read(Set<StoredKey> keys);

    /**
     * Looks at less than the price of reading: each item as it was at a moment of its own. What is found was there, and a
     * posting or a code that was is there for good; what is not found may be there by now. So a posting that is found may be
     * answered from, and what is decided upon a glance may be written, since a write finds out where accounts, orders and uses
     * have moved on; but nothing may be refused, and a posting or a code that is missing may have been overlooked.
     *
     * @param keys what is looked for
     * @param latest each as it is now; otherwise as it was a moment ago, at half the price
     * @throws LedgerUnavailable where the store can't answer; nothing is known
     */
    Snapshot glance(Set<StoredKey> keys, boolean latest);

    /**
     * Writes what follows one another in one account, all or nothing: the postings, the account after the last, the orders, codes
     * and uses; where each posting is new, the account's stored sequence is the one before the first posting's, the codes are
     * nobody's, and orders and uses are as the glance saw them.
     *
     * @param posts decided one upon the other, of one member; at least one, and as many as {@linkplain #fit fit}
     * @param glance what they were decided upon, if that was not read as of one moment
     * @throws LedgerUnavailable where the store can't say; it may or may not be written, and reading the postings tells
     */
    Written write(List<Decision.Post> posts, Optional<Snapshot> glance);

    /** Writes one that was decided upon what was read. */
    default Written write(Decision.Post post) {
        return write(List.of(post), Optional.empty());
    }

    /** Whether so much goes into one write. */
    static boolean fit(List<Decision.Post> posts) {
        return 1 + posts.stream().mapToInt(Decision.Post::items).sum() <= MAX_WRITTEN;
    }

    /** What came of a write. */
    enum Written {
        /** It is written. */
        DONE,
        /** The account has moved on, or an order: read and decide again. */
        OUTRUN,
        /** One of the operations has its posting already: read it. */
        DUPLICATE,
        /** A referral code belongs to somebody. */
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
