package kopilka.lambda;

import com.amazonaws.services.lambda.runtime.Context;

/** How long a function may still run. */
public final class Deadline {
    /**
     * Milliseconds before the end at which nothing new is begun: one operation with the retries of its calls fits into
     * them though the store never answers, and so does the report of what was not done.
     */
    public static final int RESERVE_MILLIS = 10_000;

    private final Context context;

    Deadline(Context context) {
        this.context = context;
    }

    /** The id of the invocation that ends by then: log lines carry it. */
    public String requestId() {
        return context.getAwsRequestId();
    }

    /** Whether it is too late to begin something. */
    public boolean isNear() {
        return context.getRemainingTimeInMillis() < RESERVE_MILLIS;
    }
}
