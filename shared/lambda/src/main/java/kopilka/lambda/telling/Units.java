package kopilka.lambda.telling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kopilka.program.Language;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.Texts;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * Amounts of a program's wallets and of its money, in words. Points without a name of their own are points, as the language
 * counts them. A name that the document gives is used as it is, since nothing is known of its plural: "20 × stars".
 */
final class Units {
    /**
     * Names for a unit that are nothing but a word for points, in whatever language, in lower case. Here, so that telling in
     * one language loads no other.
     */
    private static final Set<String> WORDS_FOR_POINTS = Arrays.stream(Language.values())
            .flatMap(language -> wordsForPoints(language).stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Program program;
    private final Language language;
    private final Phrases phrases;

    Units(Program program, Language language) {
        this.program = program;
        this.language = language;
        this.phrases = Phrases.in(language);
    }

    /** An amount of money, in minor units. */
    String money(long minor) {
        return phrases.figures().money(minor, program.currency());
    }

    /** So much of a wallet, in its units. */
    String amount(WalletId id, long units) {
        return switch (unit(id)) {
            case POINTS ->
                name(id).map(name -> phrases.figures().number(units) + " × " + name)
                        .orElseGet(() -> phrases.points(units));
            case MONEY -> money(units) + " (" + label(id) + ")";
        };
    }

    /** What a wallet holds, as a word: points, or the name of its unit. */
    String label(WalletId id) {
        return name(id).orElseGet(() -> switch (unit(id)) {
            case POINTS -> phrases.pointsWord();
            case MONEY -> phrases.cashbackWord();
        });
    }

    /** A rate as a shop would put it: for a whole unit of the currency where that is possible. */
    String rate(WalletId id, Rate rate) {
        if (rate.points() == 0) {
            return phrases.nothing();
        }
        long unit = 1;
        for (int i = 0; i < program.currency().getDefaultFractionDigits(); i++) {
            unit *= 10;
        }
        // As points for 0.10 or 10.00 a shop has put it itself; money is given back for whole units.
        boolean stays = unit(id) == WalletRules.Unit.POINTS && isPowerOfTen(rate.perMinor());
        long times = !stays && unit % rate.perMinor() == 0 ? unit / rate.perMinor() : 1;
        return phrases.rate(amount(id, rate.points() * times), money(rate.perMinor() * times));
    }

    private static boolean isPowerOfTen(long number) {
        long rest = number;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    private WalletRules.Unit unit(WalletId id) {
        return program.wallet(id).map(WalletRules::unit).orElse(WalletRules.Unit.POINTS);
    }

    /** The name of its own that a wallet needs: empty where the language's word for points, or for cashback, will do. */
    private Optional<String> name(WalletId id) {
        Optional<String> given = program.wallet(id).map(WalletRules::name).flatMap(this::text);
        if (given.isPresent()) {
            return given.filter(name -> !isWordForPoints(name));
        }
        WalletRules.Unit unit = unit(id);
        boolean alone = program.wallets().stream()
                        .filter(wallet -> wallet.unit() == unit)
                        .count()
                <= 1;
        return alone || id.equals(WalletId.POINTS) ? Optional.empty() : Optional.of(id.value());
    }

    private static boolean isWordForPoints(String name) {
        return WORDS_FOR_POINTS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Set<String> wordsForPoints(Language language) {
        return switch (language) {
            case EN -> Set.of("point", "points");
            case RU -> Set.of("балл", "баллы", "баллов");
            case UK -> Set.of("бал", "бали", "балів");
            case KK -> Set.of("ұпай", "ұпайлар");
        };
    }

    /** A text of the document. */
    Optional<String> text(Texts texts) {
        return texts.in(language).filter(text -> !text.isBlank());
    }

    /** Names in quotes, any of which will do; {@code names} are in the sequence in which they are told. */
    Named anyOf(List<String> names) {
        return new Named(Figures.list(names.stream().map(phrases::quoted).toList(), phrases.or()), names.size() > 1);
    }
}
