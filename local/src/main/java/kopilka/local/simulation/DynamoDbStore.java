package kopilka.local.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.lambda.Platform;
import kopilka.ledger.Decision;
import kopilka.ledger.Ledger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.local.LocalCloud;
import kopilka.local.Tables;
import kopilka.local.Template;
import kopilka.local.fault.Fault;
import kopilka.local.fault.HttpCall;
import kopilka.local.fault.Wire;
import kopilka.program.ProgramId;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Ledgers in DynamoDB Local, with the real client and its retries: faults come on the wire. Each world has tables of its own.
 * Not thread-safe: each thread has a store.
 */
final class DynamoDbStore implements Store {
    /** How many worlds' tables are kept: a world and its twins are looked at together. */
    private static final int KEPT = 12;

    private static final String ACCOUNTS = "AccountsTable";
    private static final String POSTINGS = "PostingsTable";

    private final Template template;
    private final Tables tables;
    private final Wire wire = new Wire();
    private final DynamoDbClient wired;
    private final Deque<String> kept = new ArrayDeque<>();
    private int worlds;

    private DynamoDbStore(Template template, Tables tables) {
        this.template = template;
        this.tables = tables;
        this.wired = wire.over(tables.client(), DynamoDbStore::unhurried);
    }

    /**
     * As many attempts as a function's client has, with shorter waits, and without any limit of time or of retries in all: what
     * happens must be the same on a slow machine, whatever was played before.
     */
    private static void unhurried(ClientOverrideConfiguration.Builder client) {
        BackoffStrategy soon = BackoffStrategy.exponentialDelay(Duration.ofMillis(1), Duration.ofMillis(4));
        client.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(Platform.ATTEMPTS)
                .backoffStrategy(soon)
                .throttlingBackoffStrategy(soon)
                .circuitBreakerEnabled(false)
                .build());
    }

    /** Starts DynamoDB Local in memory. */
    static DynamoDbStore start() {
        Path file = LocalCloud.nearestTemplate()
                .orElseThrow(() -> new IllegalArgumentException("there is no template.yaml here or above"));
        Template template = Template.read(file);
        try {
            return new DynamoDbStore(template, Tables.start(template, Optional.empty()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Shelf shelf() {
        worlds++;
        // Of one length: a fault goes by the length of its request, and that must not tell what the store has seen
        // before.
        String name = String.format(Locale.ROOT, "world%010d", worlds);
        tables.add(template, ACCOUNTS, name + ACCOUNTS);
        tables.add(template, POSTINGS, name + POSTINGS);
        kept.addLast(name);
        if (kept.size() > KEPT) {
            String old = kept.removeFirst();
            tables.client().deleteTable(table -> table.tableName(old + ACCOUNTS));
            tables.client().deleteTable(table -> table.tableName(old + POSTINGS));
        }
        return new InTables(
                new DynamoDbLedger(tables.client(), name + ACCOUNTS, name + POSTINGS),
                new Mortal(new DynamoDbLedger(wired, name + ACCOUNTS, name + POSTINGS)));
    }

    @Override
    public void close() {
        wired.close();
        tables.close();
    }

    /** A world's tables. */
    private final class InTables implements Shelf {
        private final Ledger truth;
        private final Ledger reached;
        private final SortedMap<String, Long> counts = new TreeMap<>();

        InTables(Ledger truth, Ledger reached) {
            this.truth = truth;
            this.reached = reached;
        }

        @Override
        public Ledger truth() {
            return truth;
        }

        @Override
        public Ledger reached() {
            return reached;
        }

        @Override
        public boolean wired() {
            return true;
        }

        @Override
        public void disturb(Supplier<Optional<Mishap>> next) {
            wire.follow(call -> {
                Optional<Fault> fault =
                        next.get().flatMap(some -> onTheWire(some, call)).filter(some -> some.canHappenTo(call));
                fault.ifPresent(some -> counts.merge("wire_" + some.name().toLowerCase(Locale.ROOT), 1L, Long::sum));
                return fault;
            });
        }

        @Override
        public void arriveLate() {
            wire.deliverLate();
        }

        @Override
        public Map<String, Long> wireFaults() {
            return counts;
        }
    }

    /** What stands for a fault on the wire: one of several, by the request's length, which is the same in every run. */
    private static Optional<Fault> onTheWire(Mishap fault, HttpCall call) {
        List<Fault> some = switch (fault) {
            case REQUEST_LOST -> List.of(Fault.REQUEST_LOST, Fault.REQUEST_LATE);
            case REPLY_LOST ->
                List.of(Fault.REPLY_LOST, Fault.REPLY_CUT_OFF, Fault.REPLY_GARBLED, Fault.INTERNAL_ERROR_AFTERWARDS);
            case SILENCE -> List.of(Fault.REPLY_LOST);
            case THROTTLED ->
                List.of(
                        Fault.THROTTLED,
                        Fault.ACCOUNT_THROTTLED,
                        Fault.INTERNAL_ERROR,
                        Fault.UNAVAILABLE,
                        Fault.UNPROCESSED);
            case CONFLICT -> List.of(Fault.CONFLICT, Fault.IN_PROGRESS);
            case DEATH_BEFORE -> List.of(Fault.DEATH_BEFORE);
            case DEATH_AFTER -> List.of(Fault.DEATH_AFTER);
            case STALE_PAGE, TORN_READ, CLOCK_ON, CLOCK_BACK -> List.of();
        };
        List<Fault> possible =
                some.stream().filter(one -> one.canHappenTo(call)).toList();
        return possible.isEmpty()
                ? Optional.empty()
                : Optional.of(possible.get(call.body().length() % possible.size()));
    }

    /** Ends a delivery where the process dies on the wire. */
    private record Mortal(Ledger ledger) implements Ledger {
        private static <T> T until(Supplier<T> call) {
            try {
                return call.get();
            } catch (Fault.Death death) {
                throw new Death();
            }
        }

        @Override
        public Snapshot read(Set<StoredKey> keys) {
            return until(() -> ledger.read(keys));
        }

        @Override
        public Snapshot glance(Set<StoredKey> keys, boolean latest) {
            return until(() -> ledger.glance(keys, latest));
        }

        @Override
        public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
            return until(() -> ledger.write(posts, glance));
        }

        @Override
        public List<Posting> history(MemberKey member, long before, int limit) {
            return until(() -> ledger.history(member, before, limit));
        }

        @Override
        public DuePage due(int shard, Instant until, int limit, Optional<String> after) {
            return until(() -> ledger.due(shard, until, limit, after));
        }

        @Override
        public AccountPage accounts(ProgramId program, int limit, Optional<String> after) {
            return until(() -> ledger.accounts(program, limit, after));
        }
    }
}
