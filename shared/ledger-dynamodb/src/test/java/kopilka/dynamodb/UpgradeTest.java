package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.PROGRAM;
import static kopilka.ledger.ShopFixture.SHOP;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kopilka.activities.RecordActivity;
import kopilka.ledger.Account;
import kopilka.ledger.ActivityId;
import kopilka.ledger.Audit;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.Movement;
import kopilka.ledger.Operation;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller.Answer;
import kopilka.members.ChangeProfile;
import kopilka.members.CloseAccount;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.OrderLine;
import kopilka.order.RedemptionId;
import kopilka.program.ActivityKind;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.RefundRules;
import kopilka.program.Region;
import kopilka.redemption.VoidHold;
import kopilka.standing.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One release after another works on the same tables, and for minutes two of them at once. Rows that each release wrote are kept
 * in {@code src/test/resources/releases}, or where {@code -Dkopilka.releases} says; {@code -Dkopilka.keep.rows=1.2.0} with this
 * test keeps those of another.
 */
class UpgradeTest {
    private static final List<String> MEMBERS = List.of("olga", "anna", "boris", "clara", "dora");

    static List<String> releases() {
        return Rows.releases();
    }

    /** Since when the program is earned by rules. */
    private static final String BY_RULES = "2026-07-01T10:00:00Z";

    private static Rules rules() {
        return Rules.usual()
                .earningOn("premium", 3, 100)
                .expiring(new ExpiryRule.AfterDays(40, false))
                .rewarding(500, 300, 10_00);
    }

    /** Those who are there: not every release knew how to write of all of them. */
    private static List<String> members(ShopFixture shop) {
        List<String> all = new ArrayList<>(MEMBERS);
        StoredKey.AccountKey wanda = new StoredKey.AccountKey(member("wanda"));
        if (shop.ledger().read(Set.of(wanda)).account(member("wanda")).isPresent()) {
            all.add("wanda");
        }
        return all;
    }

    private static Rules laterRules() {
        return rules().pending(PendingRule.From.DELIVERED, 3).shortfall(new RefundRules.Shortfall.WriteOff(1_000));
    }

    private static ShopFixture shop(Schema schema) {
        return aShop(schema.ledger(Embedded.client()), rules());
    }

    /** Something of everything, on days that never change: what it writes is the same each time. */
    private static void story(Schema schema) {
        ShopFixture shop = shop(schema).at("2026-03-01T09:00:00Z");
        MEMBERS.forEach(shop::enrol);
        shop.recommends("olga", "anna");
        shop.pays("anna", "A-1", order(line("1", 2, 40_00), line("mug", 3, 30_00, "premium")));
        shop.deliverSignals("anna");
        OrderLine[] many = IntStream.rangeClosed(1, 80)
                .mapToObj(i -> line(String.valueOf(i), i, i * 111L, i % 3 == 0 ? "premium" : ""))
                .toArray(OrderLine[]::new);
        shop.pays("boris", "B-1", order(many));

        shop.later(Duration.ofDays(15));
        shop.sweep("anna");
        shop.holds("anna", "H-1", 60);
        shop.captures("anna", "H-1", 40);
        shop.holds("anna", "H-2", 20);
        shop.voids("anna", "H-2");
        shop.pays("anna", "A-2", paidWith(order(line("1", 4, 80_00)), "H-1", 40));
        shop.done(shop.refundOf("anna", "A-2", "R-1", "1", 3));
        shop.holds("anna", "H-3", 10);
        shop.later(Duration.ofHours(1));
        shop.sweep("anna");

        long all = shop.balance("boris").available();
        shop.spends("boris", "H-4", all);
        shop.done(shop.refundOf("boris", "B-1", "R-1", "80", 80));
        shop.pays("boris", "B-2", orderOf(500_00));

        shop.carryOut(shop.refundOf("boris", "B-3", "R-1", "1", 1));
        shop.carryOut(shop.refundOf("boris", "B-3", "R-2", 9_999_99));
        shop.carryOut(shop.event("boris", "B-3", OrderEventKind.DELIVERED));
        shop.pays("boris", "B-3", order(line("1", 2, 20_00)));
        shop.carryOut(shop.refundOf("boris", "B-4", "R-1", "1", 1));
        shop.done(shop.event("boris", "B-5", OrderEventKind.PLACED, orderOf(1_00)));
        shop.later(Duration.ofDays(14));
        shop.sweep("boris");

        shop.changeRules(laterRules());
        shop.pays("clara", "C-1", orderOf(100_00));
        shop.pays("clara", "C-2", orderOf(30_00));
        shop.done(shop.event("clara", "C-1", OrderEventKind.DELIVERED));
        shop.later(Duration.ofDays(4));
        shop.spends("clara", "H-5", 50);
        shop.done(shop.event("clara", "C-1", OrderEventKind.CANCELLED));

        shop.done(shop.refundOf("anna", "A-1", "R-1", "1", 2));
        shop.done(shop.refundOf("anna", "A-1", "R-2", "mug", 3));
        shop.deliverSignals("anna");
        shop.later(Duration.ofDays(60));
        shop.sweep("boris");
        shop.sweep("anna");
        shop.done(shop.event("boris", "B-2", OrderEventKind.CANCELLED));
        shop.done(new CloseAccount(member("dora"), Optional.of("moved away")));
        shop.pays("olga", "O-1", orderOf(20_00));
        shop.done(shop.event("olga", "O-1", OrderEventKind.DELIVERED));
        shop.later(Duration.ofDays(4));
        shop.holds("olga", "H-6", 15);
        byRules(shop);
    }

