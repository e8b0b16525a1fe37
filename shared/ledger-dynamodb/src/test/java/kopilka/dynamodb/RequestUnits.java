package kopilka.dynamodb;

/**
 * Request units: what DynamoDB bills on demand.
 *
 * @param halfReads read units, in halves, as an eventually consistent read takes half a unit
 * @param tableWrites write units of tables
 * @param indexWrites write units of their indexes
 */
record RequestUnits(long halfReads, long tableWrites, long indexWrites) {
    static final RequestUnits NONE = new RequestUnits(0, 0, 0);

    private static final long WRITE = 1024;
    private static final long READ = 4096;

    long writes() {
        return tableWrites + indexWrites;
    }

    RequestUnits plus(RequestUnits other) {
        return new RequestUnits(
                halfReads + other.halfReads, tableWrites + other.tableWrites, indexWrites + other.indexWrites);
    }

    RequestUnits minus(RequestUnits other) {
        return new RequestUnits(
                halfReads - other.halfReads, tableWrites - other.tableWrites, indexWrites - other.indexWrites);
    }

    /** The units of a write of so many bytes: one for each KB begun. */
    static long writing(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, WRITE));
    }

    /** The units of a consistent read of so many bytes: one for each 4 KB begun, and one where there is nothing. */
    static long reading(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, READ));
    }
}
