package kopilka.lambda.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import kopilka.earning.Earning;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/** How explanations put figures into English. */
final class Words {
    private Words() {}

    static String points(long points) {
        return points == 1 ? "1 point" : points + " points";
    }

    /** An amount of any size: that of a rate may be larger than any order's. */
    static String money(long minor, Currency currency) {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString() + " "
                + currency.getCurrencyCode();
    }

    static String list(List<String> items) {
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /**
     * A rate as a shop would put it: per whole unit of the currency where that gives whole points, as {@code 2 points per
     * 1.00 EUR}; amounts such as 0.10 or 10.00 stay as they are.
     */
    static String rate(Rate rate, Currency currency) {
        if (rate.points() == 0) {
            return "no points";
        }
        long unit = 1;
        for (int i = 0; i < currency.getDefaultFractionDigits(); i++) {
            unit *= 10;
        }
        boolean round = isPowerOfTen(rate.perMinor()) || unit % rate.perMinor() != 0;
        long factor = round ? 1 : unit / rate.perMinor();
        return points(rate.points() * factor) + " per " + money(rate.perMinor() * factor, currency);
    }

    /** A rate into a wallet: of money, it is a percentage. */
    static String rate(Rate rate, WalletId wallet, Program rules) {
        return isMoney(wallet, rules) ? percent(rate) : rate(rate, rules.currency());
    }

    /** Whether a wallet holds money; of one that is not there any more, nothing is known but points. */
    static boolean isMoney(WalletId wallet, Program rules) {
        return rules.wallet(wallet)
                .filter(known -> known.unit() == WalletRules.Unit.MONEY)
                .isPresent();
    }

    /** A rate into a wallet of money, as a percentage: exactly, or to four decimals. */
    private static String percent(Rate rate) {
        BigDecimal hundred = BigDecimal.valueOf(rate.points()).movePointRight(2);
        return hundred.divide(BigDecimal.valueOf(rate.perMinor()), 4, RoundingMode.DOWN)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    /** A factor in ten-thousandths, such as {@code 1.5}. */
    static String factor(long tenThousandths) {
        return BigDecimal.valueOf(tenThousandths, 4).stripTrailingZeros().toPlainString();
    }

    private static boolean isPowerOfTen(long number) {
        long rest = number;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    static String excluded(Earning.Excluded.What what) {
        return switch (what) {
            case DELIVERY -> "the delivery";
            case TAX -> "the tax";
            case DISCOUNTED_LINES -> "discounted lines";
            case GIFT_VOUCHERS -> "gift vouchers";
            case PAID_WITH_POINTS -> "the part paid with points";
            case BELOW_MINIMUM -> "the goods";
        };
    }
}
