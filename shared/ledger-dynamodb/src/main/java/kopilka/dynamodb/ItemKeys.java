package kopilka.dynamodb;

import java.util.Map;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.StoredKey;
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

    private ItemKeys() {}

    static Map<String, AttributeValue> of(StoredKey.AccountKey key) {
        return pair(partition(key.member()), ACCOUNT);
    }

    static Map<String, AttributeValue> of(StoredKey.OrderKey key) {
        return pair(partition(key.member()), "order#" + key.order());
    }

    static Map<String, AttributeValue> of(StoredKey.UseKey key) {
        return pair(partition(key.member()), "redemption#" + key.redemption());
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
