package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import kopilka.ledger.Movement;
import kopilka.ledger.Posting;
import kopilka.local.LocalCloud;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 64 actors at one member: each answer fits one history, in which who answered before another asked comes first. */
@ExtendWith(OneCloud.class)
class ManyActorsTest {
    private static final int ACTORS = 64;

    private final LocalCloud cloud;
    private final Shop shop;

    ManyActorsTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    /** An answer, and when it was asked for and given. */
    private record Told(Reply reply, long asked, long given) {
        boolean isDone() {
            return reply.status() == 200 || reply.status() == 201;
        }
    }

    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();

    private Told ask(Call call) {
        long asked = System.nanoTime();
        Reply reply = shop.api().attempt(call);
        Told answer = new Told(reply, asked, System.nanoTime());
        told.add(answer);
        return answer;
    }

    private void act(int actor, Random random) {
        switch (actor % 8) {
            case 0 -> {
                ask(Orders.paid("A-" + actor, "anna", 20 + random.nextInt(80) + ".00", shop.now()));
                ask(Orders.refund("A-" + actor, "R-" + actor, "anna", "10.00", shop.now()));
            }
            case 1 -> {
                // A refund of an order that may not be there yet, and parts of one that is.
                ask(Orders.refund("A-" + (actor - 1), "S-" + actor, "anna", "5.00", shop.now()));
                ask(Orders.refund("A-0-first", "S-0-" + actor, "anna", "7.00", shop.now()));
            }
            case 2, 3 -> {
                if (ask(Shop.hold("anna", "H-" + actor, 100 + random.nextInt(200)))
                        .isDone()) {
                    ask(Shop.capture("anna", "H-" + actor));
                }
            }
            case 4 -> {
                if (ask(Shop.hold("anna", "H-" + actor, 100 + random.nextInt(200)))
                        .isDone()) {
                    ask(Shop.voidOf("anna", "H-" + actor));
                }
            }
            // Somebody else's hold: one of those who end it wins.
            case 5 -> {
                ask(Shop.capture("anna", "H-first-" + actor / 8 % 4));
                ask(Shop.voidOf("anna", "H-first-" + actor / 8 % 4));
            }
            case 6 -> {
                cloud.invoke("ExpiryFunction", """
                        {"Records":[{"messageId":"m","eventSource":"aws:sqs",
                         "body":"{\\"program\\":\\"%s\\",\\"member\\":\\"anna\\"}"}]}""".formatted(shop.program()));
                ask(Endpoint.LEDGER.call().at("member", "anna").query("limit", "1"));
            }
            default -> {
                ask(Endpoint.BALANCE.call().at("member", "anna"));
                ask(Endpoint.LEDGER.call().at("member", "anna").query("limit", "1"));
                ask(Endpoint.BALANCE.call().at("member", "anna"));
            }
        }
    }

    @Test
    void the_answers_of_64_actors_who_mix_everything_fit_one_history() throws Exception {
        long seed = Long.getLong("kopilka.seed", System.nanoTime());
        System.out.println("ManyActorsTest: -Dkopilka.seed=" + seed);
        shop.enrolWith("anna", 2000);
        shop.pays("anna", "A-0-first", "300.00");
        for (int i = 0; i < 4; i++) {
            shop.holds("anna", "H-first-" + i, 100);
        }
        // One that has timed out, for those who settle.
        shop.send(Shop.hold("anna", "H-late", 100).changed("/timeoutMinutes", "1"))
                .is(201);
        shop.wait(Duration.ofSeconds(61));
        long before = shop.sequence("anna");

        Random seeds = new Random(seed);
        try (ExecutorService actors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> acts = new ArrayList<>();
            for (int i = 0; i < ACTORS; i++) {
                int actor = i;
                Random random = new Random(seeds.nextLong());
                acts.add(() -> {
                    act(actor, random);
                    return null;
                });
            }
            for (Future<Void> act : actors.invokeAll(acts)) {
                act.get();
            }
        }
        // What was queued is recorded, and whoever was asked to come again does.
        cloud.drain(OneCloud.SOON);
        List<Told> answers = List.copyOf(told);
        assertThat(answers).extracting(answer -> answer.reply().status()).isSubsetOf(200, 201, 202, 404, 409, 422, 503);
        List<Reply> unknown = answers.stream()
                .map(Told::reply)
                .filter(reply -> reply.status() == 503
                        && !reply.call().endpoint().method().equals("GET"))
                .toList();
        unknown.forEach(reply -> assertThat(shop.send(reply.call()).status()).isIn(200, 201, 202, 404, 409, 422));

        shop.isSound("anna");
        Map<Long, Posting> history = shop.postings("anna").stream()
                .collect(Collectors.toMap(Posting::sequence, posting -> posting, (a, b) -> a, TreeMap::new));
        long last = before
                + history.keySet().stream().filter(number -> number > before).count();
        assertThat(history).hasSize((int) last);
        eachWriteHasItsPosting(answers, history);
        whoAnsweredFirstComesFirst(answers);
        readsSeeOneHistory(answers, history);
        everyHoldEndsOnce(history.values());
    }

