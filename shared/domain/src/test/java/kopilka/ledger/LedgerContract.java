package kopilka.ledger;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.ofPoints;
import static kopilka.ledger.ShopFixture.points;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kopilka.earning.Earning;
import kopilka.earning.Rewards;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Ledger.Written;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.GivenDiscount;
import kopilka.order.LineId;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.Quantity;
import kopilka.order.Quoted;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.order.Returned;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Brand;
import kopilka.program.ByWallet;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.Circumstances;
import kopilka.program.Coupon;
import kopilka.program.EarningRules;
import kopilka.program.ExpiryRule;
import kopilka.program.Inactivity;
import kopilka.program.PaymentMethod;
import kopilka.program.Period;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.Rate;
import kopilka.program.Region;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.ShopId;
import kopilka.program.Sku;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.standing.ActivityLog;
import kopilka.standing.Profile;
import kopilka.standing.Progress;
import kopilka.standing.Standing;
import kopilka.tiers.History;
import kopilka.tiers.TierChange;
import kopilka.tiers.TierState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger must hold to, wherever it is stored. A store's test extends this. */
public abstract class LedgerContract {
    /** The program of these tests. */
    protected static final ProgramId PROGRAM = new ProgramId("demo");

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Term TERM = term("2026-03-15", "2027-03-15");
    private static final MemberKey ANNA = member("anna");
    private static final MemberKey BORIS = member("boris");
    private static final int THREADS = 64;

    private Ledger ledger = new InMemoryLedger();

    /** A new ledger in which there is nothing. */
    protected abstract Ledger emptyLedger();

    @BeforeEach
    void startEmpty() {
        ledger = emptyLedger();
    }

    /** The ledger of the test that runs. */
    protected final Ledger ledger() {
        return ledger;
    }

    // ------------------------------------------------------------------------------------------------ what tests say

    /** A member of {@link #PROGRAM}. */
    protected static MemberKey member(String id) {
        return new MemberKey(PROGRAM, new MemberId(id));
    }

    private static Term term(String from, String last) {
        return new Term(LocalDate.parse(from), LocalDate.parse(last));
    }

    /** An operation that a test has decided already. */
    private record Decided(MemberKey member, OperationId id) implements Operation {
        @Override
        public Hash fingerprint() {
            return new Digest().text(id.value()).hash();
        }

