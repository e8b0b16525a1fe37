package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kopilka.audit.Finding;
import kopilka.audit.Finding.OfAccount;
import kopilka.audit.Finding.OfCode;
import kopilka.audit.Finding.OfItem;
import kopilka.audit.Finding.OfOrder;
import kopilka.audit.Finding.OfPosting;
import kopilka.audit.Finding.OfRedemption;
import kopilka.audit.Flaw;
import kopilka.audit.LedgerAudit;
import kopilka.audit.Tally;
import kopilka.ledger.Account;
import kopilka.ledger.AnyOperation;
import kopilka.ledger.Balance;
import kopilka.ledger.Forgery;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.Lot;
import kopilka.ledger.Lots;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.ledger.Wallet;
import kopilka.members.EnrolMember;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;
import kopilka.program.WalletId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** Whatever is done to the tables, the audit finds it and names it; and what is sound it finds sound. */
class DynamoDbArchiveTest {
    private static final Rules RULES = Rules.usual().rewarding(500, 300, 10_00).earningOn("premium", 2, 100);
    private static final Random RANDOM = new Random(20_261_121);

    private final Schema schema = Schema.in(Embedded.client());
    private final ShopFixture shop = aShop(schema.ledger(Embedded.client()), RULES);
    private final LedgerAudit audit = audit(new ReadOnly());

    /** A client that an audit gets: to write is a mistake. */
    private static class ReadOnly extends Forwarding {
        ReadOnly() {
            super(Embedded.client());
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            throw new AssertionError("an audit only reads");
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            throw new AssertionError("an audit only reads");
        }
    }

    private LedgerAudit audit(DynamoDbClient client) {
        DynamoDbArchive archive = new DynamoDbArchive(
                client, schema.accounts(), schema.postings(), schema.programs(), document -> RULES.program());
        return new LedgerAudit(archive, archive, Teller.Pause.NONE);
    }

