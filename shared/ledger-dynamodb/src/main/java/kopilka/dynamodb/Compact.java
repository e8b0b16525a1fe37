package kopilka.dynamodb;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import kopilka.ledger.Bucket;
import kopilka.ledger.Lot;
import kopilka.ledger.Movement;
import kopilka.ledger.Reason;
import kopilka.ledger.Term;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.tiers.TierChange;

/**
 * Short texts of what postings and accounts have many of, for a person to read as well: a lot is
 * {@code 20260315-20270315:27}.
 */
final class Compact {
    private static final String NONE = "-";
    private static final String SAME = "=";

    private Compact() {}

    /** A day, as {@code yyyyMMdd}. */
    private static String day(LocalDate day) {
        if (day.getYear() < 0 || day.getYear() > 9999) {
            throw new ArithmeticException("a day is out of range");
        }
        long digits = 1_0000_00_00L + day.getYear() * 1_00_00L + day.getMonthValue() * 1_00L + day.getDayOfMonth();
        return Long.toString(digits).substring(1);
    }

    private static LocalDate day(String digits) {
        int number = Integer.parseInt(digits);
        return LocalDate.of(number / 1_00_00, number / 1_00 % 1_00, number % 1_00);
    }

    static String term(Term term) {
        return day(term.availableFrom()) + "-" + day(term.expires());
    }

    static Term term(String text) {
        int dash = text.indexOf('-');
        return new Term(day(text.substring(0, dash)), day(text.substring(dash + 1)));
    }

    static String lots(List<Lot> lots) {
        return lots.stream().map(lot -> term(lot.term()) + ":" + lot.points()).collect(Collectors.joining(" "));
    }

    static List<Lot> lots(String text) {
        List<Lot> lots = new ArrayList<>();
        for (String lot : words(text)) {
            int colon = lot.indexOf(':');
            lots.add(new Lot(term(lot.substring(0, colon)), Long.parseLong(lot.substring(colon + 1))));
        }
        return lots;
    }

    /**
     * Such as {@code accrue 27 outside pending order_paid 20260315-20270315 =}; the last is when, if not with the posting.
     * Behind it comes the wallet, if it is another than points.
     */
    static String movement(Movement movement, Instant posted) {
        String said = String.join(
                " ",
                name(movement.kind()),
                Long.toString(movement.points()),
                name(movement.from()),
                name(movement.to()),
                name(movement.reason()),
                movement.term().map(Compact::term).orElse(NONE),
                movement.at().equals(posted) ? SAME : movement.at().toString());
        return movement.wallet().equals(WalletId.POINTS) ? said : said + " " + movement.wallet();
    }

    static Movement movement(String text, Instant posted) {
        List<String> words = words(text);
        String term = words.get(5);
        String at = words.get(6);
        return new Movement(
                words.size() > 7 ? new WalletId(words.get(7)) : WalletId.POINTS,
                Movement.Kind.valueOf(constant(words.get(0))),
                Long.parseLong(words.get(1)),
                Bucket.valueOf(constant(words.get(2))),
                Bucket.valueOf(constant(words.get(3))),
                term.equals(NONE) ? Optional.empty() : Optional.of(term(term)),
                at.equals(SAME) ? posted : Instant.parse(at),
                Reason.valueOf(constant(words.get(4))));
    }

    /** Such as {@code silver gold reached 2026-03-15T00:00:00Z}. */
    static String tierChange(TierChange change) {
        return String.join(
                " ",
                change.from().value(),
                change.to().value(),
                name(change.reason()),
                change.at().toString());
    }

    static TierChange tierChange(String text) {
        List<String> words = words(text);
        return new TierChange(
                new TierId(words.get(0)),
                new TierId(words.get(1)),
                Instant.parse(words.get(3)),
                TierChange.Reason.valueOf(constant(words.get(2))));
    }

    /** An enum's constant as it is stored: hashes are taken over the same names, so none can ever be renamed. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The name of the constant that was stored as that. */
    static String constant(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** What stands between single spaces. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            words.add(text.substring(start, space));
            start = space + 1;
        }
        words.add(text.substring(start));
        return words;
    }

    /** A moment as a number that sorts: seconds since 1970, with all their decimals. */
    static String seconds(Instant moment) {
        return BigDecimal.valueOf(moment.getEpochSecond())
                .add(BigDecimal.valueOf(moment.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