    /** Of a member who joined when the program was earned by rules: levels, two wallets, an activity and a profile. */
    private static void byRules(ShopFixture shop) {
        shop.at(BY_RULES).changeRules(Rules.byRules());
        shop.later(Duration.ofMinutes(1)).enrol("wanda");
        shop.done(new ChangeProfile(
                member("wanda"),
                Hash.START,
                new Profile(Optional.of(MonthDay.of(5, 14)), Set.of(), Optional.of(new Region("north")))));
        shop.done(new RecordActivity(
                member("wanda"), new ActivityId("review-1"), new ActivityKind("review"), shop.now(), true));
        shop.pays("wanda", "W-1", order(line("1", 2, 600_00)));
        shop.pays("wanda", "W-2", order(line("1", 1, 40_00), line("2", 2, 60_00)));
        shop.done(shop.refundOf("wanda", "W-2", "R-1", "2", 1));
        shop.done(shop.refundOf("wanda", "W-1", "R-1", "1", 1));
        shop.later(Duration.ofDays(14));
        shop.done(shop.holding("wanda", "H-8", CASHBACK, 5_00, 100_00));
        shop.captures("wanda", "H-8", 4_00);
    }

    private static void programsAndKeys(Schema schema) {
        Instant at = Instant.parse("2026-03-01T09:00:00Z");
        DynamoDbPrograms programs = programs(schema);
        programs.put(PROGRAM, 0, "{\"name\":\"Demo\"}", at);
        programs.put(PROGRAM, 1, "{\"name\":\"Demo 2\"}", at.plusSeconds(60));
        DynamoDbKeys keys = new DynamoDbKeys(Embedded.client(), schema.keys());
        keys.issue(key("key000000001", at));
        keys.issue(key("key000000002", at));
        keys.revoke(PROGRAM, new KeyId("key000000001"), at.plusSeconds(5));
        new DynamoDbIdempotencyKeys(Embedded.client(), schema.accounts())
                .remember(PROGRAM, "0a1b", new DynamoDbIdempotencyKeys.Remembered("print", 201, Optional.of("{}")));
    }

    private static DynamoDbPrograms programs(Schema schema) {
        return new DynamoDbPrograms(
                Embedded.client(), schema.programs(), document -> rules().program(), System::nanoTime);
    }

    private static ApiKey key(String id, Instant at) {
        TreeSet<String> scopes = new TreeSet<>(Set.of("orders:write", "members:read"));
        return new ApiKey(new KeyId(id), PROGRAM, SHOP, scopes, ApiKey.hash("secret of " + id), at, Optional.empty());
    }

    private static Rows written() {
        Schema schema = Schema.in(Embedded.client());
        story(schema);
        programsAndKeys(schema);
        return Rows.in(schema);
    }

    private static Schema tablesOf(String release) {
        Schema schema = Schema.in(Embedded.client());
        Rows.of(release).into(schema);
        return schema;
    }

    /** The same shop, some minutes after the story: its program has both versions, each in force from when it was there. */
    private static ShopFixture goingOn(Schema schema) {
        ShopFixture shop = shop(schema).at("2026-03-30T10:00:05Z");
        shop.changeRules(laterRules());
        shop.at(BY_RULES).changeRules(Rules.byRules());
        return shop.at("2026-06-06T10:20:00Z");
    }

    @Test
    void what_is_written_today_is_what_the_newest_release_wrote() {
        Rows today = written();
        String keep = System.getProperty("kopilka.keep.rows", "");
        if (!keep.isEmpty()) {
            today.keepAs(keep);
        }

        assertThat(today.comparable())
                .as(
                        "rows have changed: raise the format of such items, go on reading the old one, and keep these rows too")
                .isEqualTo(Rows.of(Rows.releases().getLast()).comparable());
    }