    /** A story in which everything happens that postings tell of. */
    @BeforeEach
    void a_story() {
        new DynamoDbPrograms(Embedded.client(), schema.programs(), document -> RULES.program(), System::nanoTime)
                .put(ShopFixture.PROGRAM, 0, "{}", Instant.EPOCH);
        shop.enrol("boris").enrol("anna").enrol("clara");
        shop.recommends("boris", "anna");
        shop.done(shop.event("anna", "A-1", OrderEventKind.PLACED, orderOf(50_00)));
        shop.done(shop.event("anna", "A-2", OrderEventKind.DELIVERED));
        shop.done(shop.refundOf("anna", "A-2", "R-0", "mug", 1));
        shop.pays("anna", "A-1", orderOf(300_00));
        shop.pays("anna", "A-2", order(line("tea", 2, 20_00), line("mug", 2, 30_00, "premium")));
        shop.deliverSignals("anna");
        shop.at("2026-04-01T09:00:00Z").spends("anna", "H-1", 120);
        shop.pays("anna", "A-3", paidWith(orderOf(10_00), "H-1", 1_20));
        shop.refunded(shop.refundOf("anna", "A-3", "R-1", 4_00));
        shop.done(shop.event("anna", "A-2", OrderEventKind.CANCELLED));
        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));
        shop.holds("anna", "H-2", 30);
        shop.voids("anna", "H-2");
        shop.done(shop.refundOf("anna", "A-9", "R-9", 1_00));
        shop.holds("anna", "H-3", 40);
        shop.pays("clara", "C-1", orderOf(80_00));
        shop.at("2026-04-20T09:00:00Z").sweep("clara");
        shop.holds("boris", "H-4", 10);
        shop.at("2027-06-01T09:00:00Z").sweep("clara");
        shop.close("clara");
    }

    // ------------------------------------------------------------------------------------------------ means

    private List<Finding> whole() {
        List<Finding> findings = new ArrayList<>();
        Tally tally = audit.all(Optional.empty(), findings::add);
        assertThat(tally.findings()).isEqualTo(findings.size());
        return findings;
    }

    private List<Finding> of(String member) {
        List<Finding> findings = new ArrayList<>();
        audit.member(member(member), findings::add);
        return findings;
    }

    private static Finding posting(String member, Posting posting, Flaw flaw) {
        return new Finding(new OfPosting(member(member), posting.sequence(), Optional.of(posting.operation())), flaw);
    }

    private static Finding missing(String member, long sequence, Optional<Posting> named) {
        return new Finding(new OfPosting(member(member), sequence, named.map(Posting::operation)), Flaw.MISSING);
    }

    private Map<String, AttributeValue> item(String table, Map<String, AttributeValue> key) {
        return Embedded.client()
                .getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }

    private void put(String table, Map<String, AttributeValue> item) {
        Embedded.client().putItem(put -> put.tableName(table).item(item));
    }

    private void put(Posting posting) {
        put(schema.postings(), PostingItem.of(posting));
    }

    private void put(Account account) {
        put(schema.accounts(), AccountItem.of(account, Optional.empty()));
    }

    private void remove(String table, Map<String, AttributeValue> key) {
        Embedded.client().deleteItem(delete -> delete.tableName(table).key(key));
    }

    private void remove(Posting posting) {
        remove(schema.postings(), ItemKeys.of(posting.storedAs()));
    }

    private static Map<String, AttributeValue> accountKey(String member) {
        return ItemKeys.of(new StoredKey.AccountKey(member(member)));
    }

    private static Map<String, AttributeValue> orderKey(String member, String order) {
        return ItemKeys.of(new StoredKey.OrderKey(member(member), new OrderId(order)));
    }

    // ------------------------------------------------------------------------------------------------ sound

    @Test
    void a_sound_table_gives_no_finding_and_the_counts() {
        long postings = Stream.of("anna", "boris", "clara")
                .mapToLong(name -> shop.postings(name).size())
                .sum();

        assertThat(whole()).isEmpty();
        assertThat(audit.all(Optional.of(ShopFixture.PROGRAM), finding -> {})).isEqualTo(new Tally(3, postings, 0, 0));
        assertThat(audit.all(Optional.of(new ProgramId("dem")), finding -> {})).isEqualTo(Tally.NOTHING);
        assertThat(postings).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_was_done_by_the_rules_is_found_sound(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 150; step++) {
            shop.carryOut(AnyOperation.in(shop, random));
            shop.later(java.time.Duration.ofMinutes(random.nextInt(10) == 0 ? 3 * 24 * 60 : random.nextInt(20)));
        }

        assertThat(whole()).as("seed %d", seed).isEmpty();
    }

    @Test
    void accounts_that_eight_write_to_are_found_sound_all_the_while() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        List<Thread> writers = IntStream.range(0, 8)
                .mapToObj(writer -> Thread.ofPlatform().start(() -> {
                    // Each has a shop of its own on the same tables; the members are everybody's.
                    ShopFixture own =
                            aShop(schema.ledger(Embedded.client()), RULES).at("2027-07-01T09:00:00Z");
                    Random random = new Random(writer);
                    while (!stop.get()) {
                        if (own.carryOut(AnyOperation.in(own, random)) instanceof Teller.Answer.Done) {
                            done.incrementAndGet();
                        }
                        own.later(java.time.Duration.ofHours(random.nextInt(12)));
                    }
                }))
                .toList();
        List<Finding> findings = new ArrayList<>();
        int audits = 0;
        try {
            while (findings.isEmpty() && (audits < 10 || done.get() < 200)) {
                audit.all(Optional.empty(), findings::add);
                audits++;
            }
        } finally {
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }

        assertThat(findings).isEmpty();
        assertThat(whole()).isEmpty();
        assertThat(writers).hasSize(8);
    }

    /** An index of histories that does not have some postings yet. */
    private static final class LateIndex extends ReadOnly {
        private final Set<Long> missing;

        LateIndex(Set<Long> missing) {
            this.missing = missing;
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            QueryResponse all = super.query(request);
            return request.indexName() == null
                    ? all
                    : QueryResponse.builder()
                            .items(all.items().stream()
                                    .filter(item ->
                                            !missing.contains(Item.of(item).number("seq")))
                                    .toList())
                            .build();
        }
    }

    @Test
    void what_the_index_has_not_got_yet_is_no_finding() {
        int last = shop.postings("anna").size();
        List<Set<Long>> late = List.of(Set.of(1L), Set.of(7L), Set.of((long) last), Set.of(3L, 4L, 5L, (long) last));
        for (Set<Long> missing : late) {
            List<Finding> findings = new ArrayList<>();
            assertThat(audit(new LateIndex(missing)).member(member("anna"), findings::add))
                    .isEqualTo(new Tally(1, last, 0, 0));
            assertThat(findings).as("without %s", missing).isEmpty();
        }
    }

    /** Answers one page after the other, each of one item, and a part of each batch. */
    private static final class SmallPages extends ReadOnly {
        @Override
        public QueryResponse query(QueryRequest request) {
            return super.query(request.toBuilder().limit(1).build());
        }

        @Override
        public ScanResponse scan(ScanRequest request) {
            return super.scan(request.toBuilder().limit(2).build());
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            var table = request.requestItems().entrySet().iterator().next();
            var keys = table.getValue().keys();
            if (keys.size() < 2) {
                return super.batchGetItem(request);
            }
            var rest = table.getValue().toBuilder()
                    .keys(keys.subList(keys.size() / 2, keys.size()))
                    .build();
            return super.batchGetItem(request.toBuilder()
                            .requestItems(Map.of(
                                    table.getKey(),
                                    table.getValue().toBuilder()
                                            .keys(keys.subList(0, keys.size() / 2))
                                            .build()))
                            .build())
                    .toBuilder()
                    .unprocessedKeys(Map.of(table.getKey(), rest))
                    .build();
        }
    }

    @Test
    void the_size_of_pages_makes_no_difference() {
        assertThat(audit(new SmallPages()).all(Optional.empty(), finding -> {}))
                .isEqualTo(audit.all(Optional.empty(), finding -> {}));
        Posting fifth = shop.postings("anna").get(4);
        remove(fifth);
        List<Finding> findings = new ArrayList<>();
        audit(new SmallPages()).all(Optional.empty(), findings::add);

        assertThat(findings).contains(missing("anna", 5, Optional.of(fifth))).isEqualTo(whole());
    }

    // ------------------------------------------------------------------------------------------------ postings

    @Test
    void a_posting_of_which_any_value_is_another_is_named() {
        int damages = 0;
        for (String name : List.of("anna", "clara")) {
            for (Posting posting : shop.postings(name)) {
                Map<String, AttributeValue> sound = item(schema.postings(), ItemKeys.of(posting.storedAs()));
                for (Damage damage : Damage.of(sound, RANDOM)) {
                    if (readsTheSame(damage, posting)) {
                        continue;
                    }
                    Optional<Finding> first = firstAfter(damage, name);
                    assertThat(first)
                            .as("%s: %s", posting.operation(), damage.what())
                            .isPresent();
                    assertThat(operationOf(first.get()))
                            .as("%s: %s: %s", posting.operation(), damage.what(), first)
                            .contains(posting.operation());
                    damages++;
                }
                put(schema.postings(), sound);
            }
        }

        assertThat(damages).isGreaterThan(500);
        assertThat(whole()).isEmpty();
    }

    /** An index can't hold a posting that does not tell whose it is or which number it has: that alone drops out of it. */
    private Optional<Finding> firstAfter(Damage damage, String member) {
        put(schema.postings(), damage.item());
        return of(member).stream().findFirst();
    }

    private static Optional<OperationId> operationOf(Finding finding) {
        return finding.place() instanceof OfPosting place ? place.operation() : Optional.empty();
    }

    private static boolean readsTheSame(Damage damage, Posting posting) {
        try {
            return PostingItem.read(damage.item()).equals(posting);
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    @Test
    void a_posting_that_was_taken_away_is_named() {
        List<Posting> all = shop.postings("anna");
        for (Posting gone : List.of(all.getFirst(), all.get(9), all.getLast())) {
            remove(gone);
            assertThat(of("anna")).first().isEqualTo(missing("anna", gone.sequence(), Optional.of(gone)));
            assertThat(whole()).isEqualTo(of("anna"));
            put(gone);
        }

        assertThat(whole()).isEmpty();
    }

    @Test
    void several_postings_that_were_taken_away_are_named_by_their_numbers() {
        List<Posting> all = shop.postings("anna");
        all.subList(4, 8).forEach(this::remove);

        assertThat(of("anna"))
                .startsWith(missing("anna", 5, Optional.empty()), missing("anna", 8, Optional.of(all.get(7))));
    }

    @Test
    void an_account_without_any_posting_is_named() {
        List<Posting> all = shop.postings("anna");
        all.forEach(this::remove);

        assertThat(of("anna")).first().isEqualTo(missing("anna", 1, Optional.empty()));
    }

    private static Posting richer(Posting posting) {
        Movement first = posting.movements().getFirst();
        Movement more = new Movement(
                first.wallet(),
                first.kind(),
                first.points() + 100,
                first.from(),
                first.to(),
                first.term(),
                first.at(),
                first.reason());
        List<Movement> movements = new ArrayList<>(posting.movements());
        movements.set(0, more);
        return Forgery.with(posting, movements, richer(posting.balance(POINTS)));
    }

    private static SortedMap<WalletId, Balance> richer(Balance balance) {
        return new TreeMap<>(Map.of(
                POINTS, new Balance(balance.available(), balance.pending() + 100, balance.held(), balance.debt())));
    }

    private static SortedMap<WalletId, Wallet> points(Wallet wallet) {
        return new TreeMap<>(Map.of(POINTS, wallet));
    }

    /** Clara's second posting: her only order, which earned 80 points. */
    private List<Posting> forged() {
        shop.enrol("dora").pays("dora", "D-1", orderOf(80_00));
        shop.pays("dora", "D-2", orderOf(20_00));
        List<Posting> honest = shop.postings("dora");
        List<Posting> once = Forgery.of(honest, 1, DynamoDbArchiveTest::richer);
        return Forgery.of(
                once, 2, posting -> Forgery.with(posting, posting.movements(), richer(posting.balance(POINTS))));
    }

    @Test
    void a_history_with_all_hashes_taken_anew_is_found_by_the_head_of_its_account() {
        List<Posting> forged = forged();
        forged.forEach(this::put);

        assertThat(forged).allMatch(Posting::isIntact);
        assertThat(of("dora")).first().isEqualTo(posting("dora", forged.getLast(), Flaw.HEAD));
    }

    @Test
    void a_history_forged_together_with_its_account_is_found_by_computing_it_again() {
        List<Posting> forged = forged();
        forged.forEach(this::put);
        Account honest = shop.account("dora");
        Lot lot = honest.wallet(POINTS).pending().list().getFirst();
        Wallet rich = new Wallet(
                0, Lots.of(List.of(new Lot(lot.term(), lot.points() + 100))), Lots.NONE, List.of(), 0, Lots.NONE);
        put(Forgery.with(honest, points(rich), forged.getLast()));

        assertThat(of("dora")).containsExactly(posting("dora", forged.get(1), Flaw.MOVEMENTS));
    }

    @Test
    void a_second_posting_of_a_number_is_named() {
        Posting third = shop.postings("anna").get(2);
        Posting again = Forgery.numbered(third, 3, new OperationId("order#A-77#placed"));
        put(again);

        assertThat(whole())
                .contains(posting("anna", again, Flaw.STRAY))
                .noneMatch(finding -> finding.equals(posting("anna", third, Flaw.STRAY)));
    }

    @Test
    void a_posting_of_another_number_is_named_where_it_was() {
        Posting third = shop.postings("anna").get(2);
        put(Forgery.numbered(third, 6, third.operation()));

        assertThat(of("anna")).first().isEqualTo(posting("anna", third, Flaw.TAMPERED));
    }

    @Test
    void a_posting_after_the_last_is_named() {
        Posting last = shop.postings("clara").getLast();
        Posting beyond = Forgery.numbered(last, last.sequence() + 5, new OperationId("order#C-5#placed"));
        put(beyond);

        assertThat(of("clara")).containsExactly(posting("clara", beyond, Flaw.STRAY));
    }

    @Test
    void a_posting_of_a_member_who_never_was_is_named() {
        Posting third = shop.postings("anna").get(2);
        Posting stray = new Posting(
                new MemberKey(ShopFixture.PROGRAM, new MemberId("nobody")),
                3,
                new OperationId("order#N-1#paid"),
                third.fingerprint(),
                third.at(),
                1,
                third.movements(),
                third.facts(),
                third.signal(),
                third.tierChanges(),
                third.balances(),
                third.previous(),
                third.previousHash(),
                third.hash());
        put(stray);

        assertThat(whole()).contains(posting("nobody", stray, Flaw.NO_ACCOUNT));
    }

    @Test
    void an_unreadable_posting_that_no_account_leads_to_is_named_by_its_key() {
        Map<String, AttributeValue> item = new HashMap<>(
                item(schema.postings(), ItemKeys.of(shop.postings("anna").get(2).storedAs())));
        item.put("pk", Item.asText("demo#order#X-1#paid"));
        item.put("member", Item.asText("demo#nobody"));
        item.put("f", Item.asNumber(3));
        put(schema.postings(), item);

        assertThat(whole())
                .containsExactly(
                        new Finding(new OfItem(Optional.of(member("nobody")), "demo#order#X-1#paid"), Flaw.UNREADABLE));
    }

    @Test
    void a_posting_of_a_version_that_is_not_there_is_named() {
        remove(schema.programs(), Map.of("program", Item.asText("demo"), "version", Item.asNumber(1)));

        assertThat(of("boris")).isNotEmpty().allMatch(finding -> finding.flaw() == Flaw.VERSION);
    }

    // ------------------------------------------------------------------------------------------------ accounts

    @Test
    void an_account_of_which_any_value_is_another_is_named() {
        // When time has something to do next is for the sweep alone, and no balance depends on it.
        Set<String> sweep = Set.of("dueShard", "dueAt");
        int damages = 0;
        for (String name : AnyOperation.MEMBERS) {
            Map<String, AttributeValue> sound = item(schema.accounts(), accountKey(name));
            Account account = shop.account(name);
            for (Damage damage : Damage.of(sound, RANDOM)) {
                if (sweep.contains(damage.what().split(" ", 2)[0]) || readsTheSame(damage, account)) {
                    continue;
                }
                put(schema.accounts(), damage.item());
                assertThat(of(name))
                        .as("%s: %s", name, damage.what())
                        .isNotEmpty()
                        .allMatch(finding -> finding.place().whose().equals(Optional.of(member(name))));
                damages++;
            }
            put(schema.accounts(), sound);
        }

        assertThat(damages).isGreaterThan(50);
        assertThat(whole()).isEmpty();
    }

    private static boolean readsTheSame(Damage damage, Account account) {
        try {
            return AccountItem.read(damage.item()).equals(account);
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    @Test
    void a_changed_balance_is_found_and_the_postings_are_not_blamed() {
        Account honest = shop.account("anna");
        Wallet wallet = honest.wallet(POINTS);
        Lot lot = wallet.available().list().getFirst();
        List<Lot> more = new ArrayList<>(wallet.available().list());
        more.set(0, new Lot(lot.term(), lot.points() + 1));
        put(Forgery.with(
                honest,
                points(new Wallet(
                        wallet.awaiting(),
                        wallet.pending(),
                        Lots.of(more),
                        wallet.holds(),
                        wallet.debt(),
                        wallet.lapsed())),
                shop.postings("anna").getLast()));

        assertThat(whole()).containsExactly(new Finding(new OfAccount(member("anna")), Flaw.WALLET));
    }

    @Test
    void an_account_that_is_gone_is_named_with_its_first_posting() {
        Posting first = shop.postings("anna").getFirst();
        remove(schema.accounts(), accountKey("anna"));

        assertThat(whole()).containsExactly(posting("anna", first, Flaw.NO_ACCOUNT));
        assertThat(of("anna")).containsExactly(posting("anna", first, Flaw.NO_ACCOUNT));
    }

    @Test
    void an_account_in_an_unknown_format_is_named() {
        Map<String, AttributeValue> item = new HashMap<>(item(schema.accounts(), accountKey("anna")));
        item.put("f", Item.asNumber(3));
        put(schema.accounts(), item);

        assertThat(whole()).containsExactly(new Finding(new OfAccount(member("anna")), Flaw.UNREADABLE));
    }

    // ------------------------------------------------------------------------------------------------ half restored

    private List<Map<String, AttributeValue>> all(String table) {
        return Embedded.client()
                .scan(scan -> scan.tableName(table).consistentRead(true))
                .items();
    }

    private void somethingMore() {
        shop.pays("anna", "A-20", orderOf(10_00));
        shop.pays("boris", "B-20", orderOf(20_00));
        shop.pays("boris", "B-21", orderOf(20_00));
    }

    @Test
    void postings_that_were_brought_back_to_an_earlier_state_than_accounts_are_found() {
        List<Map<String, AttributeValue>> before = all(schema.postings());
        somethingMore();
        Posting annas = shop.postings("anna").getLast();
        Posting boriss = shop.postings("boris").getLast();
        Set<Map<String, AttributeValue>> kept = new HashSet<>(before);
        all(schema.postings()).stream()
                .filter(item -> !kept.contains(item))
                .forEach(item -> remove(schema.postings(), ItemKeys.keyOf(item)));

        assertThat(whole())
                .contains(
                        missing("anna", annas.sequence(), Optional.of(annas)),
                        missing("boris", boriss.sequence(), Optional.of(boriss)),
                        missing("boris", boriss.sequence() - 1, Optional.empty()))
                .noneMatch(finding -> finding.place().whose().equals(Optional.of(member("clara"))));
    }

    @Test
    void accounts_that_were_brought_back_to_an_earlier_state_than_postings_are_found() {
        List<Map<String, AttributeValue>> before = all(schema.accounts());
        somethingMore();
        Posting annas = shop.postings("anna").getLast();
        List<Posting> boriss = shop.postings("boris");
        before.forEach(item -> put(schema.accounts(), item));

        assertThat(whole())
                .containsExactlyInAnyOrder(
                        posting("anna", annas, Flaw.BEHIND),
                        posting("boris", boriss.get(boriss.size() - 2), Flaw.BEHIND));
    }

    @Test
    void a_table_of_accounts_that_is_empty_is_found() {
        all(schema.accounts()).forEach(item -> remove(schema.accounts(), ItemKeys.keyOf(item)));

        assertThat(whole()).hasSize(3).allMatch(finding -> finding.flaw() == Flaw.NO_ACCOUNT);
    }

    // ------------------------------------------------------------------------------------------------ beside

    @Test
    void how_an_order_stands_is_held_against_its_postings() {
        for (String order : List.of("A-1", "A-2", "A-3", "A-9")) {
            Map<String, AttributeValue> sound = item(schema.accounts(), orderKey("anna", order));
            assertThat(sound).as(order).isNotEmpty();
            for (Damage damage : Damage.of(sound, RANDOM)) {
                if (readsTheSame(damage, sound)) {
                    continue;
                }
                put(schema.accounts(), damage.item());
                assertThat(of("anna"))
                        .as("%s: %s", order, damage.what())
                        .singleElement()
                        .satisfies(finding ->
                                assertThat(finding.place()).isEqualTo(new OfOrder(member("anna"), new OrderId(order))));
            }
            remove(schema.accounts(), orderKey("anna", order));
            assertThat(of("anna"))
                    .containsExactly(new Finding(new OfOrder(member("anna"), new OrderId(order)), Flaw.ORDER));
            put(schema.accounts(), sound);
        }

        assertThat(whole()).isEmpty();
    }

    private static boolean readsTheSame(Damage damage, Map<String, AttributeValue> order) {
        try {
            return OrderStateItem.read(damage.item()).equals(OrderStateItem.read(order));
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    @Test
    void an_order_that_no_posting_tells_of_is_named() {
        Map<String, AttributeValue> item = new HashMap<>(item(schema.accounts(), orderKey("anna", "A-9")));
        item.putAll(orderKey("anna", "A-10"));
        item.put("order", Item.asText("A-10"));
        put(schema.accounts(), item);

        assertThat(whole()).containsExactly(new Finding(new OfOrder(member("anna"), new OrderId("A-10")), Flaw.ORDER));
    }

    @Test
    void what_a_redemption_paid_for_is_held_against_the_postings() {
        var key = ItemKeys.of(new StoredKey.UseKey(member("anna"), new RedemptionId("H-1")));
        Map<String, AttributeValue> other = new HashMap<>(item(schema.accounts(), key));
        other.put("order", Item.asText("A-1"));
        Finding named = new Finding(new OfRedemption(member("anna"), new RedemptionId("H-1")), Flaw.REDEMPTION);

        put(schema.accounts(), other);
        assertThat(whole()).containsExactly(named);
        remove(schema.accounts(), key);
        assertThat(whole()).containsExactly(named);
    }

    @Test
    void a_referral_code_is_its_members() {
        var key = ItemKeys.of(new StoredKey.CodeKey(ShopFixture.PROGRAM, new ReferralCode("BORIS")));
        Map<String, AttributeValue> other = new HashMap<>(item(schema.accounts(), key));
        other.put("owner", Item.asText("demo#clara"));
        Finding named = new Finding(new OfCode(member("boris"), new ReferralCode("BORIS")), Flaw.CODE);

        put(schema.accounts(), other);
        assertThat(whole()).containsExactly(named);
        remove(schema.accounts(), key);
        assertThat(whole()).containsExactly(named);
    }

    // ------------------------------------------------------------------------------------------------ samples

    @Test
    void a_sample_goes_around_the_whole_table_and_takes_nobody_twice() {
        for (long start = 0; start < 20; start++) {
            assertThat(audit.sample(RANDOM.nextLong(), 100, () -> false, finding -> {})
                            .accounts())
                    .isEqualTo(3);
        }
    }

    @Test
    void a_sample_starts_anywhere() {
        IntStream.range(0, 40).forEach(i -> shop.enrol("member-" + i));
        Set<String> found = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            Map<String, AttributeValue> item = new HashMap<>(item(schema.accounts(), accountKey("member-" + i)));
            item.put("awaiting", Item.asNumber(5));
            put(schema.accounts(), item);
        }
        for (int run = 0; run < 60; run++) {
            audit.sample(RANDOM.nextLong(), 2, () -> false, finding -> found.add(finding.toString()));
        }

        assertThat(found).hasSizeGreaterThan(20);
    }

    @Test
    void a_sample_has_enough_at_its_number_and_when_its_time_is_over() {
        AtomicInteger asked = new AtomicInteger();

        assertThat(audit.sample(1, 2, () -> false, finding -> {}).accounts()).isEqualTo(2);
        assertThat(audit.sample(1, 100, () -> asked.incrementAndGet() > 1, finding -> {})
                        .accounts())
                .isEqualTo(1);
    }

    @Test
    void a_store_that_does_not_answer_is_no_finding() {
        LedgerAudit deaf = audit(new ReadOnly() {
            @Override
            public QueryResponse query(QueryRequest request) {
                throw software.amazon.awssdk.core.exception.SdkClientException.create("no answer");
            }
        });
        List<Finding> findings = new ArrayList<>();

        assertThatThrownBy(() -> deaf.all(Optional.empty(), findings::add)).isInstanceOf(LedgerUnavailable.class);
        assertThat(findings).isEmpty();
    }

    @Test
    void a_member_who_joins_while_the_audit_reads_is_no_finding() {
        AtomicBoolean joined = new AtomicBoolean();
        LedgerAudit meanwhile = audit(new ReadOnly() {
            @Override
            public QueryResponse query(QueryRequest request) {
                QueryResponse answer = super.query(request);
                if (request.indexName() == null && !joined.getAndSet(true)) {
                    shop.done(new EnrolMember(member("emma")));
                }
                return answer;
            }
        });
        List<Finding> findings = new ArrayList<>();

        assertThat(meanwhile.member(member("emma"), findings::add)).isEqualTo(new Tally(1, 1, 0, 0));
        assertThat(findings).isEmpty();
    }
}
