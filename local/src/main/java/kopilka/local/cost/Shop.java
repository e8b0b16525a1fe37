package kopilka.local.cost;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A shop's month, and what has to be assumed about it: whole numbers, by the name of the option that gives each.
 *
 * @param numbers all of them
 */
record Shop(Map<String, BigInteger> numbers) {
    /** What may be said of a shop, with what holds where nothing is said, and what it is. */
    enum Input {
        ORDERS("orders", 0, "orders paid in a month"),
        LINES("lines", 5, "lines of an order, on average"),
        QUEUED("queued", 0, "of 100 orders come through the queue and not through the API"),
        DUE(
                "due",
                0,
                "of 100 orders earn what is due next in their account, which moves it in the index of what is due"),
        REFUNDS("refunds", 0, "refunds and cancellations in a month"),
        REDEMPTIONS("redemptions", 0, "payments with points in a month: a hold, and a capture or a void"),
        QUOTES("quotes", 0, "baskets that are quoted in a month"),
        BALANCES("balances", 0, "balances that are read in a month"),
        JOINS("joins", 0, "members that join in a month"),
        MEMBERS("members", 0, "members that there are"),
        SETTLED(
                "settled",
                0,
                "accounts that the sweep settles in a month: what matured or expired and nobody touched since"),
        KEYED("keyed", 0, "of 100 writes carry an Idempotency-Key"),
        MONTHS("months", 12, "months of such postings that are kept"),
        MILLIS("millis", 15, "milliseconds that a request is billed for, the function being there"),
        COLD("cold", 5, "of 1,000 invocations find no function there"),
        COLD_MILLIS("cold-millis", 600, "milliseconds that such a one is billed for on top"),
        MEMORY("memory", 0, "MB of a function; 0 is what template.yaml says"),
        KEYS("keys", 1, "API keys in use, each at any minute"),
        ENVIRONMENTS("environments", 4, "functions that are awake at any time");

        private final String option;
        private final long otherwise;
        private final String what;

        Input(String option, long otherwise, String what) {
            this.option = option;
            this.otherwise = otherwise;
            this.what = what;
        }

        /** As the command line has it, without its dashes. */
        String option() {
            return option;
        }

        /** What holds where nothing is said. */
        long otherwise() {
            return otherwise;
        }

        /** What it counts. */
        String what() {
            return what;
        }
    }

    private static final BigInteger MOST = BigInteger.TEN.pow(15);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    /** Refuses shares above the whole. */
    Shop {
        numbers = Map.copyOf(numbers);
        numbers.forEach((option, number) -> {
            if (number.signum() < 0 || number.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(
                        "--" + option + " needs a number from 0 to a thousand million million");
            }
        });
        share(numbers, Input.QUEUED, HUNDRED);
        share(numbers, Input.DUE, HUNDRED);
        share(numbers, Input.KEYED, HUNDRED);
        share(numbers, Input.COLD, THOUSAND);
    }

    private static void share(Map<String, BigInteger> numbers, Input number, BigInteger whole) {
        if (numbers.getOrDefault(number.option(), BigInteger.ZERO).compareTo(whole) > 0) {
            throw new IllegalArgumentException("--" + number.option() + " is a share of " + whole);
        }
    }

    /** A shop as a command line describes it: {@code --orders 30000 --refunds 900}. */
    static Shop parse(List<String> arguments) {
        Map<String, BigInteger> numbers = new LinkedHashMap<>();
        for (int at = 0; at < arguments.size(); at += 2) {
            String option = arguments.get(at);
            String name = option.startsWith("--") ? option.substring(2) : "";
            boolean known = List.of(Input.values()).stream()
                    .anyMatch(number -> number.option().equals(name));
            if (!known) {
                throw new IllegalArgumentException("cost knows no " + option);
            }
            if (at + 1 == arguments.size() || !arguments.get(at + 1).matches("[0-9]{1,16}")) {
                throw new IllegalArgumentException(option + " needs a whole number");
            }
            if (numbers.put(name, new BigInteger(arguments.get(at + 1))) != null) {
                throw new IllegalArgumentException(option + " stands there twice");
            }
        }
        return new Shop(numbers);
    }

    /** The same shop but for one number. */
    Shop with(Input number, long value) {
        Map<String, BigInteger> others = new LinkedHashMap<>(numbers);
        others.put(number.option(), BigInteger.valueOf(value));
        return new Shop(others);
    }

    /** What was said, or what holds otherwise. */
    BigInteger number(Input number) {
        return Objects.requireNonNull(numbers.getOrDefault(number.option(), BigInteger.valueOf(number.otherwise())));
    }
}
