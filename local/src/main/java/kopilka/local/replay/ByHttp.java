package kopilka.local.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import kopilka.local.LocalCloud;
import kopilka.local.shop.Answer;
import kopilka.local.shop.ShopBackend;

/** Sends requests to the API, a few at a time, each customer's one after the other. */
final class ByHttp implements Dispatch {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ShopBackend shop;
    private final LocalCloud cloud;
    private final RefusedRows refusals;
    private final AtomicBoolean queued = new AtomicBoolean();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots;
    private final Map<String, CompletableFuture<Void>> last = new HashMap<>();

    /**
     * @param cloud whose clock is moved to a row's time before it is sent; it is never ahead of one that is on its way by
     *     more than these few rows
     * @param parallel how many rows are on their way at once
     */
    ByHttp(LocalCloud cloud, ShopBackend shop, int parallel, RefusedRows refusals) {
        this.cloud = cloud;
        this.shop = shop;
        this.refusals = refusals;
        this.slots = new Semaphore(parallel);
    }

    @Override
    public void take(Row row, List<Message> messages, boolean isNewCustomer) throws InterruptedException {
        slots.acquire();
        cloud.clock().advanceTo(row.at().toInstant());
        CompletableFuture<Void> before = last.getOrDefault(row.customer(), CompletableFuture.completedFuture(null));
        last.put(
                row.customer(),
                before.thenRunAsync(() -> tell(row, messages, isNewCustomer), executor)
                        .whenComplete((done, failed) -> slots.release()));
    }

    private void tell(Row row, List<Message> messages, boolean isNewCustomer) {
        try {
            Optional<String> reason = isNewCustomer ? enrol(row) : Optional.empty();
            for (Message message : messages) {
                Answer answer = shop.post(message.path(), message.body());
                Optional<String> refused = refusal(answer);
                if (answer.body().path("outcome").asText().equals("queued")) {
                    queued.set(true);
                }
                reason = reason.isPresent() ? reason : refused;
            }
            reason.ifPresent(code -> refusals.add(row, code));
        } catch (IOException unanswered) {
            throw new Undelivered("the API does not answer", unanswered);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Undelivered("stopped", stopping);
        }
    }

    private Optional<String> enrol(Row row) throws IOException, InterruptedException {
        return refusal(
                shop.put("/v1/members/" + ShopBackend.segment(row.customer()), JsonNodeFactory.instance.objectNode()));
    }

    /** Why it was refused. Empty: it was not. */
    static Optional<String> refusal(Answer answer) {
        if (answer.isDone()) {
            return Optional.empty();
        }
        boolean definite = answer.status() < 500 && answer.status() != 429 && answer.status() != 401;
        if (!definite) {
            throw new Undelivered("the API answers " + answer.status() + " " + answer.code(), null);
        }
        return Optional.of(answer.code());
    }

    @Override
    public void settle() throws InterruptedException {
        try {
            CompletableFuture.allOf(last.values().toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Undelivered undelivered
                    ? undelivered
                    : new Undelivered("a row could not be sent", failed.getCause());
        }
        last.clear();
        if (queued.getAndSet(false)) {
            // What the ledger could not take at once is in the queue, which does not outlive the process.
            cloud.drain(PATIENCE);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
