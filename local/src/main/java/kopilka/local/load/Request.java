package kopilka.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;

/**
 * A request of a shop's backend.
 *
 * @param kind what it asks for
 * @param member whose account it is about
 * @param method of HTTP
 * @param path with its query
 * @param body of a write
 * @param operation the posting that a write makes if it is done
 */
record Request(
        Kind kind,
        MemberKey member,
        String method,
        String path,
        Optional<ObjectNode> body,
        Optional<OperationId> operation) {
    /** What can be asked for. */
    enum Kind {
        ENROL,
        ORDER,
        REFUND,
        HOLD,
        CAPTURE,
        VOID,
        BALANCE,
        LEDGER;

        /** As a report names it. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Request read(Kind kind, MemberKey member, String path) {
        return new Request(kind, member, "GET", path, Optional.empty(), Optional.empty());
    }

    static Request write(
            Kind kind, MemberKey member, String method, String path, ObjectNode body, OperationId operation) {
        return new Request(kind, member, method, path, Optional.of(body), Optional.of(operation));
    }

    /** The key that this request and no other has. */
    Optional<String> idempotencyKey() {
        return operation.map(OperationId::value);
    }
}
