package kopilka.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kopilka.program.ProgramId;

/** A ledger in memory, held to the same contract as the one in the database. Thread-safe. */
public final class InMemoryLedger implements Ledger {
    private final Map<StoredKey, Stored> items = new HashMap<>();
    private final Map<MemberKey, List<Posting>> histories = new HashMap<>();
    /** By shard, as they are asked for. */
    private final Map<Integer, Map<MemberKey, Instant>> dues = new HashMap<>();

    /** An empty ledger. */
    public InMemoryLedger() {}

    @Override
    public synchronized Snapshot read(Set<StoredKey> keys) {
        Map<StoredKey, Stored> found = new HashMap<>();
        for (StoredKey key : keys) {
            Stored item = items.get(key);
            if (item != null) {
                found.put(key, item);
            }
        }
        return new Snapshot(keys, found);
    }

    @Override
    public Snapshot glance(Set<StoredKey> keys, boolean latest) {
        return read(keys);
    }

    @Override
    public synchronized Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
        if (posts.stream().anyMatch(post -> items.containsKey(post.posting().storedAs()))) {
            return Written.DUPLICATE;
        }
        Decision.Post first = posts.getFirst();
        Decision.Post last = posts.getLast();
        Stored stored = items.get(first.account().storedAs());
        long sequence = stored instanceof Account account ? account.sequence() : 0;
        if (sequence != first.posting().sequence() - 1) {
            return Written.OUTRUN;
        }
        if (glance.isPresent() && posts.stream().anyMatch(post -> hasMovedOn(post, glance.get()))) {
            return Written.OUTRUN;
        }
        if (posts.stream().flatMap(post -> post.code().stream()).anyMatch(code -> items.containsKey(code.storedAs()))) {
            return Written.CODE_TAKEN;
        }
        posts.forEach(this::put);
        items.put(last.account().storedAs(), last.account());
        MemberKey member = last.account().key();
        Map<MemberKey, Instant> shard = dues.computeIfAbsent(Ledger.shardOf(member), number -> new HashMap<>());
        if (last.due().isPresent()) {
            shard.put(member, last.due().get());
        } else {
            shard.remove(member);
        }
        return Written.DONE;
    }

    private boolean hasMovedOn(Decision.Post post, Snapshot glance) {
        return Stream.concat(post.order().stream(), post.uses().stream())
                .map(Stored::storedAs)
                .filter(glance.asked()::contains)
                .anyMatch(key -> !Objects.equals(items.get(key), glance.found().get(key)));
    }

    private void put(Decision.Post post) {
        Posting posting = post.posting();
        items.put(posting.storedAs(), posting);
        post.order().ifPresent(order -> items.put(order.storedAs(), order));
        post.code().ifPresent(code -> items.put(code.storedAs(), code));
        post.uses().forEach(use -> items.put(use.storedAs(), use));
        histories.computeIfAbsent(posting.member(), member -> new ArrayList<>()).add(posting);
    }

    @Override
    public synchronized List<Posting> history(MemberKey member, long before, int limit) {
        List<Posting> all = histories.getOrDefault(member, List.of());
        List<Posting> page = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && page.size() < limit; i--) {
            if (all.get(i).sequence() < before) {
                page.add(all.get(i));
            }
        }
        return page;
    }

    @Override
    public synchronized DuePage due(int shard, Instant until, int limit, Optional<String> after) {
        int skip = after.map(Integer::parseInt).orElse(0);
        List<MemberKey> all = dues.getOrDefault(shard, Map.of()).entrySet().stream()
                .filter(due -> !due.getValue().isAfter(until))
                .sorted(Map.Entry.<MemberKey, Instant>comparingByValue()
                        .thenComparing(due -> due.getKey().program().value())
                        .thenComparing(due -> due.getKey().member().value()))
                .map(Map.Entry::getKey)
                .toList();
        int end = Math.min(all.size(), skip + limit);
        return new DuePage(
                all.subList(Math.min(skip, end), end),
                end < all.size() ? Optional.of(String.valueOf(end)) : Optional.empty());
    }

    @Override
    public synchronized AccountPage accounts(ProgramId program, int limit, Optional<String> after) {
        List<Account> page = items.values().stream()
                .filter(Account.class::isInstance)
                .map(Account.class::cast)
                .filter(account -> account.key().program().equals(program))
                .filter(account -> account.key().member().value().compareTo(after.orElse("")) > 0)
                .sorted(Comparator.comparing(account -> account.key().member().value()))
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        List<Account> cut = more ? page.subList(0, limit) : page;
        return new AccountPage(
                cut, more ? Optional.of(cut.getLast().key().member().value()) : Optional.empty());
    }
}
