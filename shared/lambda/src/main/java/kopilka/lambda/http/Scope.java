package kopilka.lambda.http;

import java.util.Optional;

/** What a key lets its holder do. */
public enum Scope {
    ORDERS_WRITE("orders:write"),
    MEMBERS_WRITE("members:write"),
    MEMBERS_READ("members:read"),
    REDEMPTIONS_WRITE("redemptions:write"),
    REFERRALS_WRITE("referrals:write"),
    PROGRAM_READ("program:read"),
    PROGRAM_WRITE("program:write"),
    KEYS_WRITE("keys:write");

    private final String code;

    Scope(String code) {
        this.code = code;
    }

    /** The scope as the API and the stored key write it. */
    public String code() {
        return code;
    }

    /** The scope of that code. */
    public static Optional<Scope> of(String code) {
        for (Scope scope : values()) {
            if (scope.code.equals(code)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
