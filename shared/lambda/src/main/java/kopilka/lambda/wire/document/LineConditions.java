package kopilka.lambda.wire.document;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.LineCondition;
import kopilka.program.Sku;

/** Decodes which lines of an order a rule is about. */
final class LineConditions {
    /** Values of one condition: a shelf. Larger sets of goods are a category. */
    static final int MAX_VALUES = 100;

    /** The kinds of conditions by their depth: each is made once, and a document has many conditions. */
    private static final List<Map<String, Decoder<LineCondition>>> KINDS = IntStream.rangeClosed(1, Nesting.MAX_DEPTH)
            .mapToObj(LineConditions::kinds)
            .toList();

    /** A condition on lines, and all that it is built of. */
    static final Decoder<LineCondition> DECODER = at(1);

    private LineConditions() {}

    private static Decoder<LineCondition> at(int depth) {
        return Nesting.at(depth, Decoder.object(fields -> {
            Field<LineCondition> condition = fields.exactlyOne(KINDS.get(depth - 1));
            return fields.decoded(condition::get);
        }));
    }

    private static Map<String, Decoder<LineCondition>> kinds(int depth) {
        Map<String, Decoder<LineCondition>> kinds = new LinkedHashMap<>();
        kinds.put(
                "category",
                words().map(names -> new LineCondition.OfCategory(
                        new HashSet<>(names.stream().map(Category::new).toList()))));
        kinds.put(
                "sku",
                words().map(names -> new LineCondition.OfSku(
                        new HashSet<>(names.stream().map(Sku::new).toList()))));
        kinds.put(
                "brand",
                words().map(names -> new LineCondition.OfBrand(
                        new HashSet<>(names.stream().map(Brand::new).toList()))));
        kinds.put("all", parts(depth).map(LineCondition.All::new));
        kinds.put("any", parts(depth).map(LineCondition.AnyOf::new));
        kinds.put("not", (value, place) -> at(depth + 1).decode(value, place).map(LineCondition.Not::new));
        return kinds;
    }

    private static Decoder<List<String>> words() {
        return Decoder.distinct(Values.WORD, 1, MAX_VALUES);
    }

    private static Decoder<List<LineCondition>> parts(int depth) {
        return Decoder.listOf((value, place) -> at(depth + 1).decode(value, place), 1, Nesting.MAX_PARTS);
    }
}
