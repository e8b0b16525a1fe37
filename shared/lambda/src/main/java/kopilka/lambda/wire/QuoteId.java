package kopilka.lambda.wire;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.lambda.http.Sha256;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.FieldError.Code;
import kopilka.order.Quoted;
import kopilka.program.ProgramId;

/**
 * The id of a quote says all that has to be known of it: the version of the program and the moment. So nothing is stored
 * when something is quoted. A check of the program and both keeps an id from being mistaken for another program's, and
 * a mistyped one from being taken; it is no secret, as whoever makes an id up gets no more than by dating the order.
 */
public final class QuoteId {
    private static final int CHECK = 12;

    private static final Pattern FORM =
            Pattern.compile("q-([1-9][0-9]{0,8})-([0-9a-z]{1,12})-([0-9a-f]{" + CHECK + "})");

    private QuoteId() {}

    /** The id of a quote that was made now, to the millisecond. */
    public static String of(ProgramId program, Quoted quote) {
        String at = Long.toString(quote.at().toEpochMilli(), Character.MAX_RADIX);
        return "q-" + quote.version() + "-" + at + "-" + check(program, quote.version(), at);
    }

    /** Reads an id that this program has given out. */
    static Decoder<Quoted> of(ProgramId program) {
        return Decoder.identifier()
                .map(id -> read(program, id))
                .where(Optional::isPresent, Code.UNKNOWN_VALUE, "must be the id of a quote")
                .map(Optional::orElseThrow);
    }

    private static Optional<Quoted> read(ProgramId program, String id) {
        Matcher form = FORM.matcher(id);
        if (!form.matches()) {
            return Optional.empty();
        }
        int version = Integer.parseInt(form.group(1));
        return check(program, version, form.group(2)).equals(form.group(3))
                ? Optional.of(
                        new Quoted(version, Instant.ofEpochMilli(Long.parseLong(form.group(2), Character.MAX_RADIX))))
                : Optional.empty();
    }

    private static String check(ProgramId program, int version, String at) {
        return new Sha256()
                .part("quote")
                .part(program.value())
                .part(Integer.toString(version))
                .part(at)
                .hex()
                .substring(0, CHECK);
    }
}
