package kopilka.local.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Replies as the services write them. */
final class ServiceReply {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServiceReply() {}

    /** The reply to a request that meets a fault of the service itself. */
    static HttpExecuteResponse to(HttpCall call, Fault fault) {
        boolean queue = Service.of(call.service()) == Service.SQS;
        return switch (fault) {
            case THROTTLED ->
                queue
                        ? error(call, 400, "RequestThrottled", "Request is throttled.")
                        : error(
                                call,
                                400,
                                "ProvisionedThroughputExceededException",
                                "The level of configured provisioned throughput for the table was exceeded.");
            case ACCOUNT_THROTTLED -> error(call, 400, "ThrottlingException", "Rate of requests exceeds the allowed.");
            case IN_PROGRESS ->
                error(
                        call,
                        400,
                        "TransactionInProgressException",
                        "The transaction with the given request token is in progress.");
            case INTERNAL_ERROR, INTERNAL_ERROR_AFTERWARDS ->
                error(call, 500, queue ? "InternalFailure" : "InternalServerError", "Internal server error");
            case UNAVAILABLE -> error(call, 503, "ServiceUnavailable", "The service is unavailable");
            case CONFLICT -> conflict(call);
            case UNPROCESSED -> unprocessed(call);
            case REQUEST_LOST,
                    REPLY_LOST,
                    REQUEST_LATE,
                    REPLY_LATE,
                    REPLY_CUT_OFF,
                    REPLY_GARBLED,
                    DEATH_BEFORE,
                    DEATH_AFTER -> throw new IllegalArgumentException(fault + " is not the service's");
        };
    }

    private static HttpExecuteResponse conflict(HttpCall call) {
        if (!call.operation().startsWith("Transact")) {
            return error(call, 400, "TransactionConflictException", "Transaction is ongoing for the item");
        }
        int items = json(call.body()).path("TransactItems").size();
        // The last item is the busy one: in a write of the ledger that is never the posting, which nobody else writes.
        ArrayNode reasons = JSON.createArrayNode();
        for (int i = 0; i < items - 1; i++) {
            reasons.addObject().put("Code", "None");
        }
        reasons.addObject().put("Code", "TransactionConflict").put("Message", "Transaction is ongoing for the item");
        return cancelled(call, reasons);
    }

    private static HttpExecuteResponse cancelled(HttpCall call, ArrayNode reasons) {
        List<String> codes = reasons.findValuesAsText("Code");
        ObjectNode body = body(
                call,
                "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                        + String.join(", ", codes) + "]",
                "Message");
        body.set("CancellationReasons", reasons);
        return of(400, bytes(body));
    }

    private static HttpExecuteResponse unprocessed(HttpCall call) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("Responses");
        body.set("UnprocessedKeys", json(call.body()).path("RequestItems"));
        return of(200, bytes(body));
    }

    private static HttpExecuteResponse error(HttpCall call, int status, String code, String message) {
        return of(status, bytes(body(call, code, message, "message")));
    }

    private static ObjectNode body(HttpCall call, String code, String message, String messageField) {
        return JSON.createObjectNode()
                .put("__type", Service.of(call.service()).types() + code)
                .put(messageField, message);
    }

    /** A reply with the headers that DynamoDB gives, the checksum among them. */
    static HttpExecuteResponse of(int status, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", "application/x-amz-json-1.0")
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .putHeader("x-amz-crc32", Long.toString(crc.getValue()))
                        .putHeader("x-amzn-RequestId", UUID.randomUUID().toString())
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request that is no JSON", e);
        }
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
