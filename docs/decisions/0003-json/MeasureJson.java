import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.jr.ob.JSON;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;

/** Reads one order into records and writes one answer, once, as a function does after a cold start. */
class MeasureJson {
    record Line(String sku, String quantity, String total) {}

    record Order(String order, String member, List<Line> lines, String total) {}

    record Answer(String order, long earned, boolean pending) {}

    private static final byte[] ORDER = ("{\"order\":\"A-17\",\"member\":\"m-1\",\"lines\":["
                    + "{\"sku\":\"S-1\",\"quantity\":\"2\",\"total\":\"24.69\"},"
                    + "{\"sku\":\"S-2\",\"quantity\":\"1\",\"total\":\"2.90\"}],\"total\":\"27.59\"}")
            .getBytes(StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        byte[] answer = switch (arguments[0]) {
            case "nothing" -> ORDER;
            case "core" -> core();
            case "jr" -> jr();
            case "databind" -> databind();
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        if (answer.length == 0) {
            throw new IllegalStateException();
        }
    }

    private static byte[] core() {
        JsonObject body = (JsonObject) ((JsonReader.Read) JsonReader.body(ORDER)).value();
        Decoded<Order> decoded = order(Fields.of(body));
        Order order = ((Decoded.Valid<Order>) decoded).value();
        return JsonWriter.object(json ->
                json.put("order", order.order()).put("earned", 27).put("pending", true));
    }

    private static Decoded<Order> order(Fields fields) {
        Field<String> order = fields.required("order", Decoder.identifier());
        Field<String> member = fields.required("member", Decoder.identifier());
        Field<List<Line>> lines = fields.required("lines", Decoder.listOf(Decoder.object(MeasureJson::line), 1, 1000));
        Field<BigDecimal> total = fields.required("total", amount());
        return fields.decoded(() -> new Order(order.get(), member.get(), lines.get(), total.get().toString()));
    }

    private static Decoded<Line> line(Fields fields) {
        Field<String> sku = fields.required("sku", Decoder.identifier());
        Field<BigDecimal> quantity = fields.required("quantity", amount());
        Field<BigDecimal> total = fields.required("total", amount());
        return fields.decoded(() -> new Line(sku.get(), quantity.get().toString(), total.get().toString()));
    }

    private static Decoder<BigDecimal> amount() {
        return Decoder.decimal(2, BigDecimal.ZERO, BigDecimal.valueOf(1_000_000));
    }

    private static byte[] jr() throws Exception {
        JSON json = JSON.std
                .with(JSON.Feature.FAIL_ON_UNKNOWN_BEAN_PROPERTY)
                .with(new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));
        Order order = json.beanFrom(Order.class, ORDER);
        return json.asBytes(new Answer(order.order(), 27, true));
    }

    private static byte[] databind() throws Exception {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        Order order = mapper.readValue(ORDER, Order.class);
        return mapper.writeValueAsBytes(new Answer(order.order(), 27, true));
    }
}
