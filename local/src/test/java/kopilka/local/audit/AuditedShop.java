package kopilka.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kopilka.accrual.RecordOrderEvent;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.Teller;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import kopilka.local.demo.Demo;
import kopilka.local.shop.ProgramAccess;
import kopilka.members.EnrolMember;
import kopilka.order.LineId;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.OrderLine;
import kopilka.order.Quantity;
import kopilka.program.ProgramId;
import kopilka.program.Sku;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A cloud in which two members have bought something, and what can be done to its tables. */
final class AuditedShop implements AutoCloseable {
    static final ProgramId PROGRAM = new ProgramId("tea");

    private static final Instant MARCH = Instant.parse("2026-03-01T09:00:00Z");

    private final LocalCloud cloud;

    private AuditedShop(LocalCloud cloud) {
        this.cloud = cloud;
    }

    static Path template() {
        return LocalCloud.nearestTemplate().orElseThrow();
    }

    /** Opens what a folder keeps. */
    static AuditedShop open(Path folder) throws IOException {
        return new AuditedShop(LocalCloud.start(LocalCloud.Options.of(template())
                .withClock(LocalClock.stoppedAt(MARCH))
                .withoutSchedules()
                .keepingDataIn(folder)
                .loggingTo(folder.resolve("log"))));
    }

    LocalCloud cloud() {
        return cloud;
    }

    /** Has both of them buy. */
    AuditedShop trade() throws IOException {
        try (InputStream document =
                Objects.requireNonNull(Demo.class.getResourceAsStream("/kopilka/local/demo/program.json"))) {
            ProgramAccess.open(cloud, PROGRAM, new String(document.readAllBytes(), StandardCharsets.UTF_8));
        }
        Teller teller = new Teller(
                new DynamoDbLedger(
                        cloud.dynamoDb(), cloud.tableName("AccountsTable"), cloud.tableName("PostingsTable")),
                new DynamoDbPrograms(
                        cloud.dynamoDb(), cloud.tableName("ProgramsTable"), ProgramDocument::parse, System::nanoTime),
                cloud.clock(),
                Teller.Pause.NONE);
        for (String name : List.of("anna", "boris")) {
            MemberKey member = new MemberKey(PROGRAM, new MemberId(name));
            done(teller, new EnrolMember(member));
            for (int order = 1; order <= 3; order++) {
                done(teller, payment(member, name + "-" + order));
            }
        }
        return this;
    }

    private static void done(Teller teller, Operation operation) {
        assertThat(teller.carryOut(operation)).isInstanceOf(Teller.Answer.Done.class);
    }

    private static Operation payment(MemberKey member, String order) {
        OrderLine line = new OrderLine(
                new LineId("1"),
                new Sku("tea"),
                Optional.empty(),
                Optional.empty(),
                Quantity.of(1),
                Optional.empty(),
                20_00,
                0,
                false);
        Order content = new Order(
                Currency.getInstance("EUR"),
                List.of(line),
                0,
                0,
                0,
                20_00,
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new RecordOrderEvent(member, new OrderId(order), OrderEventKind.PAID, MARCH, Optional.of(content));
    }

    /** Somebody changes the sums of a posting. */
    void tamper(String operation) {
        cloud.dynamoDb()
                .updateItem(update -> update.tableName(cloud.tableName("PostingsTable"))
                        .key(Map.of("pk", AttributeValue.fromS(PROGRAM + "#" + operation)))
                        .updateExpression("SET balance.pending = :more")
                        .conditionExpression("attribute_exists(pk)")
                        .expressionAttributeValues(Map.of(":more", AttributeValue.fromN("1000000"))));
    }

    @Override
    public void close() {
        cloud.close();
    }
}
