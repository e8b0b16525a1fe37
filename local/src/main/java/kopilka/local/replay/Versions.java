package kopilka.local.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.Program;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.WalletRules;

/**
 * The versions of the program, as the API tells them.
 *
 * @param list number 1 first
 */
record Versions(List<Version> list) {
    /** Copies what it is given. */
    Versions {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("a program has a version");
        }
    }

    /**
     * A version.
     *
     * @param number 1 or more
     * @param from since when it holds
     * @param rules what it says
     */
    record Version(int number, Instant from, Program rules) {
        /** As the API shows it. */
        static Version of(int number, Instant from, String document) {
            return new Version(number, from, ProgramDocument.parse(document));
        }
    }

    /** In which they all tell the days. */
    ZoneId zone() {
        return list.getFirst().rules().zone();
    }

    /** Of all their money. */
    Currency currency() {
        return list.getFirst().rules().currency();
    }

    /** The first day that a version holds on. */
    LocalDate since(Version version) {
        return LocalDate.ofInstant(version.from(), zone());
    }

    /** Every wallet, as the last version has it: none ever goes. */
    List<WalletRules> wallets() {
        return list.getLast().rules().wallets();
    }

    /** The levels of the last version, from the lowest. */
    List<TierId> levels() {
        return list.getLast()
                .rules()
                .tiers()
                .map(tiers -> tiers.levels().stream().map(TierLevel::id).toList())
                .orElse(List.of());
    }
}
