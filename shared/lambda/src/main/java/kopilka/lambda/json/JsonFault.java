package kopilka.lambda.json;

/** Why a text is not JSON that the API takes. */
public enum JsonFault {
    EMPTY("empty", "the body is empty"),
    BYTE_ORDER_MARK("byte_order_mark", "the text starts with a byte order mark"),
    NOT_UTF_8("not_utf_8", "the text is not valid UTF-8"),
    SYNTAX("syntax", "the text does not follow the grammar of JSON (RFC 8259)"),
    UNEXPECTED_END("unexpected_end", "the text ends in the middle of a value"),
    TRAILING_CONTENT("trailing_content", "something stands after the end of the value"),
    DUPLICATE_KEY("duplicate_key", "an object names one member twice"),
    TOO_DEEP("too_deep", "values are nested more than " + JsonReader.MAX_DEPTH + " deep"),
    TOO_LONG("too_long", "a number or a name is longer than any that the API knows"),
    NUMBER_OUT_OF_RANGE("number_out_of_range", "the exponent of a number is beyond any that the API knows"),
    NUL_CHARACTER("nul_character", "a string contains the character NUL"),
    LONE_SURROGATE("lone_surrogate", "a string contains one half of a surrogate pair");

    private final String code;
    private final String detail;

    JsonFault(String code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    /** A stable code, in lower case with underscores. */
    public String code() {
        return code;
    }

    /** What is wrong, in English. */
    public String detail() {
        return detail;
    }
}
