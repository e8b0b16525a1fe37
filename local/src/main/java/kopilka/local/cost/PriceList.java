package kopilka.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What AWS asks in one region, each price with where and when it was read.
 *
 * @param region the region's code
 * @param currency of all prices
 * @param prices in the order of the file
 */
record PriceList(String region, String currency, List<Price> prices) {
    private static final String FILE = "prices.json";

    PriceList {
        prices = List.copyOf(prices);
    }

    /**
     * A price.
     *
     * @param id which one
     * @param what what is bought
     * @param amount money for so many units
     * @param per so many units
     * @param unit what is counted
     * @param source where it was read
     * @param dated when
     */
    record Price(String id, String what, BigDecimal amount, BigDecimal per, String unit, String source, String dated) {
        /** What so many units cost; exact, as {@code per} is a power of ten. */
        BigDecimal of(BigDecimal units) {
            return units.multiply(amount).divide(per);
        }
    }

    /** The list that comes with the project. */
    static PriceList usual() {
        return of(Documents.resource(FILE));
    }

    /** A list in a file of the same form: prices of another region, or of an agreement. */
    static PriceList read(Path file) throws IOException {
        return of(Documents.file(file));
    }

    private static PriceList of(JsonNode json) {
        Map<String, Price> prices = new LinkedHashMap<>();
        for (JsonNode entry : Documents.entries(json, "prices")) {
            BigDecimal per = Documents.number(entry, "per");
            if (per.signum() <= 0
                    || per.stripTrailingZeros().precision() != 1
                    || !per.stripTrailingZeros().unscaledValue().equals(java.math.BigInteger.ONE)) {
                throw new IllegalArgumentException("a price is for 1, 10, 100 ... units, and not for " + per);
            }
            Price price = new Price(
                    Documents.text(entry, "id"),
                    Documents.text(entry, "what"),
                    new BigDecimal(Documents.text(entry, "usd")),
                    per,
                    Documents.text(entry, "unit"),
                    Documents.text(entry, "source"),
                    Documents.text(entry, "dated"));
            if (prices.put(price.id(), price) != null) {
                throw new IllegalArgumentException("there are two prices of " + price.id());
            }
        }
        return new PriceList(
                Documents.text(json, "region"), Documents.text(json, "currency"), List.copyOf(prices.values()));
    }

    /** The price of this id. */
    Price price(String id) {
        Optional<Price> price =
                prices.stream().filter(one -> one.id().equals(id)).findFirst();
        return price.orElseThrow(() -> new IllegalArgumentException("the list has no price of " + id));
    }
}
