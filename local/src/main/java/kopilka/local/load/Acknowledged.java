package kopilka.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import kopilka.ledger.Balance;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.program.ProgramId;

/**
 * What the client was told about its writes: which are done, and which are refused for good.
 *
 * <p>Safe for use by many threads.
 */
final class Acknowledged {
    /** A write by its program and the name of its posting. */
    record Write(ProgramId program, OperationId operation) {}

    /**
     * What an answer said of a write that is done.
     *
     * @param member whose account it is
     * @param sequence of its posting
     * @param balance after it, where the answer has one
     */
    record Done(MemberKey member, OptionalLong sequence, Optional<Balance> balance) {
        static Done of(Request request, Reply reply) {
            JsonNode sequence = reply.json().path("sequence");
            JsonNode balance = reply.json().path("balance");
            return new Done(
                    request.member(),
                    sequence.isIntegralNumber() ? OptionalLong.of(sequence.asLong()) : OptionalLong.empty(),
                    balance.isObject()
                            ? Optional.of(new Balance(
                                    balance.path("available").asLong(),
                                    balance.path("pending").asLong(),
                                    balance.path("held").asLong(),
                                    balance.path("debt").asLong()))
                            : Optional.empty());
        }
    }

    private final Map<Write, Done> done = new ConcurrentHashMap<>();
    private final Map<Write, String> refused = new ConcurrentHashMap<>();

    /** A write was answered. */
    void note(Request request, Reply reply) {
        request.operation().ifPresent(operation -> {
            Write write = new Write(request.member().program(), operation);
            if (reply.isDone()) {
                done.put(write, Done.of(request, reply));
            } else {
                refused.put(write, reply.status() + " " + reply.code());
            }
        });
    }

    Map<Write, Done> done() {
        return Map.copyOf(done);
    }

    Map<Write, String> refused() {
        return Map.copyOf(refused);
    }
}
