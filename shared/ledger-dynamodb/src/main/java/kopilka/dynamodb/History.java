package kopilka.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kopilka.ledger.Account;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.StoredKey;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads histories. The index that has a member's postings in sequence follows the table a little later, each posting by
 * itself, so that some may be missing anywhere near the end. Numbers have no gaps, so what is missing shows; and each posting
 * names the one before, so what is missing is found: from the account's head, or from the next newer posting.
 */
final class History {
    private static final String INDEX = "history";

    /** How many postings may be missing: at a posting each 10 ms, an index that is ten seconds late. */
    private static final int MAX_WALK = 1000;

    private final DynamoDbLedger ledger;
    private final DynamoDbClient client;
    private final String postings;

    History(DynamoDbLedger ledger, DynamoDbClient client, String postings) {
        this.ledger = ledger;
        this.client = client;
        this.postings = postings;
    }

    List<Posting> page(MemberKey member, long before, int limit) {
        return new Page(member, before, limit).read();
    }

    /** One page, as it is put together. */
    private final class Page {
        private final MemberKey member;
        private final long before;
        private final int limit;
        private final NavigableMap<Long, Posting> indexed = new TreeMap<>();
        private int walked;

        Page(MemberKey member, long before, int limit) {
            this.member = member;
            this.before = before;
            this.limit = limit;
        }

        List<Posting> read() {
            if (before <= 1 || limit <= 0) {
                return List.of();
            }
            query();
            List<Posting> page = new ArrayList<>();
            Optional<Posting> next = newest();
            while (next.isPresent()) {
                page.add(next.get());
                // What is before the page's last one is not looked for: it may take a read of its own.
                next = page.size() < limit ? precursor(next.get()) : Optional.empty();
            }
            return page;
        }

        private void query() {
            Map<String, AttributeValue> last = Map.of();
            do {
                QueryResponse response = query("<", false, limit - indexed.size(), last);
                for (var item : response.items()) {
                    Posting posting = PostingItem.read(item);
                    indexed.put(posting.sequence(), posting);
                }
                last = response.lastEvaluatedKey();
            } while (!last.isEmpty() && indexed.size() < limit);
        }

        private QueryResponse query(String side, boolean forward, int most, Map<String, AttributeValue> start) {
            return Store.ask(() -> client.query(request -> {
                request.tableName(postings)
                        .indexName(INDEX)
                        .keyConditionExpression("#member = :member AND #seq " + side + " :before")
                        .expressionAttributeNames(Map.of("#member", PostingItem.MEMBER, "#seq", PostingItem.SEQUENCE))
                        .expressionAttributeValues(Map.of(
                                ":member", Item.asText(ItemKeys.member(member)), ":before", Item.asNumber(before)))
                        .scanIndexForward(forward)
                        .limit(most);
                if (!start.isEmpty()) {
                    request.exclusiveStartKey(start);
                }
            }));
        }

        /** The newest posting of the page. */
        private Optional<Posting> newest() {
            if (indexed.containsKey(before - 1)) {
                return Optional.ofNullable(indexed.get(before - 1));
            }
            Optional<Account> account = ledger.account(member);
            if (account.isEmpty()) {
                return Optional.empty();
            }
            Optional<Posting> next = account.get().sequence() < before ? Optional.empty() : newer();
            if (next.isEmpty()) {
                next = account.get().head().flatMap(head -> find(account.get().sequence(), head));
            }
            while (next.isPresent() && next.get().sequence() >= before) {
                next = precursor(next.get());
            }
            return next;
        }

        /** The posting nearest to the page's newer end that the index has. */
        private Optional<Posting> newer() {
            return query(">=", true, 1, Map.of()).items().stream().findFirst().map(PostingItem::read);
        }

        private Optional<Posting> precursor(Posting posting) {
            return posting.previous().flatMap(previous -> find(posting.sequence() - 1, previous));
        }

        /**
         * A posting, from the index or, where that lacks it, from the table. One that neither has was taken away by force: an
         * audit names it, and here the next older one takes its place.
         */
        private Optional<Posting> find(long sequence, OperationId operation) {
            Posting known = indexed.get(sequence);
            if (known != null) {
                return Optional.of(known);
            }
            walked++;
            if (walked > MAX_WALK) {
                throw new LedgerUnavailable("the index of histories is far behind");
            }
            return ledger.read(Set.of(new StoredKey.PostingKey(member.program(), operation)))
                    .posting(member.program(), operation)
                    .or(() -> Optional.ofNullable(indexed.lowerEntry(sequence)).map(Map.Entry::getValue));
        }
    }
}
