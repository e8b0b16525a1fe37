package kopilka.programmes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What answers say, in a page's words. Where answers speak of points without a wallet, they mean the main one.
 *
 * @param programme whose answers
 */
record Figures(Programme programme) {
    /**
     * What is earned, by wallet; nothing where there is none. Of an order each wallet says it, the answers to joining and to
     * activities list it.
     */
    SortedMap<String, BigDecimal> earned(JsonNode answer) {
        JsonNode earned = answer.path("earned");
        return earned.isArray() ? listed(earned) : byWallet(answer, "/earned");
    }

    private SortedMap<String, BigDecimal> listed(JsonNode list) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        list.forEach(some -> {
            String wallet = some.path("wallet").asText();
            long count = some.path("units").asLong();
            if (count != 0) {
                sums.merge(wallet, units(count, wallet).number(), BigDecimal::add);
            }
        });
        return sums;
    }

    /** What is taken back. */
    SortedMap<String, BigDecimal> takenBack(JsonNode answer) {
        return byWallet(answer, "/reversed");
    }

    /** What is given back. */
    SortedMap<String, BigDecimal> givenBack(JsonNode answer) {
        return byWallet(answer, "/restored");
    }

    /** What the shop bears. */
    SortedMap<String, BigDecimal> writtenOff(JsonNode answer) {
        return byWallet(answer, "/shortfall/writtenOff");
    }

    /** What is owed. */
    SortedMap<String, BigDecimal> owed(JsonNode balance) {
        return byWallet(balance, "/debt");
    }

    private SortedMap<String, BigDecimal> byWallet(JsonNode answer, String pointer) {
        SortedMap<String, BigDecimal> units = new TreeMap<>();
        programme.wallets().forEach(wallet -> {
            long count = in(answer, wallet).at(pointer).asLong();
            if (count != 0) {
                units.put(wallet, units(count, wallet).number());
            }
        });
        return units;
    }

    /** What an answer says of one wallet: of the main one it speaks itself, and of each other in a list. */
    private JsonNode in(JsonNode answer, String wallet) {
        if (wallet.equals(programme.mainWallet())) {
            return answer;
        }
        for (JsonNode other : answer.path("wallets")) {
            if (other.path("wallet").asText().equals(wallet)) {
                return other;
            }
        }
        return MissingNode.getInstance();
    }

    private Units units(long count, String wallet) {
        return Units.of(count, programme.isMoney(wallet), wallet);
    }

    /** What is to be kept back from the money that goes back. */
    BigDecimal keptBack(JsonNode answer) {
        BigDecimal sum = Basket.NOTHING;
        for (String wallet : programme.wallets()) {
            JsonNode money = in(answer, wallet).at("/shortfall/deduct/money");
            sum = money.isObject() ? sum.add(amount(money)) : sum;
        }
        return sum;
    }

    /** What the goods had cost that came back. */
    BigDecimal refund(JsonNode answer) {
        return amount(answer.path("value"));
    }

    /** What a redemption pays. */
    BigDecimal worth(JsonNode held) {
        return amount(held.path("worth"));
    }

    private static BigDecimal amount(JsonNode money) {
        return new BigDecimal(money.path("amount").asText());
    }

    // ------------------------------------------------------------------------------------------------ quotes

    /** The id of a quote. */
    String quote(JsonNode quote) {
        return quote.path("quote").asText();
    }

    /** What a basket costs after discounts. */
    BigDecimal price(JsonNode quote) {
        return amount(quote.path("price"));
    }

    /** What it would earn. */
    SortedMap<String, BigDecimal> wouldEarn(JsonNode quote) {
        return listed(quote.path("earn"));
    }

    /** The discounts, by rule. */
    Map<String, BigDecimal> discounts(JsonNode quote) {
        Map<String, BigDecimal> discounts = new TreeMap<>();
        quote.path("discounts")
                .forEach(discount -> discounts.put(
                        discount.path("rule").asText(),
                        new BigDecimal(discount.path("amount").asText())));
        return discounts;
    }

    /** The benefits. */
    List<Claim.Gets> benefits(JsonNode quote) {
        List<Claim.Gets> benefits = new ArrayList<>();
        quote.path("benefits")
                .forEach(benefit -> benefits.add(new Claim.Gets(
                        benefit.path("kind").asText(),
                        Optional.ofNullable(benefit.get("label")).map(JsonNode::asText))));
        return benefits;
    }

    /** The most of a wallet that could pay. */
    Units redeemable(JsonNode quote, String wallet) {
        for (JsonNode some : quote.path("redeemable")) {
            if (some.path("wallet").asText().equals(wallet)) {
                return units(some.path("maximum").asLong(), wallet);
            }
        }
        throw new AssertionError("the quote does not say what of " + wallet + " could pay: " + quote);
    }

    /** For how much more one would have to buy, by rule. */
    Map<String, BigDecimal> missing(JsonNode quote) {
        Map<String, BigDecimal> missing = new TreeMap<>();
        quote.path("next")
                .forEach(next -> missing.put(
                        next.path("rule").asText(),
                        new BigDecimal(next.path("missing").asText())));
        return missing;
    }

    // ------------------------------------------------------------------------------------------------ accounts

    /** What can be spent. */
    Units available(JsonNode balance, String wallet) {
        return units(in(balance, wallet).path("available").asLong(), wallet);
    }

    /** What can be spent later. */
    Units pending(JsonNode balance, String wallet) {
        return units(in(balance, wallet).at("/pending/total").asLong(), wallet);
    }

    /** What ends when, of what can be spent. */
    Map<LocalDate, Units> lastDays(JsonNode balance, String wallet) {
        Map<LocalDate, Long> counts = new TreeMap<>();
        in(balance, wallet)
                .path("expiring")
                .forEach(lot -> counts.merge(
                        LocalDate.parse(lot.path("expires").asText()),
                        lot.path("points").asLong(),
                        Math::addExact));
        Map<LocalDate, Units> days = new TreeMap<>();
        counts.forEach((day, count) -> days.put(day, units(count, wallet)));
        return days;
    }

    /** The level. */
    String tier(JsonNode answer) {
        return answer.path("tier").asText();
    }
}
