package kopilka.lambda.http;

import java.util.regex.Pattern;

/** The media type of what a request carries. */
final class MediaType {
    /** JSON has no parameter; the one that many clients send all the same is taken if it says what JSON is anyway. */
    private static final Pattern JSON = Pattern.compile(
            "application/json[ \\t]*(;[ \\t]*charset=(utf-8|\"utf-8\")[ \\t]*)?", Pattern.CASE_INSENSITIVE);

    private MediaType() {}

    static boolean isJson(Headers headers) {
        return headers.get("content-type")
                .filter(type -> JSON.matcher(type.strip()).matches())
                .isPresent();
    }
}
