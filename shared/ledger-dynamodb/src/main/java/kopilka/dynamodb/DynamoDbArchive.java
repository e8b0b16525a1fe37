package kopilka.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kopilka.audit.Archive;
import kopilka.audit.Dossier;
import kopilka.audit.Dossier.Beside;
import kopilka.audit.Dossier.Copy;
import kopilka.audit.Dossier.Stray;
import kopilka.audit.Rulebook;
import kopilka.audit.Slot;
import kopilka.ledger.Account;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.StoredKey;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * All that the tables have of the ledger, read for an audit: also what is damaged, and only ever read. Needs the permissions to
 * get, batch-get, query and scan, and none to write. Thread-safe.
 *
 * <p>An account's item names its last posting and each posting the one before, so a history is read to its end whatever the
 * index of histories has got. What a posting says never changes: a history up to an account that was read in one piece is
 * right, also while others write.
 */
public final class DynamoDbArchive implements Archive, Rulebook {
    /** The most keys that one call takes. */
    private static final int MAX_KEYS = 100;

    /** How often a read is asked for that DynamoDB answers in part. */
    private static final int READ_ATTEMPTS = 8;

    /** How many versions of programs are kept in memory. */
    private static final int RULES_KEPT = 256;

    private final DynamoDbClient client;
    private final String accounts;
    private final String postings;
    private final String programs;
    private final Function<String, Program> parser;
    private final Map<Version, ProgramVersion> rules = new HashMap<>();
    private final Map<ProgramId, Known> heads = new HashMap<>();

    private record Version(ProgramId program, int number) {}

    /**
     * What those tables have.
     *
     * @param client calls DynamoDB, with its own retries and time-outs
     * @param accounts the name of the table of accounts
     * @param postings the name of the table of postings
     * @param programs the name of the table of programs
     * @param parser makes rules of a program's document
     */
    public DynamoDbArchive(
            DynamoDbClient client,
            String accounts,
            String postings,
            String programs,
            Function<String, Program> parser) {
        this.client = client;
        this.accounts = accounts;
        this.postings = postings;
        this.programs = programs;
        this.parser = parser;
    }