        @Override
        public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
            throw new IllegalStateException("it is decided");
        }
    }

    /** The next posting of an account. */
    protected static Decision.Post post(Account on, String operation) {
        return post(on, operation, new Facts.Settled());
    }

    private static Decision.Post post(Account on, String operation, Facts facts) {
        return post(on, operation, moves(on), facts, Optional.empty());
    }

    private static Decision.Post post(
            Account on, String operation, Moves moves, Facts facts, Optional<ReferralSignal> signal) {
        ProgramVersion version = new ProgramVersion(
                on.key().program(), 7, Instant.EPOCH, ShopFixture.Rules.usual().program());
        Progress progress = new Progress(on.standing(), version.rules(), on.enrolledAt(), moves.now());
        return Decision.post(
                new Decided(on.key(), new OperationId(operation)),
                on,
                moves,
                progress,
                version,
                version,
                facts,
                signal);
    }

    private static Moves moves(Account on) {
        return new Moves(
                on.wallets(), ShopFixture.Rules.usual().program().zone(), on.dated(NOON.plusNanos(on.sequence())));
    }

    /** Writes the next posting of a member, who joins with it if need be. */
    protected final Posting write(MemberKey member, String operation) {
        Decision.Post post = post(account(member), operation);
        assertThat(ledger.write(post)).isEqualTo(Written.DONE);
        return post.posting();
    }

    /** Writes so many postings of a member. */
    protected final List<Posting> writeSome(MemberKey member, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> write(member, "op#" + member.member() + "#" + i))
                .toList();
    }

    private Account account(MemberKey member) {
        return stored(member).orElse(Account.before(member, NOON));
    }

    private Optional<Account> stored(MemberKey member) {
        return ledger.read(Set.of(new StoredKey.AccountKey(member))).account(member);
    }

    private static CodeOwner code(String code, MemberKey owner) {
        return new CodeOwner(new ReferralCode(code), owner);
    }

    private static OrderState order(MemberKey member, String order) {
        return OrderState.paid(member, new OrderId(order), points(10, Optional.of(TERM)));
    }

    /** Everything that belongs to a post, read as one. */
    private Snapshot read(Decision.Post post) {
        Set<StoredKey> keys = new HashSet<>();
        keys.add(post.account().storedAs());
        keys.add(post.posting().storedAs());
        post.order().ifPresent(order -> keys.add(order.storedAs()));
        post.code().ifPresent(code -> keys.add(code.storedAs()));
        return ledger.read(keys);
    }

    private void assertStored(Decision.Post post) {
        Map<StoredKey, Stored> expected = new HashMap<>();
        expected.put(post.account().storedAs(), post.account());
        expected.put(post.posting().storedAs(), post.posting());
        post.order().ifPresent(order -> expected.put(order.storedAs(), order));
        post.code().ifPresent(code -> expected.put(code.storedAs(), code));
        assertThat(read(post).found()).isEqualTo(expected);
    }

    // ------------------------------------------------------------------------------------------------ reading

    @Test
    void what_is_not_there_is_not_found() {
        Set<StoredKey> keys = Set.of(
                new StoredKey.AccountKey(ANNA),
                new StoredKey.PostingKey(PROGRAM, new OperationId("none")),
                new StoredKey.OrderKey(ANNA, new OrderId("none")),
                new StoredKey.CodeKey(PROGRAM, new ReferralCode("NONE")));

        assertThat(ledger.read(keys)).isEqualTo(new Snapshot(keys, Map.of()));
        for (StoredKey key : keys) {
            assertThat(ledger.read(Set.of(key))).isEqualTo(new Snapshot(Set.of(key), Map.of()));
        }
        assertThat(ledger.read(Set.of())).isEqualTo(new Snapshot(Set.of(), Map.of()));
    }

    @Test
    void what_was_written_is_read_at_once_alone_in_a_pair_and_together() {
        Decision.Post post =
                post(account(ANNA), "op#1").with(order(ANNA, "A-1")).with(code("ANNA", ANNA));
        assertThat(ledger.write(post)).isEqualTo(Written.DONE);

        assertStored(post);
        assertThat(stored(ANNA)).contains(post.account());
        Set<StoredKey> pair = Set.of(post.account().storedAs(), post.posting().storedAs());
        assertThat(ledger.read(pair).found())
                .isEqualTo(Map.of(
                        post.account().storedAs(),
                        post.account(),
                        post.posting().storedAs(),
                        post.posting()));
        for (Stored stored :
                List.of(post.posting(), post.order().orElseThrow(), post.code().orElseThrow())) {
            assertThat(ledger.read(Set.of(stored.storedAs())).found()).isEqualTo(Map.of(stored.storedAs(), stored));
        }
    }

    @Test
    void of_a_pair_what_is_there_is_found() {
        Posting posting = write(ANNA, "op#1");
        StoredKey none = new StoredKey.PostingKey(PROGRAM, new OperationId("op#2"));
        StoredKey stranger = new StoredKey.AccountKey(BORIS);

        assertThat(ledger.read(Set.of(new StoredKey.AccountKey(ANNA), none)).found())
                .containsOnlyKeys(new StoredKey.AccountKey(ANNA));
        assertThat(ledger.read(Set.of(stranger, posting.storedAs())).found()).containsOnlyKeys(posting.storedAs());
    }

    @Test
    void a_hundred_postings_are_read_together() {
        List<Posting> postings = writeSome(ANNA, 100);
        Set<StoredKey> keys = new HashSet<>();
        postings.forEach(posting -> keys.add(posting.storedAs()));

        assertThat(ledger.read(keys).found()).hasSize(100).containsValue(postings.getLast());
    }

    @Test
    void more_is_read_than_a_store_may_take_at_once() {
        Posting posting = write(ANNA, "op#1");
        Set<StoredKey> keys = new HashSet<>(Set.of(posting.storedAs(), new StoredKey.AccountKey(ANNA)));
        IntStream.range(0, 240).forEach(i -> keys.add(new StoredKey.PostingKey(PROGRAM, new OperationId("none#" + i))));

        assertThat(ledger.read(keys).found()).hasSize(2);
    }

    @Test
    void a_glance_at_the_latest_sees_what_was_written() {
        Decision.Post post = post(account(ANNA), "op#1").with(order(ANNA, "A-1"));
        ledger.write(post);
        StoredKey none = new StoredKey.PostingKey(PROGRAM, new OperationId("op#2"));
        Set<StoredKey> keys = Set.of(
                post.account().storedAs(),
                post.posting().storedAs(),
                order(ANNA, "A-1").storedAs(),
                none);

        Snapshot glance = ledger.glance(keys, true);
        assertThat(glance.asked()).isEqualTo(keys);
        assertThat(glance.found())
                .isEqualTo(Map.of(
                        post.account().storedAs(),
                        post.account(),
                        post.posting().storedAs(),
                        post.posting(),
                        order(ANNA, "A-1").storedAs(),
                        order(ANNA, "A-1")));
    }

    @Test
    void a_glance_takes_in_more_than_a_store_may_take_at_once() {
        Posting posting = write(ANNA, "op#1");
        Set<StoredKey> keys = new HashSet<>(Set.of(posting.storedAs(), new StoredKey.AccountKey(ANNA)));
        IntStream.range(0, 240).forEach(i -> keys.add(new StoredKey.PostingKey(PROGRAM, new OperationId("none#" + i))));

        assertThat(ledger.glance(keys, true).found()).hasSize(2);
    }

    // ------------------------------------------------------------------------------------------------ writing

    @Test
    void an_account_moves_on_with_each_posting() {
        Posting first = write(ANNA, "op#1");
        Posting second = write(ANNA, "op#2");

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.previous()).contains(first.operation());
        assertThat(second.previousHash()).isEqualTo(first.hash());
        assertThat(stored(ANNA).orElseThrow().head()).contains(second.operation());
    }

    @Test
    void an_operation_is_written_once() {
        Decision.Post post = post(account(ANNA), "op#1");
        assertThat(ledger.write(post)).isEqualTo(Written.DONE);

        assertThat(ledger.write(post)).isEqualTo(Written.DUPLICATE);
        assertThat(ledger.write(post(post.account(), "op#1"))).isEqualTo(Written.DUPLICATE);
        assertStored(post);
    }

    @Test
    void an_operation_is_written_once_in_a_program_whoever_it_is_about() {
        write(ANNA, "op#1");

        assertThat(ledger.write(post(account(BORIS), "op#1"))).isEqualTo(Written.DUPLICATE);
        assertThat(stored(BORIS)).isEmpty();
    }

    @Test
    void an_operation_of_another_program_is_another_one() {
        write(ANNA, "op#1");
        MemberKey other = new MemberKey(new ProgramId("other"), ANNA.member());

        assertThat(write(other, "op#1").sequence()).isEqualTo(1);
        assertThat(ledger.history(ANNA, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(ledger.history(other, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void what_was_decided_on_an_account_that_has_moved_on_is_outrun() {
        Account before = account(ANNA);
        Posting first = write(ANNA, "op#1");

        assertThat(ledger.write(post(before, "op#2"))).isEqualTo(Written.OUTRUN);
        write(ANNA, "op#3");
        Account behind = post(before, "op#1").account();
        assertThat(behind.headHash()).isEqualTo(first.hash());
        assertThat(ledger.write(post(behind, "op#4"))).isEqualTo(Written.OUTRUN);
    }

    @Test
    void what_was_decided_on_an_account_that_does_not_exist_is_outrun() {
        Account imagined = post(account(ANNA), "op#1").account();

        assertThat(ledger.write(post(imagined, "op#2"))).isEqualTo(Written.OUTRUN);
        assertThat(stored(ANNA)).isEmpty();
    }

    @Test
    void a_code_belongs_to_one_member() {
        assertThat(ledger.write(post(account(ANNA), "op#1").with(code("CODE", ANNA))))
                .isEqualTo(Written.DONE);

        assertThat(ledger.write(post(account(BORIS), "op#2").with(code("CODE", BORIS))))
                .isEqualTo(Written.CODE_TAKEN);
        MemberKey other = new MemberKey(new ProgramId("other"), BORIS.member());
        assertThat(ledger.write(post(account(other), "op#2").with(code("CODE", other))))
                .isEqualTo(Written.DONE);
    }

    @Test
    void a_duplicate_comes_before_being_outrun_and_that_before_a_code_taken() {
        Account before = account(BORIS);
        write(BORIS, "op#1");
        assertThat(ledger.write(post(account(ANNA), "op#2").with(code("CODE", ANNA))))
                .isEqualTo(Written.DONE);

        assertThat(ledger.write(post(before, "op#2").with(code("CODE", BORIS)))).isEqualTo(Written.DUPLICATE);
        assertThat(ledger.write(post(before, "op#2"))).isEqualTo(Written.DUPLICATE);
        assertThat(ledger.write(post(account(BORIS), "op#2").with(code("CODE", BORIS))))
                .isEqualTo(Written.DUPLICATE);
        assertThat(ledger.write(post(before, "op#3").with(code("CODE", BORIS)))).isEqualTo(Written.OUTRUN);
    }

    @Test
    void what_is_not_done_leaves_nothing_behind() {
        Account before = account(ANNA);
        Decision.Post done = post(before, "op#1").with(order(ANNA, "A-1")).with(code("CODE", ANNA));
        assertThat(ledger.write(done)).isEqualTo(Written.DONE);

        OrderState changed = OrderState.paid(ANNA, new OrderId("A-1"), points(99, Optional.empty()));
        Decision.Post duplicate = post(done.account(), "op#1").with(changed).with(code("NEW-1", ANNA));
        Decision.Post outrun = post(before, "op#2").with(changed).with(code("NEW-2", ANNA));
        Decision.Post taken = post(done.account(), "op#3").with(changed).with(code("CODE", ANNA));
        assertThat(List.of(ledger.write(duplicate), ledger.write(outrun), ledger.write(taken)))
                .containsExactly(Written.DUPLICATE, Written.OUTRUN, Written.CODE_TAKEN);

        assertStored(done);
        for (Decision.Post post : List.of(outrun, taken)) {
            assertThat(ledger.read(Set.of(post.posting().storedAs())).found()).isEmpty();
        }
        for (String code : List.of("NEW-1", "NEW-2")) {
            assertThat(ledger.read(Set.of(code(code, ANNA).storedAs())).found()).isEmpty();
        }
        assertThat(ledger.history(ANNA, Long.MAX_VALUE, 10)).containsExactly(done.posting());
    }

    @Test
    void an_orders_state_changes_with_its_account() {
        Decision.Post first = post(account(ANNA), "op#1").with(order(ANNA, "A-1"));
        ledger.write(first);
        OrderState changed = OrderState.paid(ANNA, new OrderId("A-1"), points(99, Optional.empty()));
        Decision.Post second = post(first.account(), "op#2").with(changed);
        assertThat(ledger.write(second)).isEqualTo(Written.DONE);

        assertStored(second);
        StoredKey others = new StoredKey.OrderKey(BORIS, new OrderId("A-1"));
        assertThat(ledger.read(Set.of(others)).found()).isEmpty();
    }

    /** So many postings that follow one another, of orders of their own, each of which changes once more with the last. */
    private List<Decision.Post> following(Account on, int count) {
        List<Decision.Post> posts = new ArrayList<>();
        Account account = on;
        for (int i = 0; i < count; i++) {
            Decision.Post post = post(account, "together#" + i)
                    .with(OrderState.paid(ANNA, new OrderId("A-" + i % 2), points(i, Optional.empty())));
            posts.add(post);
            account = post.account();
        }
        return posts;
    }

    @Test
    void what_follows_one_another_is_written_together() {
        write(ANNA, "op#1");
        List<Decision.Post> posts = following(account(ANNA), 20);
        assertThat(ledger.write(posts, Optional.empty())).isEqualTo(Written.DONE);

        assertThat(stored(ANNA)).contains(posts.getLast().account());
        assertThat(ledger.history(ANNA, Long.MAX_VALUE, 50).reversed().stream().skip(1))
                .isEqualTo(posts.stream().map(Decision.Post::posting).toList());
        for (Decision.Post post : posts.subList(18, 20)) {
            assertStored(new Decision.Post(
                    posts.getLast().account(), post.posting(), post.order(), post.code(), post.due(), post.uses()));
        }
    }

    @Test
    void of_what_is_written_together_all_is_written_or_nothing() {
        Account before = account(ANNA);
        List<Decision.Post> posts = following(before, 4);
        write(BORIS, "together#2");
        assertThat(ledger.write(posts, Optional.empty())).isEqualTo(Written.DUPLICATE);
        assertThat(stored(ANNA)).isEmpty();
        assertThat(ledger.history(ANNA, Long.MAX_VALUE, 50)).isEmpty();

        write(ANNA, "op#1");
        List<Decision.Post> outrun = following(before, 2);
        assertThat(ledger.write(outrun, Optional.empty())).isEqualTo(Written.OUTRUN);
        assertThat(ledger.history(ANNA, Long.MAX_VALUE, 50)).hasSize(1);
        assertThat(ledger.read(Set.of(order(ANNA, "A-0").storedAs())).found()).isEmpty();
    }

    @Test
    void what_was_decided_upon_an_order_or_a_use_that_a_glance_saw_otherwise_is_outrun() {
        StoredKey order = order(ANNA, "A-1").storedAs();
        RedemptionUse use = new RedemptionUse(ANNA, new RedemptionId("H-1"), new OrderId("A-1"));
        Snapshot nothing = ledger.glance(Set.of(order, use.storedAs()), true);
        Decision.Post first =
                post(account(ANNA), "op#1").with(order(ANNA, "A-1")).with(List.of(use));
        assertThat(ledger.write(List.of(first), Optional.of(nothing))).isEqualTo(Written.DONE);
        Snapshot seen = ledger.glance(Set.of(order, use.storedAs()), true);

        OrderState changed = OrderState.paid(ANNA, new OrderId("A-1"), points(99, Optional.empty()));
        Decision.Post second = post(first.account(), "op#2").with(changed);
        Decision.Post again = post(first.account(), "op#3").with(List.of(use));
        assertThat(ledger.write(List.of(second), Optional.of(nothing))).isEqualTo(Written.OUTRUN);
        assertThat(ledger.write(List.of(again), Optional.of(nothing))).isEqualTo(Written.OUTRUN);
        assertThat(ledger.write(List.of(second), Optional.of(seen))).isEqualTo(Written.DONE);

        Decision.Post third =
                post(second.account(), "op#3").with(order(ANNA, "A-1")).with(List.of(use));
        assertThat(ledger.write(List.of(third), Optional.of(seen))).isEqualTo(Written.OUTRUN);
        assertThat(stored(ANNA)).contains(second.account());
        assertThat(ledger.write(third)).isEqualTo(Written.DONE);
    }

    @Test
    void many_who_write_at_once_are_numbered_without_gaps() throws Exception {
        List<Callable<Long>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String operation = "op#" + i;
            writers.add(() -> {
                while (true) {
                    Decision.Post post = post(account(ANNA), operation);
                    Written written = ledger.write(post);
                    if (written == Written.DONE) {
                        return post.posting().sequence();
                    }
                    assertThat(written).isEqualTo(Written.OUTRUN);
                }
            });
        }
        List<Long> sequences = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Long> written : threads.invokeAll(writers)) {
                sequences.add(written.get());
            }
        }

        List<Long> all = LongStream.rangeClosed(1, THREADS).boxed().toList();
        assertThat(sequences).containsExactlyInAnyOrderElementsOf(all);
        List<Posting> history =
                ledger.history(ANNA, Long.MAX_VALUE, THREADS + 1).reversed();
        assertThat(history).extracting(Posting::sequence).isEqualTo(all);
        assertThat(Audit.of(account(ANNA), history)).isEmpty();
    }

    @Test
    void of_many_who_write_one_operation_one_does() throws Exception {
        List<Callable<Written>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            MemberKey member = member("m-" + i);
            writers.add(() -> ledger.write(post(Account.before(member, NOON), "op#1")));
        }
        List<Written> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Written> one : threads.invokeAll(writers)) {
                written.add(one.get());
            }
        }

        assertThat(written).containsOnlyOnce(Written.DONE);
        assertThat(written).containsOnly(Written.DONE, Written.DUPLICATE);
    }

    // ------------------------------------------------------------------------------------------------ history

    @Test
    void a_history_is_read_in_pages_the_latest_first() {
        List<Posting> all = writeSome(ANNA, 7);
        writeSome(BORIS, 3);

        assertThat(ledger.history(ANNA, Long.MAX_VALUE, 3)).containsExactly(all.get(6), all.get(5), all.get(4));
        assertThat(ledger.history(ANNA, 5, 3)).containsExactly(all.get(3), all.get(2), all.get(1));
        assertThat(ledger.history(ANNA, 2, 3)).containsExactly(all.get(0));
        assertThat(ledger.history(ANNA, 1, 3)).isEmpty();
        assertThat(ledger.history(ANNA, 8, 1)).containsExactly(all.get(6));
        assertThat(ledger.history(ANNA, 100, 100)).isEqualTo(all.reversed());
        assertThat(ledger.history(member("nobody"), Long.MAX_VALUE, 3)).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ what is due

    private void writeDue(MemberKey member, String operation, Optional<Instant> due) {
        Decision.Post post = post(account(member), operation);
        assertThat(ledger.write(new Decision.Post(post.account(), post.posting(), post.order(), post.code(), due)))
                .isEqualTo(Written.DONE);
    }

    private List<MemberKey> due(Instant until) {
        return IntStream.range(0, Ledger.DUE_SHARDS)
                .mapToObj(
                        shard -> ledger.due(shard, until, 100, Optional.empty()).members())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void an_account_is_due_from_its_moment_on() {
        Instant moment = NOON.plusNanos(1_500_000_000);
        writeDue(ANNA, "op#1", Optional.of(moment));

        assertThat(due(moment.minusNanos(1))).isEmpty();
        assertThat(due(moment)).containsExactly(ANNA);
        assertThat(due(moment.plusNanos(1))).containsExactly(ANNA);
    }

    @Test
    void an_account_is_due_when_it_was_last_said_to_be() {
        writeDue(ANNA, "op#1", Optional.of(NOON));
        writeDue(ANNA, "op#2", Optional.of(NOON.plusSeconds(60)));
        assertThat(due(NOON)).isEmpty();
        assertThat(due(NOON.plusSeconds(60))).containsExactly(ANNA);

        writeDue(ANNA, "op#3", Optional.empty());
        assertThat(due(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void accounts_are_due_in_their_own_shard_the_most_overdue_first_page_by_page() {
        Set<MemberKey> all = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            MemberKey member = new MemberKey(new ProgramId(i % 2 == 0 ? "demo" : "other"), new MemberId("m-" + i));
            // Two are due at each moment, so that a page may well end between them.
            writeDue(member, "op#" + i, Optional.of(NOON.minusSeconds(i / 2)));
            all.add(member);
        }
        Set<MemberKey> found = new HashSet<>();
        for (int shard = 0; shard < Ledger.DUE_SHARDS; shard++) {
            List<MemberKey> inShard = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Ledger.DuePage page = ledger.due(shard, NOON, 2, after);
                assertThat(page.members()).hasSizeLessThanOrEqualTo(2);
                inShard.addAll(page.members());
                after = page.next();
            } while (after.isPresent());
            for (MemberKey member : inShard) {
                assertThat(Ledger.shardOf(member)).isEqualTo(shard);
                assertThat(found.add(member)).isTrue();
            }
            List<Integer> numbers = inShard.stream()
                    .map(member -> Integer.parseInt(member.member().value().substring(2)) / 2)
                    .toList();
            assertThat(numbers).isSortedAccordingTo(Comparator.reverseOrder());
        }
        assertThat(found).isEqualTo(all);
    }

    // ------------------------------------------------------------------------------------------------ audits

    @Test
    void all_accounts_of_a_program_are_found_and_no_other_programs() {
        Set<Account> expected = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            write(member("m-" + i), "op#" + i);
            expected.add(account(member("m-" + i)));
        }
        Decision.Post more =
                post(account(ANNA), "op#x").with(order(ANNA, "A-1")).with(code("CODE", ANNA));
        ledger.write(more);
        expected.add(more.account());
        write(new MemberKey(new ProgramId("demo-2"), ANNA.member()), "op#1");
        write(new MemberKey(new ProgramId("dem"), ANNA.member()), "op#1");

        List<Account> found = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Ledger.AccountPage page = ledger.accounts(PROGRAM, 3, after);
            found.addAll(page.accounts());
            after = page.next();
        } while (after.isPresent());
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    // ------------------------------------------------------------------------------------------------ what is kept

    @Test
    void facts_of_every_kind_are_kept_whole() {
        List<Facts> all = facts();
        assertThat(all.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Facts.class.getPermittedSubclasses());
        for (int i = 0; i < all.size(); i++) {
            Decision.Post post = post(account(ANNA), "op#" + i, all.get(i));
            assertThat(ledger.write(post)).isEqualTo(Written.DONE);
            assertStored(post);
        }
        List<Posting> history = ledger.history(ANNA, Long.MAX_VALUE, all.size());
        assertThat(history).allMatch(Posting::isIntact);
        assertThat(history.reversed()).extracting(Posting::facts).isEqualTo(all);
    }

    private static List<Facts> facts() {
        OrderId order = new OrderId("A-17");
        RefundId refund = new RefundId("R-3");
        RedemptionId redemption = new RedemptionId("H-9");
        Instant at = Instant.parse("2026-02-28T23:59:59.123456789Z");
        Return effect = ofPoints(1, 2, 3, 4, 5, 6, 7, 8);
        Return both = new Return(
                9,
                new TreeMap<>(Map.of(
                        POINTS, effect.in(POINTS), CASHBACK, new Facts.WalletReturn(10, 20, 30, 40, 50, 60, 70))));
        TreeMap<Integer, Long> quantities = new TreeMap<>(Map.of(0, 1000L, 3, 1L, 999, Quantity.MAX));
        List<RefundContent.Line> lines = List.of(
                new RefundContent.Line(new LineId("l-1"), Quantity.of(2), OptionalLong.empty()),
                new RefundContent.Line(new LineId("l-2"), new Quantity(1), OptionalLong.of(0)),
                new RefundContent.Line(
                        new LineId("l-2"), new Quantity(Quantity.MAX), OptionalLong.of(Money.MAX_MINOR)));
        Money worth = new Money(1250, EUR);
        Money yen = new Money(-3, Currency.getInstance("JPY"));
        return List.of(
                new Facts.Enrolled(),
                new Facts.Closed(Optional.empty()),
                new Facts.Closed(Optional.of("moved away | \"for good\", 再见 = # - 1")),
                new Facts.Closed(Optional.of("")),
                new Facts.OrderNoted(order, OrderEventKind.PLACED, at, false, ByWallet.none()),
                new Facts.OrderNoted(order, OrderEventKind.CANCELLED, at, true, units(POINTS, Points.MAX)),
                new Facts.OrderNoted(order, OrderEventKind.CANCELLED, at, true, units(CASHBACK, 7)),
                new Facts.OrderPaid(
                        order,
                        at,
                        small(),
                        Under.NOTHING,
                        nothing(),
                        ByWallet.none(),
                        List.of(),
                        List.of(),
                        Return.NONE),
                new Facts.OrderPaid(
                        order,
                        at,
                        large(),
                        Under.NOTHING,
                        earning(),
                        points(5000, Optional.of(new Term(TERM.availableFrom(), ExpiryRule.NEVER))),
                        List.of(OperationId.refund(order, refund)),
                        List.of(new OperationId("refund#A-17#R-4"), new OperationId("refund#A-17#R-5")),
                        effect),
                new Facts.OrderPaid(
                        order,
                        at,
                        small(),
                        Under.NOTHING,
                        earning(),
                        new TreeMap<>(Map.of(
                                POINTS, new Earned(5000, Optional.of(TERM)),
                                CASHBACK, new Earned(42, Optional.empty()))),
                        List.of(),
                        List.of(),
                        both),
                new Facts.OrderPaid(
                        order,
                        at,
                        small(),
                        Under.NOTHING,
                        earning(),
                        new TreeMap<>(Map.of(CASHBACK, new Earned(42, Optional.of(TERM)))),
                        List.of(),
                        List.of(),
                        Return.NONE),
                new Facts.OrderPaid(
                        order,
                        at,
                        forRules(),
                        new Under(circumstances(), Optional.of(new Quoted(3, at.minusSeconds(9)))),
                        rewards(),
                        points(5, Optional.of(TERM)),
                        List.of(),
                        List.of(),
                        Return.NONE),
                new Facts.OrderPaid(
                        order,
                        at,
                        small(),
                        Under.NOTHING,
                        new Rewards(new TreeMap<>(), List.of(), 0, List.of()),
                        ByWallet.none(),
                        List.of(),
                        List.of(),
                        Return.NONE),
                new Facts.ActivityRewarded(new ActivityId("review-1"), new ActivityKind("review"), at),
                new Facts.ProfileChanged(),
                new Facts.OrderDelivered(order, at, points(12, Optional.of(TERM))),
                new Facts.OrderDelivered(
                        order,
                        at,
                        new TreeMap<>(Map.of(
                                POINTS,
                                new Earned(12, Optional.of(TERM)),
                                CASHBACK,
                                new Earned(3, Optional.of(TERM))))),
                new Facts.OrderDelivered(order, at, new TreeMap<>(Map.of(CASHBACK, new Earned(0, Optional.of(TERM))))),
                new Facts.OrderCancelled(order, at, effect),
                new Facts.OrderCancelled(order, at, both),
                new Facts.OrderCancelled(order, at, Return.NONE),
                new Facts.Refunded(order, refund, at, new Returned(quantities, 490, 10), effect),
                new Facts.Refunded(order, refund, at, Returned.NOTHING, Return.NONE),
                new Facts.Refunded(order, refund, at, Returned.NOTHING, Return.of(5, CASHBACK, effect.in(POINTS))),
                new Facts.RefundWaiting(order, refund, at, new RefundContent(EUR, lines, 490, 10)),
                new Facts.RefundWaiting(order, refund, at, new RefundContent(EUR, List.of(), 0, 1)),
                new Facts.Held(redemption, POINTS, 300, worth, at, new Money(4000, EUR), Optional.of(order)),
                new Facts.Held(redemption, POINTS, 300, Money.zero(EUR), at, yen, Optional.empty()),
                new Facts.Held(redemption, CASHBACK, 300, worth, at, yen, Optional.empty()),
                new Facts.Captured(redemption, POINTS, 200, 100, worth),
                new Facts.Captured(redemption, POINTS, 0, 300, Money.zero(EUR)),
                new Facts.Captured(redemption, CASHBACK, 1, 0, worth),
                new Facts.Voided(redemption, POINTS, 300, worth),
                new Facts.Voided(redemption, CASHBACK, 300, worth),
                new Facts.Settled(),
                new Facts.CodeIssued(new ReferralCode("K7Q2M9XA")),
                new Facts.RefereeAttached(ANNA.member()),
                new Facts.ReferrerRewarded(ANNA.member(), order, POINTS, 0, TERM),
                new Facts.ReferrerRewarded(ANNA.member(), order, CASHBACK, 5, TERM),
                new Facts.RewardTakenBack(ANNA.member(), order, POINTS, 500, 300, 200),
                new Facts.RewardTakenBack(ANNA.member(), order, CASHBACK, 500, 300, 200));
    }

    private static SortedMap<WalletId, Long> units(WalletId wallet, long units) {
        return new TreeMap<>(Map.of(wallet, units));
    }

    private static OrderBasis small() {
        OrderBasis.Line line = new OrderBasis.Line(new LineId("1"), 1000, 0, Optional.empty(), false, false);
        return new OrderBasis(EUR, List.of(line), 0, 0, 0, 0, 0, List.of());
    }

    private static OrderBasis large() {
        List<OrderBasis.Line> lines = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            lines.add(new OrderBasis.Line(
                    // The shop's ids, among them positions and what only looks like one.
                    new LineId(i % 3 == 0 ? "line:" + i : i % 3 == 1 ? String.valueOf(i + 1) : "0" + i),
                    i % 4 == 0 ? Quantity.MAX : i * 250L + 1,
                    i % 5 == 0 ? Money.MAX_MINOR : i,
                    i % 7 == 0 ? Optional.empty() : Optional.of(new Category("category " + i % 40 + " é")),
                    i % 2 == 0,
                    i % 11 == 0));
        }
        return new OrderBasis(
                EUR, lines, 490, 100, 200, 12345, 300, List.of(new RedemptionId("H-1"), new RedemptionId("H-2")));
    }

    private static Earning nothing() {
        return new Earning(
                Points.NONE,
                List.of(),
                0,
                EarningRules.Rounding.DOWN_ON_ORDER,
                Points.NONE,
                List.of(new Earning.Excluded(Earning.Excluded.What.BELOW_MINIMUM, 0)));
    }

    private static Earning earning() {
        List<Earning.Excluded> excluded = new ArrayList<>();
        for (Earning.Excluded.What what : Earning.Excluded.What.values()) {
            excluded.add(new Earning.Excluded(what, 10L));
        }
        return new Earning(
                Points.of(5000),
                List.of(
                        new Earning.Part(Optional.empty(), 12345, new Rate(1, 100)),
                        new Earning.Part(Optional.of(new Category("premium / new 2")), 1, Rate.NOTHING),
                        new Earning.Part(Optional.of(new Category("x")), Money.MAX_MINOR, new Rate(7, 3))),
                12346,
                EarningRules.Rounding.DOWN_ON_LINE,
                Points.of(Points.MAX),
                excluded);
    }

    @Test
    void signals_are_kept() {
        List<ReferralSignal> signals = List.of(
                new ReferralSignal.Qualified(BORIS.member(), new OrderId("A-1"), POINTS, TERM, 500),
                new ReferralSignal.Qualified(BORIS.member(), new OrderId("A-1"), CASHBACK, TERM, 500),
                new ReferralSignal.Disqualified(BORIS.member(), new OrderId("A-1")));
        for (ReferralSignal signal : signals) {
            Account on = account(ANNA);
            Decision.Post post = post(on, "op#" + on.sequence(), moves(on), new Facts.Settled(), Optional.of(signal));
            assertThat(ledger.write(post)).isEqualTo(Written.DONE);
            assertStored(post);
        }
    }

    @Test
    void movements_of_every_kind_are_kept() {
        Account on = account(ANNA);
        Moves moves = moves(on);
        for (WalletId wallet : List.of(POINTS, CASHBACK)) {
            moveInAllWays(moves, moves.in(wallet));
        }
        Decision.Post post = post(on, "op#1", moves, new Facts.Settled(), Optional.empty());

        for (WalletId wallet : List.of(POINTS, CASHBACK)) {
            assertThat(post.posting().movements().stream()
                            .filter(movement -> movement.wallet().equals(wallet))
                            .map(Movement::kind)
                            .distinct())
                    .containsExactlyInAnyOrder(Movement.Kind.values());
        }
        assertThat(ledger.write(post)).isEqualTo(Written.DONE);
        assertStored(post);
        assertThat(ledger.history(ANNA, 2, 1)).allMatch(Posting::isIntact);
    }

    private static void moveInAllWays(Moves moves, Mover mover) {
        Term past = term("2020-01-01", "2020-12-31");
        Term never = new Term(LocalDate.parse("2026-03-01"), ExpiryRule.NEVER);
        Term later = term("2026-04-01", "2026-04-30");
        mover.accrue(1000, past, Reason.ORDER_PAID);
        mover.accrue(500, never, Reason.REFERRER_REWARD);
        mover.accrueAwaiting(70, Reason.ORDER_PAID);
        mover.schedule(50, later, Reason.ORDER_DELIVERED);
        moves.settle();
        Hold spent = mover.hold(new RedemptionId("H-1"), 200, NOON.plusSeconds(1));
        mover.capture(spent, 150);
        mover.voidHold(mover.hold(new RedemptionId("H-2"), 10, NOON.plusSeconds(1)));
        mover.restore(5, later, Reason.REFUND);
        mover.reverse(10, Optional.of(later), Reason.ORDER_CANCELLED);
        for (int day = 0; day <= Wallet.MAX_LOTS; day++) {
            LocalDate last = LocalDate.parse("2030-01-01").plusDays(day);
            mover.restore(1, new Term(LocalDate.parse("2026-03-01"), last), Reason.REFUND);
        }
        moves.settle();
        long missing = mover.reverse(10_000, Optional.of(never), Reason.REFERRAL_TAKEN_BACK);
        mover.incurDebt(missing - 1, Reason.REFUND);
        mover.writeOff(1, Reason.WRITTEN_OFF);
        mover.restore(3, never, Reason.REFUND);
        moves.settle();
    }

    private static Standing standing() {
        LocalDate day = LocalDate.parse("2026-02-28");
        return new Standing(
                12,
                345_67,
                History.EMPTY.plus(day, 100_00, 1, 7).plus(day.plusDays(1), 245_67, 11, Points.MAX),
                Optional.of(new TierState(
                        new TierId("gold"),
                        NOON.minusNanos(1),
                        new TierState.ByPeriod(
                                day, new TierId("silver"), new TierId("bronze"), Optional.of(day.plusDays(30))))),
                Map.of(Inactivity.Sign.ORDER, day, Inactivity.Sign.ACTIVITY, day.plusDays(2)),
                new TreeMap<>(Map.of(
                        new ActivityKind("review"),
                        ActivityLog.NEVER.on(day).on(day).on(day.plusDays(3)),
                        ActivityRules.JOIN,
                        ActivityLog.NEVER.on(day.minusYears(3)))),
                new Profile(
                        Optional.of(MonthDay.of(2, 29)),
                        Set.of(new Segment("vip"), new Segment("a label: of - all = sorts")),
                        Optional.of(new Region("north"))));
    }

    private static Circumstances circumstances() {
        return new Circumstances(
                Optional.of(new ShopId("tea")),
                Optional.of(new Channel("app")),
                Optional.of(new Region("north")),
                Set.of(new PaymentMethod("card"), new PaymentMethod("points")),
                Set.of(new Coupon("SPRING 20"), new Coupon("=")),
                Optional.of(new TierId("gold")),
                Map.of(Period.EVER, 12L, Period.MONTH, 2L),
                345_67,
                Set.of(new Segment("vip")),
                Optional.of(LocalDate.parse("2024-02-29")),
                Set.of(new BirthdayWindow(3, 3), new BirthdayWindow(0, 60)));
    }

    private static Rewards rewards() {
        RuleId base = new RuleId("base");
        RuleId twice = new RuleId("twice-on_weekends");
        return new Rewards(
                new TreeMap<>(Map.of(
                        POINTS,
                        new Rewards.Reward(
                                5,
                                7,
                                List.of(
                                        new Rewards.OnValue(base, 500, new Rate(1, 100), 10_000, List.of()),
                                        new Rewards.OnValue(base, 99, new Rate(1, 100), 20_000, List.of(twice, base)),
                                        new Rewards.Once(twice, 2))),
                        CASHBACK,
                        new Rewards.Reward(0, 0, List.of()))),
                List.of(
                        new Rewards.Granted(base, new Benefit(Benefit.Kind.FREE_DELIVERY, Optional.empty())),
                        new Rewards.Granted(
                                twice, new Benefit(Benefit.Kind.LABEL, Optional.of("a cup of tea, with sugar")))),
                500,
                List.of(new Earning.Excluded(Earning.Excluded.What.TAX, 12)));
    }

    private static OrderBasis forRules() {
        OrderBasis.Line line = new OrderBasis.Line(
                new LineId("1"),
                1000,
                700,
                Optional.of(new Category("tea")),
                false,
                false,
                Optional.of(new Brand("Leaf & Co: fine")),
                Optional.of(new Sku("TEA-1")),
                200);
        return new OrderBasis(
                EUR,
                List.of(line, new OrderBasis.Line(new LineId("b"), 500, 1, Optional.empty(), false, false)),
                0,
                0,
                0,
                501,
                0,
                List.of(),
                List.of(new GivenDiscount(new RuleId("card"), 200)));
    }

    @Test
    void a_posting_with_changes_of_the_level_is_kept_whole() {
        Decision.Post plain = post(Account.before(ANNA, NOON), "op#1");
        Posting posting = plain.posting();
        List<TierChange> changes = List.of(
                new TierChange(new TierId("bronze"), new TierId("gold"), NOON, TierChange.Reason.REACHED),
                new TierChange(
                        new TierId("gold"), new TierId("silver"), NOON.plusNanos(1), TierChange.Reason.PERIOD_OVER));
        Posting climbed = Posting.next(
                Account.before(ANNA, NOON),
                posting.operation(),
                posting.fingerprint(),
                posting.at(),
                posting.programVersion(),
                List.of(),
                posting.facts(),
                Optional.empty(),
                changes,
                ByWallet.none());

        assertThat(ledger.write(new Decision.Post(
                        plain.account(), climbed, Optional.empty(), Optional.empty(), Optional.empty())))
                .isEqualTo(Written.DONE);

        assertThat(ledger.read(Set.of(climbed.storedAs())).posting(PROGRAM, climbed.operation()))
                .contains(climbed);
        assertThat(climbed.isIntact()).isTrue();
        assertThat(climbed.hash()).isNotEqualTo(posting.hash());
    }

    @Test
    void an_account_with_everything_is_kept_whole() {
        Lots pending = Lots.of(List.of(new Lot(TERM, 27), new Lot(term("2026-03-16", "2027-03-16"), Points.MAX)));
        Lots available = Lots.of(List.of(
                new Lot(new Term(LocalDate.parse("0001-01-01"), ExpiryRule.NEVER), 1),
                new Lot(term("2026-01-01", "2026-12-31"), 2)));
        Lots lapsed = Lots.of(List.of(new Lot(term("2020-01-01", "2020-12-31"), 9)));
        List<Hold> holds = List.of(
                new Hold(new RedemptionId("H-2"), NOON.plusNanos(1), available.list()),
                new Hold(new RedemptionId("H-1"), NOON, List.of(new Lot(TERM, 5))));
        Account full = new Account(
                ANNA,
                41,
                NOON,
                Account.Status.CLOSED,
                NOON.minusNanos(1),
                Optional.of(NOON),
                Optional.of(new ReferralCode("K7Q2M9XA")),
                Optional.of(new Account.Referral(BORIS.member(), Optional.of(new OrderId("A-1")), 300, true)),
                true,
                List.of(Integer.MIN_VALUE, -1, 0, 0, Integer.MAX_VALUE),
                new TreeMap<>(Map.of(
                        POINTS,
                        new Wallet(70, pending, available, holds, 0, lapsed),
                        CASHBACK,
                        new Wallet(7, available, pending, holds, 0, lapsed),
                        new WalletId("stars"),
                        new Wallet(0, Lots.NONE, Lots.NONE, List.of(), 1, Lots.NONE))),
                standing(),
                Optional.of(new OperationId("op#41")),
                new Digest().hash());
        Account owing = new Account(
                BORIS,
                1,
                NOON,
                Account.Status.ACTIVE,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Account.Referral(ANNA.member(), Optional.empty(), 0, false)),
                false,
                List.of(),
                new TreeMap<>(Map.of(POINTS, new Wallet(0, Lots.NONE, Lots.NONE, List.of(), 12, Lots.NONE))),
                Standing.NEW.at(new TierState(
                        new TierId("gold"), NOON, new TierState.ByDay(Optional.of(TERM.availableFrom())))),
                Optional.empty(),
                Hash.START);
        Account saving = new Account(
                new MemberKey(PROGRAM, new MemberId("clara")),
                1,
                NOON,
                Account.Status.ACTIVE,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                new TreeMap<>(Map.of(CASHBACK, new Wallet(0, Lots.NONE, available, List.of(), 0, Lots.NONE))),
                Standing.NEW.with(new Profile(Optional.empty(), Set.of(), Optional.of(new Region("south")))),
                Optional.empty(),
                Hash.START);
        for (Account account : List.of(full, owing, saving)) {
            // Any posting that is an account's first: here the account beside it is what counts.
            Posting first = post(
                            Account.before(account.key(), NOON),
                            "op#" + account.key().member())
                    .posting();
            assertThat(ledger.write(
                            new Decision.Post(account, first, Optional.empty(), Optional.empty(), Optional.empty())))
                    .isEqualTo(Written.DONE);
            assertThat(stored(account.key())).contains(account);
        }
    }

    @Test
    void an_account_of_two_wallets_goes_on_from_what_is_stored() {
        Account on = account(ANNA);
        Moves moves = moves(on);
        moves.in(POINTS).accrue(10, TERM, Reason.ORDER_PAID);
        moves.in(CASHBACK).accrue(250, TERM, Reason.ORDER_PAID);
        Decision.Post first = post(on, "op#1", moves, new Facts.Settled(), Optional.empty());
        assertThat(ledger.write(first)).isEqualTo(Written.DONE);
        assertStored(first);
        assertThat(first.posting().balances().keySet()).containsExactly(CASHBACK, POINTS);

        Account then = stored(ANNA).orElseThrow();
        Moves more = moves(then);
        more.in(CASHBACK).reverse(250, Optional.of(TERM), Reason.REFUND);
        Decision.Post second = post(then, "op#2", more, new Facts.Settled(), Optional.empty());
        assertThat(ledger.write(second)).isEqualTo(Written.DONE);
        assertStored(second);
        assertThat(stored(ANNA).orElseThrow().wallets().keySet()).containsExactly(POINTS);
        assertThat(ledger.history(ANNA, 3, 2)).allMatch(Posting::isIntact);
    }

    @Test
    void an_orders_state_with_everything_is_kept_whole() {
        OrderState state = new OrderState(
                ANNA,
                new OrderId("A-17"),
                List.of(new OperationId("order#A-17#cancelled"), new OperationId("refund#A-17#R-3")),
                new Returned(new TreeMap<>(Map.of(0, 1L, 700, 2000L)), 490, 1000),
                2500,
                true,
                Optional.of(NOON.plusNanos(1)),
                new TreeMap<>(Map.of(POINTS, new OrderState.InWallet(Optional.of(TERM), 12, 34, 56))));
        Decision.Post post = post(account(ANNA), "op#1").with(state);
        assertThat(ledger.write(post)).isEqualTo(Written.DONE);
        assertStored(post);

        OrderState inTwo = new OrderState(
                BORIS,
                new OrderId("B-1"),
                List.of(),
                Returned.NOTHING,
                0,
                false,
                Optional.empty(),
                new TreeMap<>(Map.of(
                        POINTS, new OrderState.InWallet(Optional.of(TERM), 12, 34, 56),
                        CASHBACK, new OrderState.InWallet(Optional.empty(), 1, 2, 3))));
        Decision.Post ofBoris = post(account(BORIS), "op#b").with(inTwo);
        assertThat(ledger.write(ofBoris)).isEqualTo(Written.DONE);
        assertStored(ofBoris);

        Decision.Post bare = post(post.account(), "op#2").with(OrderState.unpaid(ANNA, new OrderId("A-17"), List.of()));
        assertThat(ledger.write(bare)).isEqualTo(Written.DONE);
        assertStored(bare);
    }
}
