package kopilka.programmes;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a page's third column says. */
final class Then {
    private static final String UNITS = "((?:no|\\d{1,10}(?:\\.\\d{2})?) [a-z][a-z0-9_]*)";
    private static final String MONEY = "(\\d{1,10}\\.\\d{2})";
    private static final String ID = "([a-z][a-z0-9_-]{0,63})";

    /** Commas that stand in no label. */
    private static final Pattern BETWEEN = Pattern.compile(", (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private final Map<Pattern, Function<MatchResult, Claim>> sentences = new LinkedHashMap<>();

    Then(Wallets wallets) {
        is("nothing moves", found -> new Claim.NothingMoves());
        is("earns " + UNITS, found -> new Claim.Earns(wallets.units(found.group(1))));
        is("would earn " + UNITS, found -> new Claim.WouldEarn(wallets.units(found.group(1))));
        is(UNITS + " taken back", found -> new Claim.TakenBack(wallets.units(found.group(1))));
        is(UNITS + " given back", found -> new Claim.GivenBack(wallets.units(found.group(1))));
        is(UNITS + " written off", found -> new Claim.WrittenOff(wallets.units(found.group(1))));
        is(MONEY + " kept back from the refund", found -> new Claim.KeptBack(new BigDecimal(found.group(1))));
        is("refund of " + MONEY, found -> new Claim.RefundOf(new BigDecimal(found.group(1))));
        is("pays " + MONEY, found -> new Claim.Pays(new BigDecimal(found.group(1))));
        is("would pay " + MONEY, found -> new Claim.WouldPay(new BigDecimal(found.group(1))));
        is(
                "discount " + MONEY + " by " + ID,
                found -> new Claim.Discount(new BigDecimal(found.group(1)), found.group(2)));
        is(
                "gets (free delivery|early access|support)",
                found -> new Claim.Gets(found.group(1).replace(' ', '_'), Optional.empty()));
        is("gets a gift: \"([^\"]+)\"", found -> new Claim.Gets("gift", Optional.of(found.group(1))));
        is("gets \"([^\"]+)\"", found -> new Claim.Gets("label", Optional.of(found.group(1))));
        is("can pay no ([a-z][a-z0-9_]*)", found -> new Claim.CanPay(wallets.units("no " + found.group(1))));
        is("can pay up to " + UNITS, found -> new Claim.CanPay(wallets.units(found.group(1))));
        is(MONEY + " more for " + ID, found -> new Claim.MoreFor(new BigDecimal(found.group(1)), found.group(2)));
        is(
                "refused: ([a-z]+(?: [a-z]+)*)",
                found -> new Claim.Refused(found.group(1).replace(' ', '_')));
        is("owes " + UNITS, found -> new Claim.Owes(wallets.units(found.group(1))));
        is(UNITS + " available", found -> new Claim.Available(wallets.units(found.group(1))));
        is(UNITS + " pending", found -> new Claim.Pending(wallets.units(found.group(1))));
        is(
                UNITS + " until (\\d{4}-\\d{2}-\\d{2})",
                found -> new Claim.Until(wallets.units(found.group(1)), day(found.group(2))));
        is("tier " + ID, found -> new Claim.Tier(found.group(1)));
    }

    private void is(String sentence, Function<MatchResult, Claim> claim) {
        sentences.put(Pattern.compile(sentence), claim);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            throw new Unreadable("no day: " + text);
        }
    }

    /**
     * Reads a cell.
     *
     * @throws Unreadable if a part is none of the sentences, or is said twice
     */
    List<Claim> read(String cell) {
        List<Claim> claims = new ArrayList<>();
        for (String part : BETWEEN.split(cell, -1)) {
            Claim claim = one(part);
            if (claims.contains(claim)) {
                throw new Unreadable("said twice: " + part);
            }
            claims.add(claim);
        }
        return claims;
    }

    private Claim one(String part) {
        for (Map.Entry<Pattern, Function<MatchResult, Claim>> sentence : sentences.entrySet()) {
            Matcher found = sentence.getKey().matcher(part);
            if (found.matches()) {
                return sentence.getValue().apply(found);
            }
        }
        throw new Unreadable("nothing that can be said of it: " + part);
    }
}
