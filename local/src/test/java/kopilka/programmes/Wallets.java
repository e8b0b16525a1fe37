package kopilka.programmes;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wallets of a programme, as far as its page has to know them.
 *
 * @param money whether a wallet holds money, by its id
 */
record Wallets(Map<String, Boolean> money) {
    private static final Pattern UNITS = Pattern.compile("(no|\\d{1,10}(?:\\.\\d{2})?) ([a-z][a-z0-9_]*)");

    Wallets {
        money = Map.copyOf(money);
    }

    /**
     * Reads an amount: {@code 94 points}, {@code 1 point}, {@code no points}, {@code 2.35 cashback}.
     *
     * @throws Unreadable if there is no such wallet, or it counts otherwise
     */
    Units units(String text) {
        Matcher found = UNITS.matcher(text);
        if (!found.matches()) {
            throw new Unreadable("an amount is as in \"94 points\": " + text);
        }
        String wallet = found.group(2);
        if (!money.containsKey(wallet) && found.group(1).equals("1")) {
            wallet += "s";
        }
        Boolean holdsMoney = money.get(wallet);
        if (holdsMoney == null) {
            throw new Unreadable("the programme has no wallet " + found.group(2) + ": " + text);
        }
        if (found.group(1).equals("no")) {
            return Units.of(0, holdsMoney, wallet);
        }
        Units units = new Units(new BigDecimal(found.group(1)), wallet);
        if (units.isMoney() != holdsMoney) {
            throw new Unreadable((holdsMoney ? "money has two decimals: " : "there are no parts of these: ") + text);
        }
        return units;
    }
}
