package kopilka.lambda;

import kopilka.ledger.LedgerUnavailable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Tells a part of the system that cannot answer now from a bug. */
public final class Unavailability {
    private Unavailability() {}

    /**
     * Whether the same call may well succeed later: the ledger says so, or a service could not be reached,
     * throttled, or failed by itself. A call that was wrong or not allowed will be so again, and is a bug.
     */
    public static boolean isWhy(RuntimeException e) {
        return switch (e) {
            case LedgerUnavailable unavailable -> true;
            case SdkClientException unreachable -> true;
            case SdkServiceException service -> service.isThrottlingException() || service.statusCode() >= 500;
            default -> false;
        };
    }
}
