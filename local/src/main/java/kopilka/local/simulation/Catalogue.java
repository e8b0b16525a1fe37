package kopilka.local.simulation;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.local.simulation.Command.Basket;

/** Draws rules of programs, and what is in baskets. */
final class Catalogue {
    /** Clocks that go forward and back in either half of the year, at a quarter to, at half past, or never. */
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Kyiv"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("America/Santiago"),
            ZoneId.of("Pacific/Kiritimati"));

    /** With two decimals, none and three. */
    private static final Map<String, Long> CURRENCIES = new TreeMap<>(Map.of("EUR", 100L, "JPY", 1L, "KWD", 1000L));

    private static final List<String> CATEGORIES = List.of("", "", "premium", "books");

    private final Chance chance;

    Catalogue(Chance chance) {
        this.chance = chance;
    }

    static List<ZoneId> zones() {
        return ZONES;
    }

    /** Minor units in one of a currency. */
    static long unit(String currency) {
        return CURRENCIES.getOrDefault(currency, 100L);
    }

    ZoneId zone() {
        return chance.of(ZONES);
    }

    String currency() {
        return chance.of(List.copyOf(CURRENCIES.keySet()));
    }

    /** Rules of a program that counts in this currency, in the days of this zone. */
    Rules rules(String currency, ZoneId zone) {
        long unit = unit(currency);
        Map<String, Rules.Fraction> categories = new HashMap<>();
        if (chance.in100(60)) {
            categories.put("premium", new Rules.Fraction(chance.from(2L, 7L), unit));
        }
        return new Rules(
                currency,
                zone,
                new Rules.Fraction(
                        chance.of(1L, 2L, 3L, 10L), chance.of(unit, unit * 3 / 2 + 1, Math.max(1, unit / 3))),
                categories,
                chance.in100(70) ? 0 : 10 * unit,
                chance.in100(75) ? OptionalLong.empty() : OptionalLong.of(chance.from(5L, 150L)),
                chance.in100(30),
                chance.in100(30),
                chance.in100(70),
                chance.in100(30),
                chance.in100(40),
                chance.in100(40),
                chance.in100(35),
                chance.of(0, 0, 1, 3, 14),
                life(),
                chance.of(1L, 3L, 100L),
                chance.of(1L, 2L, unit),
                chance.of(1L, 1L, 5L),
                chance.of(10_000, 10_000, 5_000, 1_500),
                chance.of(1L, 30L, 600L, 10_080L),
                chance.of(Rules.Shortfall.values()),
                chance.of(0L, 7L, 500L),
                chance.of(0, 0, 3, 30),
                chance.in100(75)
                        ? Optional.of(new Rules.Referral(
                                chance.of(0L, 10L, 50L), chance.of(0L, 5L, 50L), chance.of(1L, 10 * unit)))
                        : Optional.empty());
    }

    private Rules.Life life() {
        return switch (chance.from(0, 4)) {
            case 0 -> new Rules.Life(0, 0, false);
            case 1 -> new Rules.Life(chance.of(1, 2, 5), 0, false);
            case 2 -> new Rules.Life(chance.from(10, 60), 0, chance.in100(50));
            case 3 -> new Rules.Life(0, 1, chance.in100(50));
            default -> new Rules.Life(0, 12, chance.in100(50));
        };
    }

    private long price(String currency) {
        long unit = unit(currency);
        return unit == 1 ? chance.from(0L, 4_000L) : chance.from(0L, 60L) * unit + chance.from(0L, unit - 1);
    }

    /** A basket that adds up. */
    Basket basket(String currency, List<String> redemptions) {
        List<Command.Line> lines = new ArrayList<>();
        long goods = 0;
        int count = chance.from(1, 3);
        for (int i = 1; i <= count; i++) {
            long total = price(currency);
            goods += total;
            lines.add(new Command.Line(
                    "l" + i,
                    chance.of(CATEGORIES),
                    chance.of(1_000L, 1_000L, 2_000L, 3_000L, 1_500L, 333L),
                    total,
                    chance.in100(20) ? 1 + price(currency) / 4 : 0,
                    chance.in100(10)));
        }
        long delivery = chance.in100(30) ? price(currency) / 8 : 0;
        long tax = chance.in100(25) ? goods / 5 : 0;
        long discount = chance.in100(25) ? chance.from(0L, goods) / chance.of(1, 4) : 0;
        long total = goods + delivery + tax - discount;
        SortedMap<String, Long> paid = new TreeMap<>();
        long left = total;
        for (String redemption : redemptions) {
            long part = left == 0 ? 0 : chance.from(1L, left);
            if (part > 0) {
                paid.put(redemption, part);
                left -= part;
            }
        }
        return new Basket(currency, lines, delivery, tax, discount, total, paid);
    }

    /** A basket with something wrong about it. */
    Basket contradicts(Basket basket) {
        return switch (chance.from(0, 4)) {
            case 0 ->
                new Basket(
                        basket.currency(),
                        List.of(),
                        basket.delivery(),
                        basket.tax(),
                        0,
                        basket.total(),
                        new TreeMap<>());
            case 1 -> {
                List<Command.Line> twice = new ArrayList<>(basket.lines());
                twice.add(basket.lines().getFirst());
                yield new Basket(
                        basket.currency(),
                        twice,
                        basket.delivery(),
                        basket.tax(),
                        basket.discount(),
                        basket.total(),
                        new TreeMap<>());
            }
            case 2 ->
                new Basket(
                        basket.currency(),
                        basket.lines(),
                        basket.delivery(),
                        basket.tax(),
                        basket.discount(),
                        basket.total() + 1,
                        new TreeMap<>());
            case 3 -> {
                long goods =
                        basket.lines().stream().mapToLong(Command.Line::total).sum();
                long more = goods + 1;
                long delivery = basket.delivery() + more;
                yield new Basket(
                        basket.currency(),
                        basket.lines(),
                        delivery,
                        basket.tax(),
                        more,
                        goods + delivery + basket.tax() - more,
                        new TreeMap<>());
            }
            default ->
                new Basket(
                        basket.currency().equals("EUR") ? "JPY" : "EUR",
                        basket.lines(),
                        basket.delivery(),
                        basket.tax(),
                        basket.discount(),
                        basket.total(),
                        basket.paidByPoints());
        };
    }
}
