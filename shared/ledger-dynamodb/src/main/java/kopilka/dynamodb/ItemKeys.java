package kopilka.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.StoredKey;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys of the tables. Every one starts with the program (behind a letter for what it is), and ids have no
 * {@code #}, so that no program's key is another's.
 */
final class ItemKeys {
    static final String PARTITION = "pk";
    static final String SORT = "sk";

    /** The sort key of an account's item. */
    static final String ACCOUNT = "account";

    private static final String MEMBER_PREFIX = "m#";
    private static final String ORDER_PREFIX = "order#";
    private static final String USE_PREFIX = "redemption#";

    private ItemKeys() {}

    static Map<String, AttributeValue> of(StoredKey.AccountKey key) {
        return pair(partition(key.member()), ACCOUNT);
    }

    static Map<String, AttributeValue> of(StoredKey.OrderKey key) {
        return pair(partition(key.member()), ORDER_PREFIX + key.order());
    }

    static Map<String, AttributeValue> of(StoredKey.UseKey key) {
        return pair(partition(key.member()), USE_PREFIX + key.redemption());
    }

    static Map<String, AttributeValue> of(StoredKey.CodeKey key) {
        return pair("c#" + key.program() + "#" + key.code(), "code");
    }

    static Map<String, AttributeValue> of(StoredKey.PostingKey key) {
        return Map.of(PARTITION, Item.asText(key.program() + "#" + key.operation()));
    }

    private static Map<String, AttributeValue> pair(String partition, String sort) {
        return Map.of(PARTITION, Item.asText(partition), SORT, Item.asText(sort));
    }

    /** Whether how an order stands has that sort key. */
    static boolean isOrder(String sort) {
        return sort.startsWith(ORDER_PREFIX);
    }

    /** Whether what a redemption paid for has that sort key. */
    static boolean isUse(String sort) {
        return sort.startsWith(USE_PREFIX);
    }

    /** Which order that sort key names. */
    static OrderId orderOf(String sort) {
        return new OrderId(sort.substring(ORDER_PREFIX.length()));
    }

    /** Which redemption that sort key names. */
    static RedemptionId useOf(String sort) {
        return new RedemptionId(sort.substring(USE_PREFIX.length()));
    }

    /** An item's own key. */
    static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        key.keySet().retainAll(Set.of(PARTITION, SORT));
        return key;
    }

    /** The partition of a member's account and orders. */
    static String partition(MemberKey member) {
        return MEMBER_PREFIX + member(member);
    }

    /** What every partition of a program's members starts with. */
    static String partitions(ProgramId program) {
        return MEMBER_PREFIX + program + "#";
    }

    /** Whose partition that is. */
    static MemberKey memberOf(String partition) {
        return member(partition.substring(MEMBER_PREFIX.length()));
    }

    /** A member, as the index of postings names it. */
    static String member(MemberKey member) {
        return member.program() + "#" + member.member();
    }

    static MemberKey member(String text) {
        int end = text.indexOf('#');
        return new MemberKey(new ProgramId(text.substring(0, end)), new MemberId(text.substring(end + 1)));
    }

    /** The operation that a posting's partition names. */
    static OperationId operationOf(String partition) {
        return new OperationId(partition.substring(partition.indexOf('#') + 1));
    }
}
