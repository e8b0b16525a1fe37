package kopilka.local.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.local.load.Request.Kind;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;

/**
 * What customers do: they buy, return, hold, capture, void and look. Now and then a write is sent twice at once or once
 * more later, and a capture meets a void of the same redemption. Each answer is held against what the contract allows.
 */
final class Traffic {
    private static final String CURRENCY = "EUR";

    /** Orders lie between these many days back: their return window is over, and their points have not expired. */
    private static final int OLDEST_DAYS = 75;

    private static final int YOUNGEST_DAYS = 20;

    /** Of so many writes one is sent twice at once, and one more once again later. */
    private static final int ONE_IN = 20;

    /** Of so many captures one meets a void. */
    private static final int ONE_RACE_IN = 10;

    /** Writes that are remembered to be sent again. */
    private static final int REMEMBERED = 500;

    private final Wire wire;
    private final Figures figures;
    private final Acknowledged acknowledged;
    private final Executor executor;
    private final Instant now;
    private final Queue<Sent> sent = new java.util.concurrent.ConcurrentLinkedQueue<>();

    private record Sent(Request request, Reply reply) {}

    /**
     * @param executor runs what is to happen at once
     * @param now orders are dated before it
     */
    Traffic(Wire wire, Figures figures, Acknowledged acknowledged, Executor executor, Instant now) {
        this.wire = wire;
        this.figures = figures;
        this.acknowledged = acknowledged;
        this.executor = executor;
        this.now = now;
    }

    /** Has a customer join, and buy enough to have points to spend. */
    void join(Customer customer) throws InterruptedException {
        MemberKey member = customer.key();
        Request enrolment = Request.write(
                Kind.ENROL,
                member,
                "PUT",
                "/v1/members/" + member.member(),
                object(),
                OperationId.enrolled(member.member()));
        expect(enrolment, write(enrolment, System.nanoTime()), "201");
        buy(customer, new BigDecimal("2000.00"), OLDEST_DAYS, System.nanoTime());
    }

    /**
     * Has a customer do something.
     *
     * @param due when, by {@link System#nanoTime()}
     */
    void act(Customer customer, RandomGenerator random, long due) throws InterruptedException {
        int what = random.nextInt(100);
        if (what < 25) {
            order(customer, random, due);
        } else if (what < 35) {
            refund(customer, random, due);
        } else if (what < 52) {
            hold(customer, random, due);
        } else if (what < 62) {
            capture(customer, random, due);
        } else if (what < 67) {
            release(customer, random, due);
        } else if (what < 87) {
            Request request = Request.read(Kind.BALANCE, customer.key(), path(customer) + "/balance");
            expect(request, wire.send(request, due, false), "200");
        } else if (what < 95) {
            Request request = Request.read(Kind.LEDGER, customer.key(), path(customer) + "/ledger?limit=20");
            expect(request, wire.send(request, due, false), "200");
        } else {
            sendAgain(random, due);
        }
    }

    private static String path(Customer customer) {
        return "/v1/members/" + customer.key().member();
    }

    private void order(Customer customer, RandomGenerator random, long due) throws InterruptedException {
        int days = random.nextInt(YOUNGEST_DAYS, OLDEST_DAYS);
        buy(customer, BigDecimal.valueOf(random.nextInt(1_000, 20_000), 2), days, due);
    }

    private void buy(Customer customer, BigDecimal total, int daysAgo, long due) throws InterruptedException {
        OrderId order = new OrderId(customer.fresh("o"));
        ObjectNode body = object().put("order", order.value())
                .put("member", customer.key().member().value())
                .put("event", OrderEventKind.PAID.code())
                .put("at", now.minus(daysAgo, ChronoUnit.DAYS).toString());
        ObjectNode content = body.putObject("content").put("currency", CURRENCY).put("total", total.toPlainString());
        content.putArray("lines")
                .addObject()
                .put("sku", "TEA")
                .put("quantity", 1)
                .put("total", total.toPlainString());
        Request request = Request.write(
                Kind.ORDER,
                customer.key(),
                "POST",
                "/v1/orders",
                body,
                OperationId.orderEvent(order, OrderEventKind.PAID));
        Reply reply = write(request, due);
        if (expect(request, reply, "201")) {
            customer.kept().add(order);
        }
    }

    private void refund(Customer customer, RandomGenerator random, long due) throws InterruptedException {
        OrderId order = customer.kept().poll();
        if (order == null) {
            order(customer, random, due);
            return;
        }
        RefundId refund = new RefundId(customer.fresh("r"));
        ObjectNode body = object().put("refund", refund.value())
                .put("member", customer.key().member().value())
                .put("at", now.minus(1, ChronoUnit.DAYS).toString())
                .put("amount", "5.00")
                .put("currency", CURRENCY);
        Request request = Request.write(
                Kind.REFUND,
                customer.key(),
                "POST",
                "/v1/orders/" + order + "/refunds",
                body,
                OperationId.refund(order, refund));
        expect(request, write(request, due), "201");
    }

