package kopilka.local.simulation;

import java.time.Duration;

/** What goes wrong at one call of the store. */
enum Mishap {
    /** The call never arrives. */
    REQUEST_LOST("the request is lost"),
    /** The call is carried out, and the reply is lost. */
    REPLY_LOST("the reply is lost"),
    /** From this call on, whatever is carried out, no reply arrives. */
    SILENCE("no reply arrives from here on"),
    /** The store has no throughput left. */
    THROTTLED("the store throttles"),
    /** Another transaction is said to be busy with the same items. */
    CONFLICT("the store reports a conflict"),
    /** The process ends before the call. */
    DEATH_BEFORE("the process dies before it"),
    /** The call is carried out, and the process ends. */
    DEATH_AFTER("the process dies after it"),
    /** A page of an index that lags behind: something due is missing, something else is not due. */
    STALE_PAGE("the index is stale"),
    /** An account and a posting, read together, are of two moments. */
    TORN_READ("the account is read a moment after all else"),
    /** The container's clock jumps a day on. */
    CLOCK_ON("the clock jumps on"),
    /** The container's clock falls back by a day. */
    CLOCK_BACK("the clock falls back");

    private static final Duration JUMP = Duration.ofHours(25);

    private final String words;

    Mishap(String words) {
        this.words = words;
    }

    /** As a story tells it. */
    String words() {
        return words;
    }

    /** How far the clock moves. */
    Duration jump() {
        return switch (this) {
            case CLOCK_ON -> JUMP;
            case CLOCK_BACK -> JUMP.negated();
            case REQUEST_LOST,
                    REPLY_LOST,
                    SILENCE,
                    THROTTLED,
                    CONFLICT,
                    DEATH_BEFORE,
                    DEATH_AFTER,
                    STALE_PAGE,
                    TORN_READ -> Duration.ZERO;
        };
    }
}
