package kopilka.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.ledger.Account;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.Ledger;
import kopilka.ledger.Moves;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What happened in a shop before a test looks: played in memory, where that is quick, and put into tables as it is. */
final class Past {
    private static final int BATCH = 25;

    private final Rules rules;
    private final Ledger ledger = new InMemoryLedger();
    private final ShopFixture shop;

    Past(Rules rules) {
        this.rules = rules;
        this.shop = ShopFixture.aShop(ledger, rules);
    }

    /** Where it happens. */
    ShopFixture shop() {
        return shop;
    }

    /** Puts all accounts into tables, and the postings of these members. */
    void into(Schema schema, List<String> withPostings) {
        List<Map<String, AttributeValue>> accounts = new ArrayList<>();
        ledger.accounts(ShopFixture.PROGRAM, Integer.MAX_VALUE - 1, Optional.empty())
                .accounts()
                .forEach(account -> accounts.add(item(account)));
        write(schema.accounts(), accounts);
        for (String member : withPostings) {
            write(
                    schema.postings(),
                    shop.postings(member).stream().map(PostingItem::of).toList());
        }
    }

    private Map<String, AttributeValue> item(Account account) {
        return AccountItem.of(
                account, Moves.nextDue(account.wallets(), rules.program().zone()));
    }

    private static void write(String table, List<Map<String, AttributeValue>> items) {
        DynamoDbClient client = Embedded.client();
        for (int from = 0; from < items.size(); from += BATCH) {
            List<WriteRequest> some = items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(put -> put.item(item))
                            .build())
                    .toList();
            client.batchWriteItem(batch -> batch.requestItems(Map.of(table, some)));
        }
    }
}