    private static boolean isWrite(Told answer) {
        return answer.isDone() && !answer.reply().call().endpoint().method().equals("GET");
    }

    private static void eachWriteHasItsPosting(List<Told> answers, Map<Long, Posting> history) {
        Map<Long, String> calls = new HashMap<>();
        for (Told answer : answers) {
            if (isWrite(answer)) {
                Reply reply = answer.reply();
                long number = reply.number("/sequence");
                String call = reply.call().toString();
                assertThat(calls.merge(number, call, (first, other) -> first))
                        .as("no two operations are one posting")
                        .isEqualTo(call);
                Posting posting = Objects.requireNonNull(history.get(number), call);
                assertThat(reply.number("/balance/available"))
                        .as("%s", reply)
                        .isEqualTo(posting.balance(WalletId.POINTS).available());
                assertThat(reply.number("/balance/held"))
                        .isEqualTo(posting.balance(WalletId.POINTS).held());
            }
        }
    }

    /** When a posting came to be: after somebody first asked for it, and before somebody first knew of it. */
    private record Span(long asked, long given) {
        Span and(Span other) {
            return new Span(Math.min(asked, other.asked), Math.min(given, other.given));
        }
    }

    private static void whoAnsweredFirstComesFirst(List<Told> answers) {
        Map<Long, Span> spans = new TreeMap<>();
        answers.stream()
                .filter(ManyActorsTest::isWrite)
                .forEach(answer -> spans.merge(
                        answer.reply().number("/sequence"), new Span(answer.asked(), answer.given()), Span::and));
        assertThat(spans).hasSizeGreaterThan(ACTORS / 4);
        spans.forEach((one, first) -> spans.forEach((other, second) -> {
            if (first.given() < second.asked()) {
                assertThat(one).isLessThan(other);
            }
        }));
    }

    /** A read shows a state no older than what was answered before it was asked for, and no newer than was ever. */
    private static void readsSeeOneHistory(List<Told> answers, Map<Long, Posting> history) {
        for (Told read : answers) {
            if (read.reply().status() != 200 || isWrite(read)) {
                continue;
            }
            long oldest = answers.stream()
                    .filter(write -> isWrite(write) && write.given() < read.asked())
                    .mapToLong(write -> write.reply().number("/sequence"))
                    .max()
                    .orElse(1);
            if (read.reply().call().endpoint() == Endpoint.LEDGER) {
                long number = read.reply().number("/entries/0/sequence");
                assertThat(number).as("%s", read).isGreaterThanOrEqualTo(oldest);
                assertThat(read.reply().string("/entries/0/hash"))
                        .isEqualTo(Objects.requireNonNull(history.get(number))
                                .hash()
                                .toString());
            } else {
                JsonNode balance = read.reply().json();
                assertThat(history.values().stream()
                                .filter(posting -> posting.sequence() >= oldest)
                                .map(posting -> posting.balance(WalletId.POINTS).available() + " "
                                        + posting.balance(WalletId.POINTS).held() + " "
                                        + posting.balance(WalletId.POINTS).debt()))
                        .as("%s", read)
                        .contains(balance.path("available").asLong() + " "
                                + balance.path("held").asLong() + " "
                                + balance.path("debt").asLong());
            }
        }
    }

    private static void everyHoldEndsOnce(Iterable<Posting> postings) {
        long held = 0;
        long ended = 0;
        for (Posting posting : postings) {
            for (Movement movement : posting.movements()) {
                if (movement.kind() == Movement.Kind.HOLD) {
                    held += movement.points();
                } else if (Set.of(Movement.Kind.CAPTURE, Movement.Kind.RELEASE, Movement.Kind.VOID)
                        .contains(movement.kind())) {
                    ended += movement.points();
                }
            }
            assertThat(posting.balance(WalletId.POINTS).available()).isNotNegative();
            assertThat(posting.balance(WalletId.POINTS).held())
                    .isEqualTo(held - ended)
                    .isNotNegative();
        }
    }
}
