package kopilka.lambda.json;

/**
 * What is wrong with one field of a request. Says what would be right, never what came.
 *
 * @param where the part of the request
 * @param at a JSON Pointer in the body, or the name of a parameter or header
 * @param code a stable code, in lower case with underscores
 * @param detail one English sentence for the developer who reads it
 */
public record FieldError(Where where, String at, String code, String detail) {

    /** The part of a request that an error is in. */
    public enum Where {
        BODY("pointer"),
        PARAMETER("parameter"),
        HEADER("header");

        private final String member;

        Where(String member) {
            this.member = member;
        }

        /** The member of a problem's error that carries the place. */
        public String member() {
            return member;
        }
    }

    /**
     * The codes that reading a field can give. Rules of the domain that check whole documents have codes of their
     * own.
     */
    public enum Code {
        MISSING("missing"),
        WRONG_TYPE("wrong_type"),
        BAD_FORMAT("bad_format"),
        TOO_SHORT("too_short"),
        TOO_LONG("too_long"),
        NOT_AN_INTEGER("not_an_integer"),
        OUT_OF_RANGE("out_of_range"),
        TOO_MANY_DECIMALS("too_many_decimals"),
        UNKNOWN_VALUE("unknown_value"),
        TOO_FEW("too_few"),
        TOO_MANY("too_many"),
        REPEATED("repeated"),
        NOT_ALLOWED("not_allowed"),
        UNKNOWN_FIELD("unknown_field");

        private final String code;

        Code(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