    /** What an item says. Empty: it can't be read, as its bytes were changed or its format is unknown. */
    private static <T> Optional<T> decoded(
            Map<String, AttributeValue> item, Function<Map<String, AttributeValue>, T> reader) {
        try {
            return Optional.of(reader.apply(item));
        } catch (RuntimeException unreadable) {
            // Whatever it is that does not fit: nothing was asked of the store in here.
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------------------------------------ rules

    @Override
    public Optional<ProgramVersion> version(ProgramId program, int version) {
        Version key = new Version(program, version);
        synchronized (rules) {
            ProgramVersion kept = rules.get(key);
            if (kept != null) {
                return Optional.of(kept);
            }
        }
        var response = Store.ask(() -> client.getItem(request -> request.tableName(programs)
                .key(Map.of("program", Item.asText(program.value()), "version", Item.asNumber(version)))
                .consistentRead(true)));
        Optional<ProgramVersion> read = response.hasItem()
                ? decoded(
                        response.item(),
                        item -> new ProgramVersion(
                                program,
                                version,
                                DynamoDbPrograms.inForceFrom(item),
                                parser.apply(DynamoDbPrograms.documentOf(item))))
                : Optional.empty();
        // What is not there may be put tomorrow; what is there stays as it is.
        read.ifPresent(there -> keep(key, there));
        return read;
    }

    @Override
    public Optional<ProgramVersion> at(ProgramId program, Instant moment) {
        return head(program, moment).flatMap(head -> version(program, head.versionAt(moment)));
    }

    /**
     * The versions of a program, as far as they were in force by a moment that some posting names. Whatever is put later takes
     * effect later: what was read once is enough for all that is not after it.
     */
    private Optional<DynamoDbPrograms.Head> head(ProgramId program, Instant moment) {
        synchronized (heads) {
            Known known = heads.get(program);
            if (known != null && !moment.isAfter(known.upTo())) {
                return Optional.of(known.head());
            }
        }
        var response = Store.ask(() -> client.getItem(request -> request.tableName(programs)
                .key(Map.of("program", Item.asText(program.value()), "version", Item.asNumber(0)))
                .consistentRead(true)));
        Optional<DynamoDbPrograms.Head> read =
                response.hasItem() ? decoded(response.item(), DynamoDbPrograms::headOf) : Optional.empty();
        read.ifPresent(head -> {
            synchronized (heads) {
                if (heads.size() >= RULES_KEPT) {
                    heads.clear();
                }
                heads.put(program, new Known(head, moment));
            }
        });
        return read;
    }

    private record Known(DynamoDbPrograms.Head head, Instant upTo) {}

    private void keep(Version key, ProgramVersion program) {
        synchronized (rules) {
            if (rules.size() >= RULES_KEPT) {
                rules.clear();
            }
            rules.put(key, program);
        }
    }

    // ------------------------------------------------------------------------------------------------ one member

    @Override
    public Dossier read(MemberKey member, Source source) {
        Partition partition = partition(member);
        Optional<Account> account =
                partition.account instanceof Copy.Present(Account present) ? Optional.of(present) : Optional.empty();
        Trail trail = new Trail(member, source, account);
        trail.read();
        Optional<CodeOwner> code = account.flatMap(Account::code).flatMap(issued -> {
            var key = new StoredKey.CodeKey(member.program(), issued);
            return get(accounts, ItemKeys.of(key)).flatMap(item -> {
                Optional<CodeOwner> owner = decoded(item, CodeItem::read);
                if (owner.isEmpty()) {
                    partition.damaged.add(key);
                }
                return owner;
            });
        });
        boolean unmoved = same(partition.account, copy(get(accounts, accountKey(member))));
        return new Dossier(
                member,
                partition.account,
                trail.slots.reversed(),
                trail.beyond,
                trail.strays,
                unmoved,
                new Beside(partition.orders, partition.uses, code, partition.damaged));
    }

    private static boolean same(Copy before, Copy after) {
        return (before instanceof Copy.Present(Account first) && after instanceof Copy.Present(Account second))
                ? first.sequence() == second.sequence() && first.headHash().equals(second.headHash())
                : before.equals(after);
    }

    private static Map<String, AttributeValue> accountKey(MemberKey member) {
        return ItemKeys.of(new StoredKey.AccountKey(member));
    }

    private static Copy copy(Optional<Map<String, AttributeValue>> item) {
        return item.<Copy>map(there -> decoded(there, AccountItem::read)
                        .<Copy>map(Copy.Present::new)
                        .orElseGet(Copy.Damaged::new))
                .orElseGet(Copy.Absent::new);
    }

    private Optional<Map<String, AttributeValue>> get(String table, Map<String, AttributeValue> key) {
        var response = Store.ask(() ->
                client.getItem(request -> request.tableName(table).key(key).consistentRead(true)));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }

    /** A member's account and what lies beside it. */
    private static final class Partition {
        private Copy account = new Copy.Absent();
        private final List<OrderState> orders = new ArrayList<>();
        private final List<RedemptionUse> uses = new ArrayList<>();
        private final Set<StoredKey> damaged = new HashSet<>();

        void add(MemberKey member, Map<String, AttributeValue> item) {
            String sort = Item.of(item).text(ItemKeys.SORT);
            if (sort.equals(ItemKeys.ACCOUNT)) {
                account = copy(Optional.of(item));
            } else if (ItemKeys.isOrder(sort)) {
                // An item that names another order than its key does is as good as one that can't be read.
                decoded(item, OrderStateItem::read)
                        .filter(order -> ItemKeys.of(order.storedAs()).equals(ItemKeys.keyOf(item)))
                        .ifPresentOrElse(
                                orders::add, () -> damaged.add(new StoredKey.OrderKey(member, ItemKeys.orderOf(sort))));
            } else if (ItemKeys.isUse(sort)) {
                decoded(item, UseItem::read)
                        .filter(use -> use.member().equals(member))
                        .filter(use -> ItemKeys.of(use.storedAs()).equals(ItemKeys.keyOf(item)))
                        .ifPresentOrElse(
                                uses::add, () -> damaged.add(new StoredKey.UseKey(member, ItemKeys.useOf(sort))));
            }
        }
    }

    private static String keyOf(Map<String, AttributeValue> item) {
        Item key = Item.of(item);
        return key.text(ItemKeys.PARTITION)
                + key.optionalText(ItemKeys.SORT).map(sort -> " " + sort).orElse("");
    }

    private Partition partition(MemberKey member) {
        Partition partition = new Partition();
        Map<String, AttributeValue> last = Map.of();
        do {
            Map<String, AttributeValue> start = last;
            QueryResponse response = Store.ask(() -> client.query(request -> {
                request.tableName(accounts)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :partition")
                        .expressionAttributeValues(Map.of(":partition", Item.asText(ItemKeys.partition(member))));
                if (!start.isEmpty()) {
                    request.exclusiveStartKey(start);
                }
            }));
            response.items().forEach(item -> partition.add(member, item));
            last = response.lastEvaluatedKey();
        } while (!last.isEmpty());
        return partition;
    }

    /** A posting's item as it was found. */
    private record Found(OperationId operation, Optional<Posting> posting) {
        static Found of(Map<String, AttributeValue> item) {
            return new Found(
                    ItemKeys.operationOf(Item.of(item).text(ItemKeys.PARTITION)), decoded(item, PostingItem::read));
        }
    }

    /** One member's history, as it is put together from its end to its beginning. */
    private final class Trail {
        private final MemberKey member;
        private final Source source;
        private final Optional<Account> account;
        private final NavigableMap<Long, List<Found>> known = new TreeMap<>();
        private final List<Slot> slots = new ArrayList<>();
        private final List<Stray> beyond = new ArrayList<>();
        private final List<Stray> strays = new ArrayList<>();

        /** What was found by its key, wherever it says that it belongs. */
        private final Set<OperationId> placed = new HashSet<>();

        Trail(MemberKey member, Source source, Optional<Account> account) {
            this.member = member;
            this.source = source;
            this.account = account;
        }

        void read() {
            query();
            long last = last();
            Optional<OperationId> next = account.flatMap(Account::head);
            long sequence = last;
            while (sequence >= 1) {
                Slot slot = slot(sequence, next);
                slots.add(slot);
                next = switch (slot) {
                    case Slot.Filled(Posting posting) -> posting.previous();
                    case Slot.Foreign(long place, Posting posting) -> posting.previous();
                    case Slot.Damaged damaged -> Optional.empty();
                    case Slot.Empty empty -> Optional.empty();
                };
                sequence = slot.sequence() - 1;
            }
            outside(known.tailMap(last, false), beyond);
            outside(known.headMap(1L, false), strays);
        }

        private void outside(Map<Long, List<Found>> numbers, List<Stray> to) {
            numbers.forEach((sequence, found) -> found.stream()
                    .filter(one -> !placed.contains(one.operation()))
                    .forEach(one -> to.add(stray(sequence, one))));
        }

        /** The number of the account's last posting, as that posting has it if it is still the same. */
        private long last() {
            if (account.isEmpty()) {
                return known.isEmpty() ? 0 : Math.max(0, known.lastKey());
            }
            Account stands = account.get();
            return stands.head()
                    .flatMap(head -> known.values().stream()
                            .flatMap(List::stream)
                            .filter(found -> found.operation().equals(head))
                            .findFirst()
                            .or(() -> fetch(head)))
                    .flatMap(Found::posting)
                    .filter(posting -> posting.hash().equals(stands.headHash()) && posting.isIntact())
                    .filter(posting -> posting.member().equals(member))
                    .map(Posting::sequence)
                    .orElse(stands.sequence());
        }

        private static Stray stray(long sequence, Found found) {
            return new Stray(sequence, found.operation(), found.posting());
        }

        /**
         * What is at a number.
         *
         * @param named what is to be there, as the next posting or the account says; empty: not known
         */
        private Slot slot(long sequence, Optional<OperationId> named) {
            List<Found> here = known.getOrDefault(sequence, List.of()).stream()
                    .filter(found -> !placed.contains(found.operation()))
                    .toList();
            Optional<Found> chosen = named.isPresent()
                    ? here.stream()
                            .filter(found -> found.operation().equals(named.get()))
                            .findFirst()
                            .or(() -> named.flatMap(this::fetch))
                    : Optional.empty();
            if (chosen.isEmpty()) {
                chosen = here.stream().findFirst();
            }
            Optional<Found> taken = chosen;
            here.stream()
                    .filter(found -> taken.isEmpty()
                            || !found.operation().equals(taken.get().operation()))
                    .forEach(found -> strays.add(stray(sequence, found)));
            if (chosen.isEmpty()) {
                Long below = known.lowerKey(sequence);
                boolean isAlone = named.isPresent();
                long first = isAlone ? sequence : below == null ? 1 : Math.max(1, below + 1);
                return new Slot.Empty(first, sequence, named);
            }
            OperationId operation = chosen.get().operation();
            placed.add(operation);
            return chosen.get()
                    .posting()
                    .<Slot>map(posting ->
                            posting.sequence() == sequence && posting.member().equals(member)
                                    ? new Slot.Filled(posting)
                                    : new Slot.Foreign(sequence, posting))
                    .orElseGet(() -> new Slot.Damaged(sequence, operation));
        }

        private Optional<Found> fetch(OperationId operation) {
            return get(postings, postingKey(operation)).map(Found::of);
        }

        private Map<String, AttributeValue> postingKey(OperationId operation) {
            return ItemKeys.of(new StoredKey.PostingKey(member.program(), operation));
        }

        private void query() {
            Map<String, AttributeValue> last = Map.of();
            do {
                Map<String, AttributeValue> start = last;
                QueryResponse response = Store.ask(() -> client.query(request -> {
                    request.tableName(postings)
                            .indexName("history")
                            .keyConditionExpression("#member = :member")
                            .expressionAttributeNames(Map.of("#member", PostingItem.MEMBER))
                            .expressionAttributeValues(Map.of(":member", Item.asText(ItemKeys.member(member))));
                    if (!start.isEmpty()) {
                        request.exclusiveStartKey(start);
                    }
                }));
                List<Map<String, AttributeValue>> items = switch (source) {
                    case INDEX -> response.items();
                    case TABLE -> now(response.items());
                };
                for (var item : items) {
                    if (ItemKeys.member(member)
                            .equals(Item.of(item)
                                    .optionalText(PostingItem.MEMBER)
                                    .orElse(""))) {
                        decoded(item, PostingItem::numberOf)
                                .ifPresent(sequence -> known.computeIfAbsent(sequence, number -> new ArrayList<>())
                                        .add(Found.of(item)));
                    }
                }
                last = response.lastEvaluatedKey();
            } while (!last.isEmpty());
        }

        /** Items of the index as the table has them now. */
        private List<Map<String, AttributeValue>> now(List<Map<String, AttributeValue>> indexed) {
            List<Map<String, AttributeValue>> keys = indexed.stream()
                    .map(item ->
                            Map.of(ItemKeys.PARTITION, Item.asText(Item.of(item).text(ItemKeys.PARTITION))))
                    .toList();
            return batch(postings, keys, Optional.empty());
        }
    }

    /** Items by their keys, as they are now, in no particular order; of those alone that are there. */
    private List<Map<String, AttributeValue>> batch(
            String table, Collection<Map<String, AttributeValue>> keys, Optional<String> projection) {
        List<Map<String, AttributeValue>> all = List.copyOf(keys);
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_KEYS) {
            KeysAndAttributes.Builder asked = KeysAndAttributes.builder()
                    .keys(all.subList(from, Math.min(all.size(), from + MAX_KEYS)))
                    .consistentRead(true);
            projection.ifPresent(asked::projectionExpression);
            Map<String, KeysAndAttributes> left = Map.of(table, asked.build());
            for (int attempt = 0; !left.isEmpty(); attempt++) {
                if (attempt == READ_ATTEMPTS) {
                    throw new LedgerUnavailable("DynamoDB read a part alone");
                }
                Map<String, KeysAndAttributes> now = left;
                var response = Store.ask(() -> client.batchGetItem(request -> request.requestItems(now)));
                items.addAll(response.responses().getOrDefault(table, List.of()));
                left = response.unprocessedKeys();
            }
        }
        return items;
    }

    // ------------------------------------------------------------------------------------------------ all of them

    /**
     * {@inheritDoc}
     *
     * <p>Scans the table of accounts, where other items lie between them; a page may well have none and not be the last.
     */
    @Override
    public MemberPage members(Optional<ProgramId> program, int limit, Optional<String> after) {
        ScanResponse response = Store.ask(() -> client.scan(request -> {
            Map<String, AttributeValue> values = new HashMap<>(Map.of(":account", Item.asText(ItemKeys.ACCOUNT)));
            program.ifPresent(one -> values.put(":program", Item.asText(ItemKeys.partitions(one))));
            request.tableName(accounts)
                    .consistentRead(true)
                    .projectionExpression("pk, sk")
                    .filterExpression(
                            program.isPresent() ? "sk = :account AND begins_with(pk, :program)" : "sk = :account")
                    .expressionAttributeValues(values)
                    .limit(limit);
            after.ifPresent(cursor -> request.exclusiveStartKey(accountsKey(cursor)));
        }));
        List<MemberKey> members = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (var item : response.items()) {
            decoded(item, key -> ItemKeys.memberOf(Item.of(key).text(ItemKeys.PARTITION)))
                    .filter(member -> accountKey(member).equals(ItemKeys.keyOf(item)))
                    .ifPresentOrElse(members::add, () -> damaged.add(keyOf(item)));
        }
        return new MemberPage(
                members,
                damaged,
                response.hasLastEvaluatedKey() ? Optional.of(keyOf(response.lastEvaluatedKey())) : Optional.empty());
    }

    private static Map<String, AttributeValue> accountsKey(String cursor) {
        int space = cursor.indexOf(' ');
        return Map.of(
                ItemKeys.PARTITION, Item.asText(cursor.substring(0, space)),
                ItemKeys.SORT, Item.asText(cursor.substring(space + 1)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A scan goes by the hashes of keys, and may start behind a key that no item has.
     */
    @Override
    public String anywhere(long random) {
        return "m#" + Long.toHexString(random) + " " + ItemKeys.ACCOUNT;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Scans the table of postings.
     */
    @Override
    public PostingPage postings(Optional<ProgramId> program, int limit, Optional<String> after) {
        ScanResponse response = Store.ask(() -> client.scan(request -> {
            request.tableName(postings).consistentRead(true).limit(limit);
            program.ifPresent(one -> request.filterExpression("begins_with(pk, :program)")
                    .expressionAttributeValues(Map.of(":program", Item.asText(one + "#"))));
            after.ifPresent(cursor -> request.exclusiveStartKey(Map.of(ItemKeys.PARTITION, Item.asText(cursor))));
        }));
        List<Posting> readable = new ArrayList<>();
        List<Damaged> damaged = new ArrayList<>();
        for (var item : response.items()) {
            Found found = Found.of(item);
            // A posting that says it belongs to another program than its key is not the one that was put there.
            found.posting()
                    .filter(posting -> ItemKeys.of(posting.storedAs()).equals(ItemKeys.keyOf(item)))
                    .ifPresentOrElse(
                            readable::add,
                            () -> damaged.add(new Damaged(
                                    keyOf(item),
                                    decoded(
                                            item,
                                            read -> ItemKeys.member(
                                                    Item.of(read).text(PostingItem.MEMBER))),
                                    found.operation())));
        }
        return new PostingPage(
                readable,
                damaged,
                response.hasLastEvaluatedKey() ? Optional.of(keyOf(response.lastEvaluatedKey())) : Optional.empty());
    }

    @Override
    public Set<MemberKey> withAccount(Set<MemberKey> members) {
        Map<Map<String, AttributeValue>, MemberKey> keys =
                members.stream().collect(Collectors.toMap(DynamoDbArchive::accountKey, Function.identity()));
        Set<MemberKey> there = new HashSet<>();
        batch(accounts, keys.keySet(), Optional.of("pk, sk")).forEach(item -> {
            MemberKey member = keys.get(ItemKeys.keyOf(item));
            if (member != null) {
                there.add(member);
            }
        });
        return there;
    }
}