    @Test
    void the_rows_kept_of_the_newest_release_have_something_of_everything() {
        Schema schema = tablesOf(Rows.releases().getLast());
        Set<Class<?>> facts = new HashSet<>();
        Set<Movement.Kind> kinds = EnumSet.noneOf(Movement.Kind.class);
        for (Posting posting : postings(goingOn(schema))) {
            facts.add(posting.facts().getClass());
            posting.movements().forEach(movement -> kinds.add(movement.kind()));
        }

        assertThat(facts).contains(Facts.class.getPermittedSubclasses());
        // A merge takes an account of 400 lots; its movement is stored as any other.
        assertThat(kinds).isEqualTo(EnumSet.complementOf(EnumSet.of(Movement.Kind.MERGE)));
        assertThat(Rows.of(Rows.releases().getLast()).table("accounts").stream().flatMap(row -> row.keySet().stream()))
                .contains(
                        "referral", "early", "holds", "debt", "awaiting", "lapsed", "code", "dueAt", "waiting", "body");
    }

    /** Each release reads what the ones before stored, but it need not store the same in the same words. */
    @Test
    void an_order_that_is_stored_in_other_words_than_todays_is_refunded() {
        Schema schema = Schema.in(Embedded.client());
        ShopFixture shop =
                aShop(schema.ledger(Embedded.client()), Rules.usual()).enrol("anna");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.done(shop.refundOf("anna", "A-1", "R-1", 10_00));
        Map<String, AttributeValue> key = ItemKeys.of(new StoredKey.OrderKey(member("anna"), new OrderId("A-1")));
        Map<String, AttributeValue> wordy = new HashMap<>(Embedded.client()
                .getItem(get -> get.tableName(schema.accounts()).key(key))
                .item());
        assertThat(wordy.put("cancelled", AttributeValue.fromBool(false))).isNull();
        Embedded.client().putItem(put -> put.tableName(schema.accounts()).item(wordy));

        shop.done(shop.refundOf("anna", "A-1", "R-2", 10_00));
        shop.audit("anna");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void accounts_of_every_release_pass_the_audit(String release) {
        ShopFixture shop = goingOn(tablesOf(release));

        for (String member : members(shop)) {
            assertThat(Audit.of(shop.account(member), shop.postings(member))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void what_is_read_of_a_release_would_be_written_so_that_it_reads_the_same(String release) {
        ShopFixture shop = goingOn(tablesOf(release));

        for (Posting posting : postings(shop)) {
            assertThat(PostingItem.read(PostingItem.of(posting))).isEqualTo(posting);
        }
        for (String member : members(shop)) {
            Account account = shop.account(member);
            assertThat(AccountItem.read(AccountItem.of(account, Optional.empty())))
                    .isEqualTo(account);
        }
        for (Map<String, AttributeValue> row : Rows.of(release).table("accounts")) {
            if (Item.of(row).optionalText("sk").orElse("").startsWith("order#")) {
                OrderState order = OrderStateItem.read(row);
                assertThat(OrderStateItem.read(OrderStateItem.of(order))).isEqualTo(order);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_shop_goes_on_where_an_older_release_left_it(String release) {
        ShopFixture shop = goingOn(tablesOf(release));

        // Orders that the older release recorded are refunded, cancelled and delivered, each by the rules of its time.
        shop.captures("olga", "H-6", 10);
        shop.done(shop.refundOf("anna", "A-2", "R-2", "1", 1));
        shop.done(shop.event("clara", "C-2", OrderEventKind.DELIVERED));
        shop.pays("boris", "B-4", order(line("1", 1, 10_00)));
        shop.done(shop.refundOf("boris", "B-1", "R-2", "79", 79));
        shop.later(Duration.ofDays(4));
        members(shop).forEach(shop::sweep);
        shop.spends("clara", "H-7", 20);
        shop.done(new CloseAccount(member("clara"), Optional.empty()));

        members(shop).forEach(shop::audit);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void what_was_done_under_an_older_release_is_not_done_again(String release) {
        Schema schema = tablesOf(release);
        List<String> before = Rows.in(schema).comparable();

        ShopFixture shop = goingOn(schema).at("2026-03-16T09:00:05Z");
        Answer again = shop.carryOut(shop.refundOf("anna", "A-2", "R-1", "1", 3));
        Order other = orderOf(1);

        assertThat(again)
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isTrue());
        assertThat(shop.carryOut(shop.payment("anna", "A-1", other))).isInstanceOf(Answer.Conflict.class);
        assertThat(Rows.in(schema).comparable()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void programs_keys_and_answers_of_every_release_are_read(String release) {
        Schema schema = tablesOf(release);

        assertThat(programs(schema).head(PROGRAM).orElseThrow().version()).isEqualTo(2);
        assertThat(programs(schema).document(PROGRAM, 1).orElseThrow().text()).isEqualTo("{\"name\":\"Demo\"}");
        DynamoDbKeys keys = new DynamoDbKeys(Embedded.client(), schema.keys());
        assertThat(keys.list(PROGRAM)).extracting(key -> key.id().value()).containsExactly("key000000002");
        ApiKey revoked = keys.find(new KeyId("key000000001")).orElseThrow();
        assertThat(revoked.opensWith("secret of key000000001")).isFalse();
        assertThat(keys.find(new KeyId("key000000002")).orElseThrow().opensWith("secret of key000000002"))
                .isTrue();
        assertThat(new DynamoDbIdempotencyKeys(Embedded.client(), schema.accounts())
                        .find(PROGRAM, "0a1b")
                        .orElseThrow()
                        .status())
                .isEqualTo(201);
    }

    /** Told to look at the rows of a later release, the test of an older one says whether the two can work side by side. */
    @ParameterizedTest
    @MethodSource("releases")
    void rows_of_any_release_are_understood_or_left_alone(String release) {
        Schema schema = tablesOf(release);
        ShopFixture shop = goingOn(schema);
        List<Operation> operations = List.of(
                shop.refundOf("anna", "A-2", "R-2", "1", 1),
                shop.event("clara", "C-2", OrderEventKind.DELIVERED),
                shop.refundOf("boris", "B-1", "R-2", "79", 79),
                shop.payment("boris", "B-4", order(line("1", 1, 10_00))),
                new VoidHold(member("olga"), new RedemptionId("H-6")));

        for (Operation operation : operations) {
            List<String> before = Rows.in(schema).comparable();
            switch (shop.carryOut(operation)) {
                case Answer.Done done -> shop.audit(operation.member().member().value());
                case Answer.Unavailable unavailable ->
                    assertThat(Rows.in(schema).comparable()).isEqualTo(before);
                case Answer.Refused refused -> throw new AssertionError(refused);
                case Answer.Conflict conflict -> throw new AssertionError(conflict);
                case Answer.Nothing nothing -> throw new AssertionError(nothing);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "order#A-2"})
    void what_newer_code_wrote_is_left_alone_until_the_newer_code_is_everywhere(String sort) {
        Schema schema = tablesOf(Rows.releases().getLast());
        for (Map<String, AttributeValue> change :
                List.of(Map.of("f", AttributeValue.fromN("3")), Map.of("tier", AttributeValue.fromS("gold")))) {
            Map<String, AttributeValue> key =
                    Map.of("pk", AttributeValue.fromS("m#demo#anna"), "sk", AttributeValue.fromS(sort));
            Map<String, AttributeValue> old = Embedded.client()
                    .getItem(get -> get.tableName(schema.accounts()).key(key))
                    .item();
            Map<String, AttributeValue> newer = new HashMap<>(old);
            newer.putAll(change);
            Embedded.client().putItem(put -> put.tableName(schema.accounts()).item(newer));
            List<String> before = Rows.in(schema).comparable();
            ShopFixture shop = goingOn(schema);

            assertThat(shop.carryOut(shop.refundOf("anna", "A-2", "R-2", "1", 1)))
                    .isInstanceOf(Answer.Unavailable.class);
            assertThat(Rows.in(schema).comparable()).isEqualTo(before);

            Embedded.client().putItem(put -> put.tableName(schema.accounts()).item(old));
        }
        ShopFixture everywhere = goingOn(schema);
        everywhere.done(everywhere.refundOf("anna", "A-2", "R-2", "1", 1));
    }

    @Test
    void a_posting_of_newer_code_is_not_guessed_at() {
        Schema schema = tablesOf(Rows.releases().getLast());
        ShopFixture shop = goingOn(schema);
        Posting head = shop.postings("anna").getLast();
        Map<String, AttributeValue> newer = new HashMap<>(PostingItem.of(head));
        newer.put("f", AttributeValue.fromN("3"));
        newer.put("facts", AttributeValue.fromM(Map.of("is", AttributeValue.fromS("something new"))));
        Embedded.client().putItem(put -> put.tableName(schema.postings()).item(newer));

        assertThatThrownBy(() -> shop.ledger().read(Set.of(new StoredKey.PostingKey(PROGRAM, head.operation()))))
                .isInstanceOf(LedgerUnavailable.class);
        assertThatThrownBy(() -> shop.postings("anna")).isInstanceOf(LedgerUnavailable.class);
    }

    private static List<Posting> postings(ShopFixture shop) {
        List<Posting> all = new ArrayList<>();
        members(shop).forEach(member -> all.addAll(shop.postings(member)));
        return all;
    }
}
