package kopilka.benchmarks.usual;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

/** What the queue's messages say of an order. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OrderMessage(String type, Order body) {
    /** An order's event. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Order(String order, String member, String event, String at, Content content) {
        /** When it was. */
        OffsetDateTime moment() {
            return OffsetDateTime.parse(at);
        }
    }

    /** What was bought. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Content(String currency, List<Line> lines, BigDecimal total) {}

    /** One kind of goods of an order. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Line(String sku, String category, BigDecimal quantity, BigDecimal total) {}
}