    private void hold(Customer customer, RandomGenerator random, long due) throws InterruptedException {
        RedemptionId redemption = new RedemptionId(customer.fresh("h"));
        ObjectNode body = object().put("redemption", redemption.value())
                .put("member", customer.key().member().value())
                .put("points", random.nextInt(1, 200))
                .put("timeoutMinutes", 7 * 24 * 60);
        body.putObject("order").putObject("total").put("amount", "100.00").put("currency", CURRENCY);
        Request request =
                Request.write(Kind.HOLD, customer.key(), "POST", "/v1/redemptions", body, OperationId.held(redemption));
        Reply reply = write(request, due);
        if (expect(request, reply, "201", "409 insufficient_points", "409 too_many_redemptions") && reply.isDone()) {
            customer.open().add(redemption);
        }
    }

    private void capture(Customer customer, RandomGenerator random, long due) throws InterruptedException {
        RedemptionId redemption = customer.open().poll();
        if (redemption == null) {
            hold(customer, random, due);
            return;
        }
        Request capture = end(Kind.CAPTURE, customer, redemption, OperationId.captured(redemption));
        if (random.nextInt(ONE_RACE_IN) > 0) {
            expect(capture, write(capture, due), "200");
            return;
        }
        Request release = end(Kind.VOID, customer, redemption, OperationId.voided(redemption));
        CompletableFuture<Reply> other = CompletableFuture.supplyAsync(() -> unhurried(release, due), executor);
        Reply captured = write(capture, due);
        Reply voided = other.join();
        expect(capture, captured, "200", "409 redemption_not_open");
        expect(release, voided, "200", "409 redemption_not_open");
        if (captured.isDone() == voided.isDone()) {
            figures.complain("a capture and a void of " + redemption + " were answered " + captured.status() + " and "
                    + voided.status());
        }
    }

    private void release(Customer customer, RandomGenerator random, long due) throws InterruptedException {
        RedemptionId redemption = customer.open().poll();
        if (redemption == null) {
            hold(customer, random, due);
            return;
        }
        Request request = end(Kind.VOID, customer, redemption, OperationId.voided(redemption));
        expect(request, write(request, due), "200");
    }

    private static Request end(Kind kind, Customer customer, RedemptionId redemption, OperationId operation) {
        ObjectNode body = object().put("member", customer.key().member().value());
        return Request.write(
                kind, customer.key(), "POST", "/v1/redemptions/" + redemption + "/" + kind.word(), body, operation);
    }

    private void sendAgain(RandomGenerator random, long due) throws InterruptedException {
        Optional<Sent> earlier = Optional.ofNullable(sent.poll());
        if (earlier.isPresent()) {
            // Without the key too: the business id alone keeps it single.
            Reply reply = wire.send(earlier.get().request(), due, random.nextBoolean());
            same(earlier.get().request(), earlier.get().reply(), reply);
        }
    }

    private Reply write(Request request, long due) throws InterruptedException {
        Reply reply;
        int chance = Math.floorMod(request.operation().hashCode(), ONE_IN);
        if (chance == 0) {
            CompletableFuture<Reply> twin = CompletableFuture.supplyAsync(() -> unhurried(request, due), executor);
            reply = wire.send(request, due, true);
            same(request, reply, twin.join());
        } else {
            reply = wire.send(request, due, true);
        }
        acknowledged.note(request, reply);
        if (chance == 1 && reply.isDone() && sent.size() < REMEMBERED) {
            sent.add(new Sent(request, reply));
        }
        return reply;
    }

    private Reply unhurried(Request request, long due) {
        try {
            Reply reply = wire.send(request, due, true);
            acknowledged.note(request, reply);
            return reply;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private void same(Request request, Reply one, Reply other) {
        if (one.status() != other.status() || !one.body().equals(other.body())) {
            figures.complain(request + " was answered " + one.status() + " " + one.body() + " and then "
                    + other.status() + " " + other.body());
        }
    }

    private boolean expect(Request request, Reply reply, String... allowed) {
        String answer = reply.code().isEmpty() ? Integer.toString(reply.status()) : reply.status() + " " + reply.code();
        boolean isAllowed = List.of(allowed).contains(answer);
        if (!isAllowed) {
            figures.complain(request + " was answered " + reply.status() + " " + reply.body());
        }
        return isAllowed;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
