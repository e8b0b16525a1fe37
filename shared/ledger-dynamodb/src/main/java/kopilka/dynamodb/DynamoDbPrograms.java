package kopilka.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import kopilka.ledger.LedgerUnavailable;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The versions of programs in a table of DynamoDB: for each program an item that lists its versions, and one for each
 * version, which never changes. Thread-safe.
 *
 * <p>A version is kept in memory once it was read. The list is read again after {@link #HEAD_IS_KEPT}: whoever sets out to
 * put a version that takes effect {@link #KNOWN_AFTER} or later has it take effect everywhere at once.
 */
public final class DynamoDbPrograms implements Programs {
    /** How long the list of a program's versions is used before it is read again. */
    public static final Duration HEAD_IS_KEPT = Duration.ofSeconds(30);

    /**
     * How long after somebody set out to put a version everybody knows it. A list that was read just before the version was
     * there is kept for a while yet, and a function takes up to 29 seconds from its look at the clock to the last of its
     * attempts.
     */
    public static final Duration KNOWN_AFTER = HEAD_IS_KEPT.plusSeconds(30);

    /** The most versions of a program: one a day for 27 years, and the list of them is within an item's 400 KB. */
    public static final int MAX_VERSIONS = 10_000;

    /** How many versions are kept in memory: a function works for few programs, and events reach back few versions. */
    private static final int VERSIONS_KEPT = 256;

    /** How many lists of versions are kept in memory. */
    private static final int HEADS_KEPT = 1_000;

    /** How often a version is put where another transaction is busy with the program. */
    private static final int ATTEMPTS = 5;

    private static final int FORMAT = 1;
    private static final String PROGRAM = "program";
    private static final String VERSION = "version";
    private static final String FROM = "from";
    private static final String VERSIONS = "versions";
    private static final String CURRENT = "current";
    private static final String DOCUMENT = "document";

    private final DynamoDbClient client;
    private final String table;
    private final Function<String, Program> parser;
    private final LongSupplier nanoTime;
    private final Map<ProgramId, KeptHead> heads = new ConcurrentHashMap<>();
    private final Map<VersionKey, ProgramVersion> versions = new ConcurrentHashMap<>();

    /**
     * The programs in that table.
     *
     * @param client calls DynamoDB, with its own retries and time-outs
     * @param table the name of the table of programs
     * @param parser makes rules of a document that was found valid before it was put
     * @param nanoTime a clock that only ever goes forward, as {@link System#nanoTime}: tells how old what is kept is
     */
    public DynamoDbPrograms(
            DynamoDbClient client, String table, Function<String, Program> parser, LongSupplier nanoTime) {
        this.client = client;
        this.table = table;
        this.parser = parser;
        this.nanoTime = nanoTime;
    }

    /**
     * The versions that a program has.
     *
     * @param effectiveFrom since when each holds, version 1 first; never earlier than the one before
     */
    public record Head(List<Instant> effectiveFrom) {
        /** Copies what it is given. */
        public Head {
            effectiveFrom = List.copyOf(effectiveFrom);
        }

        /** The number of the latest version, which may not hold yet. */
        public int version() {
            return effectiveFrom.size();
        }

        /** How a version stands at a moment. */
        public State state(int number, Instant moment) {
            int holding = versionAt(moment);
            if (number > holding) {
                return State.FUTURE;
            }
            return number == holding ? State.CURRENT : State.PAST;
        }

        /** The number of the version that holds at a moment; the first before that. */
        public int versionAt(Instant moment) {
            for (int number = version(); number > 1; number--) {
                if (!effectiveFrom.get(number - 1).isAfter(moment)) {
                    return number;
                }
            }
            return 1;
        }
    }

    /** How a version stands at a moment: each passes through these, in this order. */
    public enum State {
        /** It does not hold yet. */
        FUTURE,
        /** It holds. */
        CURRENT,
        /** A later one holds. One that takes effect together with its successor comes to this at once. */
        PAST
    }

    /** Since when a version is to hold. */
    public sealed interface Start {
        /** From that moment on, or together with the version before where that one holds later. */
        record NoSoonerThan(Instant moment) implements Start {}

        /**
         * From that moment on, or not at all.
         *
         * @param earliest it is refused where it lies before that
         * @param latest it is refused where it lies after that
         */
        record At(Instant moment, Instant earliest, Instant latest) implements Start {}
    }

    /** What came of publishing a version. */
    public sealed interface Publication {
        /** It is there, now or since an earlier attempt. */
        record Done(Document version) implements Publication {}

        /** The latest version is another than expected. */
        record Outrun() implements Publication {}

        /** It was to hold earlier than it may. */
        record TooSoon(Instant earliest) implements Publication {}

        /** It was to hold later than it may. */
        record TooLate(Instant latest) implements Publication {}

        /** It was to hold earlier than the version before it does. */
        record BeforePrevious(Instant previous) implements Publication {}
    }

    /**
     * A version as it was put.
     *
     * @param version 1 or more
     * @param effectiveFrom since when it holds
     * @param text the JSON document
     */
    public record Document(int version, Instant effectiveFrom, String text) {}

    private record KeptHead(Head head, long readAt) {}

    private record VersionKey(ProgramId program, int number) {}

    @Override
    public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
        return keptHead(program).flatMap(head -> version(program, head.versionAt(instant)));
    }

    @Override
    public Optional<ProgramVersion> version(ProgramId program, int number) {
        VersionKey key = new VersionKey(program, number);
        ProgramVersion kept = versions.get(key);
        if (kept != null) {
            return Optional.of(kept);
        }
        Optional<ProgramVersion> read = document(program, number)
                .map(document ->
                        new ProgramVersion(program, number, document.effectiveFrom(), parser.apply(document.text())));
        read.ifPresent(version -> {
            if (versions.size() >= VERSIONS_KEPT) {
                versions.clear();
            }
            versions.put(key, version);
        });
        return read;
    }

    private Optional<Head> keptHead(ProgramId program) {
        KeptHead kept = heads.get(program);
        long now = nanoTime.getAsLong();
        if (kept != null && now - kept.readAt() < HEAD_IS_KEPT.toNanos()) {
            return Optional.of(kept.head());
        }
        Optional<Head> read = head(program);
        read.ifPresent(head -> {
            if (heads.size() >= HEADS_KEPT) {
                heads.clear();
            }
            heads.put(program, new KeptHead(head, now));
        });
        return read;
    }

    /** The versions that a program has, as of now. Empty: no such program. */
    public Optional<Head> head(ProgramId program) {
        return read(program, 0)
                .map(item -> new Head(
                        item.texts(VERSIONS).stream().map(Instant::parse).toList()));
    }

    /** The versions that the item of a program's list names. */
    static Head headOf(Map<String, AttributeValue> item) {
        return new Head(Item.stored(item, FORMAT).texts(VERSIONS).stream()
                .map(Instant::parse)
                .toList());
    }

    /** Since when the version of an item holds. */
    static Instant inForceFrom(Map<String, AttributeValue> item) {
        return Item.stored(item, FORMAT).instant(FROM);
    }

    /** The JSON document of a version's item. */
    static String documentOf(Map<String, AttributeValue> item) {
        return Item.stored(item, FORMAT).text(DOCUMENT);
    }

    /** A version as it was put. Empty: no such program or version. */
    public Optional<Document> document(ProgramId program, int version) {
        return version < 1
                ? Optional.empty()
                : read(program, version).map(item -> new Document(version, item.instant(FROM), item.text(DOCUMENT)));
    }

    private Optional<Item> read(ProgramId program, int version) {
        var response = Store.ask(() -> client.getItem(
                request -> request.tableName(table).key(key(program, version)).consistentRead(true)));
        return response.hasItem() ? Optional.of(Item.stored(response.item(), FORMAT)) : Optional.empty();
    }

    private static Map<String, AttributeValue> key(ProgramId program, int version) {
        return Map.of(PROGRAM, Item.asText(program.value()), VERSION, Item.asNumber(version));
    }

    /**
     * Adds a version as {@link #publish} does, from that moment on or together with the version before.
     *
     * @return the version; empty: the latest is another than expected
     * @throws LedgerUnavailable where the store can't say
     */
    public Optional<Document> put(ProgramId program, int expectedVersion, String document, Instant effectiveFrom) {
        return publish(program, expectedVersion, document, new Start.NoSoonerThan(effectiveFrom))
                        instanceof Publication.Done(Document version)
                ? Optional.of(version)
                : Optional.empty();
    }

    /**
     * Adds a version, on condition of the one that it follows. To publish the same document again after a reply was lost gives
     * the version that it became, whatever the time is by then.
     *
     * @param expectedVersion the number of the latest version; 0 creates the program
     * @param document the JSON document, valid
     * @param start since when it is to hold; never before the one that it follows, which is seen to here
     * @throws LedgerUnavailable where the store can't say
     */
    public Publication publish(ProgramId program, int expectedVersion, String document, Start start) {
        Optional<Head> head = head(program);
        int latest = head.map(Head::version).orElse(0);
        if (latest != expectedVersion) {
            return latest == expectedVersion + 1
                    ? published(program, latest, document, start).orElseGet(Publication.Outrun::new)
                    : new Publication.Outrun();
        }
        if (latest >= MAX_VERSIONS) {
            throw new IllegalStateException("a program has no room for more versions");
        }
        List<Instant> all = new ArrayList<>(head.map(Head::effectiveFrom).orElse(List.of()));
        Optional<Instant> previous = all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
        Optional<Publication> refusal = refusal(start, previous);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Instant from = previous.filter(before -> before.isAfter(moment(start))).orElse(moment(start));
        all.add(from);
        Item version =
                Item.at(key(program, latest + 1), FORMAT).instant(FROM, from).text(DOCUMENT, document);
        Item list = Item.at(key(program, 0), FORMAT)
                .number(CURRENT, all.size())
                .texts(VERSIONS, all.stream().map(Instant::toString).toList());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Store.Transacted transacted = Store.transact(client, List.of(put(version), put(list, latest)));
            heads.remove(program);
            if (transacted.isDone()) {
                return new Publication.Done(new Document(latest + 1, from, document));
            }
            Optional<Publication> put = published(program, latest + 1, document, start);
            if (put.isPresent()) {
                return put.get();
            }
            // Somebody is busy with these items and has not changed them: that is no newer version.
        }
        throw new LedgerUnavailable("others keep changing this program");
    }

    /** What the version of that number is to whoever would publish it. Empty: there is none. */
    private Optional<Publication> published(ProgramId program, int version, String document, Start start) {
        return document(program, version)
                .map(there -> there.text().equals(document) && isOf(start, there)
                        ? new Publication.Done(there)
                        : new Publication.Outrun());
    }

    private static boolean isOf(Start start, Document there) {
        return switch (start) {
            case Start.NoSoonerThan any -> true;
            case Start.At at -> at.moment().equals(there.effectiveFrom());
        };
    }

    private static Instant moment(Start start) {
        return switch (start) {
            case Start.NoSoonerThan(Instant moment) -> moment;
            case Start.At at -> at.moment();
        };
    }

    private static Optional<Publication> refusal(Start start, Optional<Instant> previous) {
        return switch (start) {
            case Start.NoSoonerThan any -> Optional.empty();
            case Start.At(Instant moment, Instant earliest, Instant latest) -> {
                if (moment.isBefore(earliest)) {
                    yield Optional.of(new Publication.TooSoon(earliest));
                }
                if (moment.isAfter(latest)) {
                    yield Optional.of(new Publication.TooLate(latest));
                }
                yield previous.filter(moment::isBefore).map(Publication.BeforePrevious::new);
            }
        };
    }

    private TransactWriteItem put(Item version) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(version.attributes())
                        .conditionExpression("attribute_not_exists(program)"))
                .build();
    }

    private TransactWriteItem put(Item list, int latest) {
        return TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(list.attributes());
                    if (latest == 0) {
                        put.conditionExpression("attribute_not_exists(program)");
                    } else {
                        put.conditionExpression("#current = :latest")
                                .expressionAttributeNames(Map.of("#current", CURRENT))
                                .expressionAttributeValues(Map.of(":latest", Item.asNumber(latest)));
                    }
                })
                .build();
    }
}
