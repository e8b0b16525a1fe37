package kopilka.dynamodb;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import kopilka.ledger.Balance;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralSignal;
import kopilka.order.OrderId;
import kopilka.program.WalletId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A posting as an item. */
final class PostingItem {
    /** The member, by which the index of histories is partitioned. */
    static final String MEMBER = "member";

    /** The number, by which it is sorted. */
    static final String SEQUENCE = "seq";

    private PostingItem() {}

    static Map<String, AttributeValue> of(Posting posting) {
        boolean pointsAlone = posting.wallets().stream().allMatch(WalletId.POINTS::equals)
                && posting.tierChanges().isEmpty()
                && FactsItem.isOfFirstFormat(posting.facts());
        Item item = Item.at(ItemKeys.of(posting.storedAs()), pointsAlone ? Item.FIRST : Item.WALLETS)
                .text(MEMBER, ItemKeys.member(posting.member()))
                .number(SEQUENCE, posting.sequence())
                .bytes("print", bytes(posting.fingerprint()))
                .instant("at", posting.at())
                .number("version", posting.programVersion())
                .texts(
                        "moves",
                        posting.movements().stream()
                                .map(movement -> Compact.movement(movement, posting.at()))
                                .toList())
                .map("facts", FactsItem.of(posting.facts()))
                .texts(
                        "tiers",
                        posting.tierChanges().stream().map(Compact::tierChange).toList())
                .map("balance", balance(posting.balance(WalletId.POINTS)))
                .others("wallets", posting.balances(), PostingItem::balance)
                .text("prev", posting.previous().map(OperationId::value))
                .bytes("prevHash", bytes(posting.previousHash()))
                .bytes("hash", bytes(posting.hash()));
        posting.signal().ifPresent(signal -> item.map("signal", signal(signal)));
        return item.attributes();
    }

    static Posting read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, Item.WALLETS);
        Instant at = item.instant("at");
        return new Posting(
                ItemKeys.member(item.text(MEMBER)),
                item.number(SEQUENCE),
                ItemKeys.operationOf(item.text(ItemKeys.PARTITION)),
                hash(item.bytes("print")),
                at,
                Math.toIntExact(item.number("version")),
                item.texts("moves").stream()
                        .map(text -> Compact.movement(text, at))
                        .toList(),
                FactsItem.read(item.map("facts")),
                item.optionalMap("signal").map(PostingItem::signal),
                item.texts("tiers").stream().map(Compact::tierChange).toList(),
                item.wallets("wallets", balance(item.map("balance")), PostingItem::balance),
                item.optionalText("prev").map(OperationId::new),
                hash(item.bytes("prevHash")),
                hash(item.bytes("hash")));
    }

    /** The number by which a posting is sorted, whatever else of it can be read. */
    static long numberOf(Map<String, AttributeValue> attributes) {
        return Item.of(attributes).number(SEQUENCE);
    }

    static byte[] bytes(Hash hash) {
        return HexFormat.of().parseHex(hash.hex());
    }

    static Hash hash(byte[] bytes) {
        return new Hash(HexFormat.of().formatHex(bytes));
    }

    private static Item balance(Balance balance) {
        return Item.empty()
                .number("available", balance.available())
                .number("pending", balance.pending())
                .number("held", balance.held())
                .number("debt", balance.debt());
    }

    private static Balance balance(Item item) {
        return new Balance(item.number("available"), item.number("pending"), item.number("held"), item.number("debt"));
    }

    private static Item signal(ReferralSignal signal) {
        Item item = Item.empty()
                .text("referrer", signal.referrer().value())
                .text("order", signal.order().value());
        return switch (signal) {
            case ReferralSignal.Qualified qualified ->
                item.text("is", "qualified")
                        .wallet("wallet", qualified.wallet())
                        .text("term", Compact.term(qualified.term()))
                        .number("points", qualified.points());
            case ReferralSignal.Disqualified disqualified -> item.text("is", "disqualified");
        };
    }

    private static ReferralSignal signal(Item item) {
        MemberId referrer = new MemberId(item.text("referrer"));
        OrderId order = new OrderId(item.text("order"));
        return switch (item.text("is")) {
            case "qualified" ->
                new ReferralSignal.Qualified(
                        referrer, order, item.wallet("wallet"), Compact.term(item.text("term")), item.number("points"));
            case "disqualified" -> new ReferralSignal.Disqualified(referrer, order);
            default -> throw new IllegalStateException("an unknown signal");
        };
    }
}
