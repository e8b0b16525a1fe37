package kopilka.local.fault;

/** The services that speak JSON with a header {@code X-Amz-Target}. */
enum Service {
    DYNAMO_DB("DynamoDB_20120810", "com.amazonaws.dynamodb.v20120810#"),
    SQS("AmazonSQS", "com.amazonaws.sqs#");

    private final String target;
    private final String types;

    Service(String target, String types) {
        this.target = target;
        this.types = types;
    }

    String target() {
        return target;
    }

    /** What the types of its errors begin with. */
    String types() {
        return types;
    }

    static Service of(String target) {
        return target.equals(SQS.target) ? SQS : DYNAMO_DB;
    }
}
