package kopilka.dynamodb;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Account;
import kopilka.ledger.Account.Referral;
import kopilka.ledger.Account.Status;
import kopilka.ledger.Hold;
import kopilka.ledger.Ledger;
import kopilka.ledger.Lots;
import kopilka.ledger.MemberId;
import kopilka.ledger.OperationId;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Wallet;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.WalletId;
import kopilka.standing.Standing;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An account as an item. */
final class AccountItem {
    static final String SEQUENCE = "seq";
    static final String DUE_SHARD = "dueShard";
    static final String DUE_AT = "dueAt";

    private static final Set<String> ATTRIBUTES = Set.of(
            SEQUENCE,
            DUE_SHARD,
            DUE_AT,
            "asOf",
            "joined",
            "closed",
            "left",
            "code",
            "ordered",
            "awaiting",
            "debt",
            "holds",
            "head",
            "hash",
            "pending",
            "available",
            "lapsed",
            "referral",
            "early",
            "wallets",
            "standing");

    private AccountItem() {}

    /** An account, in the index of what is due while time has something to do in it. */
    static Map<String, AttributeValue> of(Account account, Optional<Instant> due) {
        Wallet points = account.wallet(WalletId.POINTS);
        boolean pointsAlone = account.wallets().keySet().stream().allMatch(WalletId.POINTS::equals);
        boolean isNew = account.standing().equals(Standing.NEW);
        Item item = Item.at(ItemKeys.of(account.storedAs()), pointsAlone && isNew ? Item.FIRST : Item.WALLETS)
                .number(SEQUENCE, account.sequence())
                .instant("asOf", account.asOf())
                .instant("joined", account.enrolledAt())
                .flag("closed", account.isClosed())
                .instant("left", account.closedAt())
                .text("code", account.code().map(ReferralCode::value))
                .flag("ordered", account.hasOrders())
                .text("head", account.head().map(OperationId::value))
                .bytes("hash", PostingItem.bytes(account.headHash()));
        wallet(item, points);
        item.others("wallets", account.wallets(), other -> wallet(Item.empty(), other));
        account.referral().ifPresent(referral -> item.map("referral", referral(referral)));
        if (!isNew) {
            item.map("standing", StandingItem.of(account.standing()));
        }
        if (!account.early().isEmpty()) {
            item.bytes("early", marks(account.early()));
        }
        due.ifPresent(moment ->
                item.text(DUE_SHARD, shard(Ledger.shardOf(account.key()))).put(DUE_AT, dueAt(moment)));
        return item.attributes();
    }

    static Account read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, Item.WALLETS, ATTRIBUTES);
        return new Account(
                ItemKeys.memberOf(item.text(ItemKeys.PARTITION)),
                item.number(SEQUENCE),
                item.instant("asOf"),
                item.flag("closed") ? Status.CLOSED : Status.ACTIVE,
                item.instant("joined"),
                item.optionalInstant("left"),
                item.optionalText("code").map(ReferralCode::new),
                item.optionalMap("referral").map(AccountItem::referral),
                item.flag("ordered"),
                item.optionalBytes("early").map(AccountItem::marks).orElseGet(List::of),
                item.wallets("wallets", wallet(item), AccountItem::wallet),
                item.optionalMap("standing").map(StandingItem::read).orElse(Standing.NEW),
                item.optionalText("head").map(OperationId::new),
                PostingItem.hash(item.bytes("hash")));
    }

    /** The partition of a shard of the index of what is due. */
    static String shard(int shard) {
        return "s" + shard;
    }

    /** A moment in the index of what is due. */
    static AttributeValue dueAt(Instant moment) {
        return AttributeValue.fromN(Compact.seconds(moment));
    }

    private static Item wallet(Item item, Wallet wallet) {
        item.number("awaiting", wallet.awaiting())
                .number("debt", wallet.debt())
                .maps("holds", wallet.holds().stream().map(AccountItem::hold).toList());
        lots(item, "pending", wallet.pending());
        lots(item, "available", wallet.available());
        lots(item, "lapsed", wallet.lapsed());
        return item;
    }

    private static Wallet wallet(Item item) {
        return new Wallet(
                item.number("awaiting"),
                lots(item, "pending"),
                lots(item, "available"),
                item.maps("holds").stream().map(AccountItem::hold).toList(),
                item.number("debt"),
                lots(item, "lapsed"));
    }

    private static void lots(Item item, String name, Lots lots) {
        if (!lots.isEmpty()) {
            item.text(name, Compact.lots(lots.list()));
        }
    }

    private static Lots lots(Item item, String name) {
        return item.optionalText(name).map(Compact::lots).map(Lots::of).orElse(Lots.NONE);
    }

    private static Item hold(Hold hold) {
        return Item.empty()
                .text("id", hold.redemption().value())
                .instant("until", hold.until())
                .text("lots", Compact.lots(hold.lots()));
    }

    private static Hold hold(Item item) {
        return new Hold(new RedemptionId(item.text("id")), item.instant("until"), Compact.lots(item.text("lots")));
    }

    private static Item referral(Referral referral) {
        return Item.empty()
                .text("by", referral.referrer().value())
                .text("order", referral.order().map(OrderId::value))
                .number("points", referral.rewarded())
                .flag("ended", referral.ended());
    }

    private static Referral referral(Item item) {
        return new Referral(
                new MemberId(item.text("by")),
                item.optionalText("order").map(OrderId::new),
                item.number("points"),
                item.flag("ended"));
    }

    private static byte[] marks(List<Integer> early) {
        ByteBuffer marks = ByteBuffer.allocate(early.size() * Integer.BYTES);
        early.forEach(marks::putInt);
        return marks.array();
    }

    private static List<Integer> marks(byte[] bytes) {
        List<Integer> early = new ArrayList<>();
        ByteBuffer marks = ByteBuffer.wrap(bytes);
        while (marks.remaining() >= Integer.BYTES) {
            early.add(marks.getInt());
        }
        return early;
    }
}
