package kopilka.lambda.wire.document;

import static kopilka.lambda.wire.document.Examples.TEA_CLUB;
import static kopilka.lambda.wire.document.Examples.json;
import static kopilka.lambda.wire.document.Examples.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kopilka.lambda.Route;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.RuleBook;
import org.junit.jupiter.api.Test;

/** A document as large as they come: 500 rules, each with conditions of its own. */
class LargestDocumentTest {
    /** The document as it is stored: on one line. */
    private static String document() {
        String rules = IntStream.range(0, RuleBook.MAX_RULES)
                .mapToObj(LargestDocumentTest::rule)
                .collect(Collectors.joining(", "));
        int begin = TEA_CLUB.indexOf("\"rules\": [");
        int end = TEA_CLUB.indexOf("\"tiers\": {", TEA_CLUB.indexOf("SPRING"));
        return TEA_CLUB.substring(0, begin) + "\"rules\": [" + rules + "],\n" + TEA_CLUB.substring(end);
    }

    private static String rule(int number) {
        String day = "%02d".formatted(1 + number % 28);
        return quoted("{'id': 'rule-" + number + "', 'title': {'en': 'Rule number " + number + "'}, 'priority': "
                + number % 7
                + ", 'group': 'g" + number % 5 + "', 'from': '2026-" + "%02d".formatted(1 + number % 12) + "-" + day
                + "T00:00:00Z', 'for': {'all': [{'category': ['c" + number + "', 'tea']}, {'not': {'brand': ['x']}}]},"
                + " 'when': {'all': [{'tier': ['gold', 'silver']}, {'amount': {'atLeast': '" + number
                + ".00'}}, {'any': [{'days': ['mon', 'tue']},"
                + " {'hours': {'from': '08:00', 'to': '20:00'}}]}]},"
                + " 'then': [{'earn': {'wallet': 'points', 'percent': '1.5'}}, {'discount': {'percent': '1'}}]}");
    }

    @Test
    void a_document_of_five_hundred_rules_fits_and_is_valid() {
        String document = document();

        assertThat(ProgramDocument.decode(json(document), Place.BODY).errors()).isEmpty();
        assertThat(document.getBytes(StandardCharsets.UTF_8).length).isBetween(150_000, Route.DOCUMENT_LIMIT);
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Prints what it costs, in time of the processor; only what is out of all proportion fails. */
    @Test
    void it_is_read_and_checked_at_once() {
        byte[] document = document().getBytes(StandardCharsets.UTF_8);
        JsonValue read = json(document());
        long decoding = Long.MAX_VALUE;
        long warning = Long.MAX_VALUE;
        List<FieldError> warnings = List.of();
        for (int i = 0; i < 10; i++) {
            long begin = cpuTime();
            assertThat(ProgramDocument.decode(document).errors()).isEmpty();
            long decoded = cpuTime();
            warnings = ProgramDocument.check(read, Place.BODY).warnings();
            decoding = Math.min(decoding, decoded - begin);
            warning = Math.min(warning, cpuTime() - decoded);
        }
        System.out.printf(
                "%d rules, %d bytes: read and checked in %d ms, warned of in %d ms%n",
                RuleBook.MAX_RULES, document.length, decoding / 1_000_000, warning / 1_000_000);
        assertThat(warnings).isNotEmpty();
        assertThat(decoding).isLessThan(2_000_000_000L);
        assertThat(warning).isLessThan(10_000_000_000L);
    }
}
