package kopilka.lambda.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kopilka.lambda.wire.ShopByJson.PROGRAM;
import static kopilka.lambda.wire.ShopByJson.errors;
import static kopilka.lambda.wire.ShopByJson.json;
import static kopilka.lambda.wire.ShopByJson.parameters;
import static kopilka.lambda.wire.ShopByJson.quoted;
import static kopilka.lambda.wire.ShopByJson.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.order.OrderId;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueBodyTest {
    @Test
    void a_message_means_what_the_request_meant() {
        long seed = 20_260_301;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            JsonValue order = json(order(random));
            assertThat(QueueBody.order(PROGRAM, received(QueueBody.orderEvent(order))))
                    .as("order %d of seed %d", i, seed)
                    .isEqualTo(Requests.orderEvent(PROGRAM, order, Place.BODY).map(event -> (Operation) event))
                    .isInstanceOf(Decoded.Valid.class);
            JsonValue refund = json(refund(random));
            String id = "A-" + random.nextInt(100);
            assertThat(QueueBody.order(PROGRAM, received(QueueBody.refund(new OrderId(id), refund))))
                    .as("refund %d of seed %d", i, seed)
                    .isEqualTo(Requests.refund(PROGRAM, parameters("order", id), refund)
                            .map(operation -> (Operation) operation))
                    .isInstanceOf(Decoded.Valid.class);
        }
    }

    private static JsonValue received(String body) {
        return read(body.getBytes(UTF_8));
    }

    private static String order(Random random) {
        StringBuilder lines = new StringBuilder();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            lines.append(i == 0 ? "" : ",")
                    .append("{'sku':'S-%d %s','quantity':'%d.%d','total':'%s'%s%s}"
                            .formatted(
                                    i,
                                    random.nextBoolean() ? "Чай, 茶 🍵" : "tea",
                                    1 + random.nextInt(9),
                                    random.nextInt(1000),
                                    amount(random),
                                    random.nextBoolean() ? ",'category':'c%d'".formatted(random.nextInt(3)) : "",
                                    random.nextBoolean()
                                            ? ",'unitPrice':'0.%06d'".formatted(random.nextInt(1000000))
                                            : ""));
        }
        return "{'order':'A-%d','member':'m-%d','event':'%s','at':'2026-03-%02dT10:00:00.%03d+0%d:00','content':{"
                        .formatted(
                                random.nextInt(100),
                                random.nextInt(100),
                                random.nextBoolean() ? "paid" : "delivered",
                                1 + random.nextInt(28),
                                random.nextInt(1000),
                                random.nextInt(10))
                + "'currency':'EUR','lines':[" + lines + "],'total':'" + amount(random) + "'"
                + (random.nextBoolean() ? ",'delivery':'" + amount(random) + "'" : "")
                + (random.nextBoolean() ? ",'payments':[{'method':'card','amount':'" + amount(random) + "'}]" : "")
                + "}}";
    }

    private static String refund(Random random) {
        return "{'refund':'R-%d','member':'m-1','at':'2026-03-05T15:00:00Z','currency':'KWD','amount':'%d.%03d'%s}"
                .formatted(
                        random.nextInt(100),
                        random.nextInt(1000),
                        random.nextInt(1000),
                        random.nextBoolean() ? ",'lines':[{'line':'1','quantity':1}]" : "");
    }

    private static String amount(Random random) {
        return "%d.%02d".formatted(random.nextInt(10_000), random.nextInt(100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | pointer /type missing, pointer /body missing",
                "{'type':'parcel','body':{}} | pointer /type unknown_value",
                "{'type':'refund','body':{}} | pointer /order missing",
                "{'type':'refund','order':'A 1','body':{}} | pointer /order bad_format",
                "{'type':'order','order':'A-1','body':{}} | pointer  unknown_field",
                "{'type':'order','body':[]} | pointer /body wrong_type",
                "{'type':'order','body':{},'program':'other'} | pointer  unknown_field",
            })
    void a_message_that_is_none_is_refused(String message, String expected) {
        assertThat(String.join(", ", errors(QueueBody.order(PROGRAM, json(message)))))
                .isEqualTo(expected);
    }

    @Test
    void errors_are_named_where_they_stand_in_the_message() {
        String message = "{'type':'order','body':" + RepliesTest.PAID.replace("'58.90'", "58.90") + "}";

        assertThat(errors(QueueBody.order(PROGRAM, json(message))))
                .containsExactly("pointer /body/content/total wrong_type");
    }

    @Test
    void a_message_to_settle_names_a_member_of_a_program() {
        MemberKey anna = new MemberKey(new ProgramId("demo-shop"), new MemberId("m-anna"));

        assertThat(QueueBody.settle(anna)).isEqualTo(quoted("{'program':'demo-shop','member':'m-anna'}"));
        assertThat(QueueBody.settle(received(QueueBody.settle(anna)))).isEqualTo(new Decoded.Valid<>(anna));
        assertThat(errors(QueueBody.settle(json("{'member':'m','shop':'s'}"))))
                .containsExactly("pointer /program missing", "pointer  unknown_field");
    }
}
