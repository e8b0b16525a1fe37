package kopilka.local.fault;

/**
 * One HTTP request of an SDK's client, before it is sent. A retry is another one.
 *
 * @param service as the header {@code X-Amz-Target} names it: {@code DynamoDB_20120810} or {@code AmazonSQS}
 * @param operation such as {@code TransactWriteItems}
 * @param number of the requests of this operation since the plan was made, from 1
 * @param position among all requests since the plan was made, from 1
 * @param body the request's JSON
 */
public record HttpCall(String service, String operation, long number, long position, String body) {
    /** Whether it changes something. */
    public boolean isWrite() {
        return switch (operation) {
            case "TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem" -> true;
            default -> service.equals(Service.SQS.target());
        };
    }

    /** Whether the request has this text in quotes: the name of a table, a key, an id. */
    public boolean names(String text) {
        return body.contains('"' + text + '"');
    }

    /** The service and the operation, for counting. */
    @Override
    public String toString() {
        return service + "." + operation + " " + number;
    }
}
