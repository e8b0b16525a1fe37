package kopilka.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;

/**
 * What was read for a decision. To look for what was not asked for is a mistake in the code, and throws.
 *
 * @param asked what was looked for
 * @param found what is there
 */
public record Snapshot(Set<StoredKey> asked, Map<StoredKey, Stored> found) {
    /** Copies what it is given. */
    public Snapshot {
        asked = Set.copyOf(asked);
        found = Map.copyOf(found);
    }

    /** Together with what was read later. */
    public Snapshot plus(Snapshot later) {
        Set<StoredKey> allAsked = new HashSet<>(asked);
        allAsked.addAll(later.asked);
        Map<StoredKey, Stored> allFound = new HashMap<>(found);
        allFound.putAll(later.found);
        return new Snapshot(allAsked, allFound);
    }

    /** As if what was decided upon it were written. */
    public Snapshot plus(Decision.Post post) {
        Map<StoredKey, Stored> written = new HashMap<>();
        written.put(post.account().storedAs(), post.account());
        written.put(post.posting().storedAs(), post.posting());
        post.order().ifPresent(order -> written.put(order.storedAs(), order));
        post.code().ifPresent(code -> written.put(code.storedAs(), code));
        post.uses().forEach(use -> written.put(use.storedAs(), use));
        return plus(new Snapshot(written.keySet(), written));
    }

    /** Those of the keys that were not looked for. */
    public Set<StoredKey> missing(Set<StoredKey> keys) {
        Set<StoredKey> missing = new HashSet<>(keys);
        missing.removeAll(asked);
        return missing;
    }

    /** A member's account. */
    public Optional<Account> account(MemberKey member) {
        return find(new StoredKey.AccountKey(member), Account.class);
    }

    /** The posting of an operation. */
    public Optional<Posting> posting(ProgramId program, OperationId operation) {
        return find(new StoredKey.PostingKey(program, operation), Posting.class);
    }

    /** How an order stands. */
    public Optional<OrderState> order(MemberKey member, OrderId order) {
        return find(new StoredKey.OrderKey(member, order), OrderState.class);
    }

    /** Which order a redemption paid for. */
    public Optional<RedemptionUse> use(MemberKey member, RedemptionId redemption) {
        return find(new StoredKey.UseKey(member, redemption), RedemptionUse.class);
    }

    /** Who has a referral code. */
    public Optional<CodeOwner> owner(ProgramId program, ReferralCode code) {
        return find(new StoredKey.CodeKey(program, code), CodeOwner.class);
    }

    private <T extends Stored> Optional<T> find(StoredKey key, Class<T> type) {
        if (!asked.contains(key)) {
            throw new IllegalStateException("a decision looks for what it did not read");
        }
        return Optional.ofNullable(found.get(key)).map(type::cast);
    }
}
