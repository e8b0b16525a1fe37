package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import kopilka.local.simulation.Command.Back;
import kopilka.local.simulation.Command.Basket;
import kopilka.local.simulation.Command.Line;
import kopilka.local.simulation.Rules.Fraction;
import kopilka.local.simulation.Rules.Life;
import kopilka.local.simulation.Rules.Referral;
import kopilka.local.simulation.Rules.Shortfall;

/**
 * Draws rules and commands from a seed. Ids come from small pools, so that commands meet each other: the same one again, the
 * same name with other content, another member's order, a redemption that is over. Most commands make sense where they
 * stand, or all would be refused.
 */
final class RandomShop {
    private static final List<String> ZONES =
            List.of("Europe/Kyiv", "Asia/Almaty", "America/St_Johns", "Pacific/Auckland", "America/Havana", "UTC");
    private static final List<String> CATEGORIES = List.of("", "", "premium", "alcohol");

    private final SplittableRandom random;
    private final String program;
    private final String currency;
    private final int members;
    private final int orders;
    private final int redemptions;
    private final List<Command> before = new ArrayList<>();

    RandomShop(SplittableRandom random, String program) {
        this.random = random;
        this.program = program;
        this.currency = pick(List.of("EUR", "JPY", "KWD"));
        this.members = 2 + random.nextInt(5);
        this.orders = 20 + random.nextInt(100);
        this.redemptions = 20 + random.nextInt(100);
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    // --- rules ---

    Rules rules() {
        boolean forGood = chance(15);
        boolean days = chance(50);
        return new Rules(
                currency,
                ZoneId.of(pick(ZONES)),
                rate(),
                chance(60) ? Map.of("premium", rate(), "alcohol", new Fraction(0, 1)) : Map.of(),
                chance(40) ? random.nextLong(4_000) : 0,
                chance(30) ? OptionalLong.of(1 + random.nextLong(120)) : OptionalLong.empty(),
                chance(40),
                chance(40),
                chance(60),
                chance(40),
                chance(30),
                chance(40),
                chance(45),
                chance(30) ? 0 : random.nextInt(chance(70) ? 4 : 20),
                forGood
                        ? new Life(0, 0, false)
                        : days
                                ? new Life(1 + random.nextInt(40), 0, chance(30))
                                : new Life(0, 1 + random.nextInt(3), chance(30)),
                pick(List.of(1L, 3L, 100L)),
                pick(List.of(1L, 7L, 100L)),
                1 + random.nextLong(chance(50) ? 1 : 30),
                chance(50) ? 10_000 : 1 + random.nextInt(10_000),
                chance(50) ? 30 : 1 + random.nextLong(7 * 24 * 60),
                pick(List.of(Shortfall.values())),
                random.nextLong(60),
                chance(50) ? 0 : 1 + random.nextInt(30),
                chance(70)
                        ? Optional.of(
                                new Referral(random.nextLong(60), random.nextLong(60), 1 + random.nextLong(3_000)))
                        : Optional.empty());
    }

    private Fraction rate() {
        return new Fraction(1 + random.nextLong(20), pick(List.of(1L, 3L, 7L, 100L, 100L, 100L, 330L)));
    }

    // --- commands ---

    private String member() {
        return chance(1) ? "nobody" : "m-" + random.nextInt(members);
    }

    private String order() {
        return chance(4) ? pick(List.of("Aa", "BB")) : "A-" + random.nextInt(orders);
    }

    /** The order paid last: what pays for it may still be open. */
    private String latest() {
        List<Command.Pay> paid = told(Command.Pay.class);
        return paid.isEmpty() ? order() : paid.getLast().order();
    }

    private String redemption() {
        return "H-" + random.nextInt(redemptions);
    }

    private <C extends Command> List<C> told(Class<C> kind) {
        return before.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A moment near now: mostly a little earlier, sometimes long ago or ahead. */
    private Instant near(Instant now) {
        int kind = random.nextInt(100);
        if (kind < 1) {
            return Instant.parse("1989-12-31T23:59:59Z");
        }
        if (kind < 3) {
            return now.plus(Duration.ofHours(20 + random.nextLong(10)));
        }
        return kind < 15
                ? now.minus(Duration.ofHours(random.nextLong(24 * 50)))
                : now.minus(Duration.ofMinutes(random.nextLong(3_000)));
    }

    /** Moves the clock: mostly on by minutes or hours, sometimes by weeks, to the start of a day, or back. */
    Instant later(Instant now, ZoneId zone) {
        int kind = random.nextInt(100);
        if (kind < 70) {
            return now.plusSeconds(random.nextLong(1_200));
        }
        if (kind < 86) {
            return now.plus(Duration.ofHours(random.nextLong(16)));
        }
        if (kind < 92) {
            LocalDate tomorrow = LocalDate.ofInstant(now, zone).plusDays(1 + random.nextInt(3));
            return tomorrow.atStartOfDay(zone).toInstant().minusNanos(random.nextInt(2));
        }
        return kind < 96
                ? now.plus(Duration.ofDays(random.nextLong(30)))
                : now.minus(Duration.ofHours(random.nextLong(24 * 3)));
    }

    /** Those who are there from the start; the last one comes later, if at all. */
    List<Command> opening() {
        List<Command> opening = new ArrayList<>();
        for (int i = 0; i < members - 1; i++) {
            opening.add(new Command.Enrol(program, "m-" + i));
        }
        opening.add(new Command.IssueCode(program, "m-0", "C0"));
        for (int i = 1; i < members - 1; i++) {
            if (chance(60)) {
                opening.add(new Command.Attach(program, "m-" + i, "C0"));
            }
        }
        before.addAll(opening);
        return opening;
    }

    private Command.Enrol enrol() {
        return new Command.Enrol(program, "m-" + random.nextInt(members));
    }

    /** Something that somebody asks for, who can look at accounts. */
    Command next(Instant now, Function<String, Optional<Picture>> look) {
        Command command = !before.isEmpty() && chance(3) ? pick(before) : draw(now, look);
        before.add(command);
        return command;
    }

    private Command draw(Instant now, Function<String, Optional<Picture>> look) {
        String member = member();
        int kind = random.nextInt(1_000);
        if (kind < 30) {
            return enrol();
        }
        if (kind < 32) {
            return new Command.Leave(program, member);
        }
        if (kind < 50) {
            return new Command.Place(program, member, order(), near(now), basket(member));
        }
        if (kind < 300) {
            return new Command.Pay(program, member, order(), near(now), basket(member));
        }
        if (kind < 390) {
            String order = order();
            return new Command.Deliver(program, payer(member, order), order, near(now));
        }
        if (kind < 430) {
            String order = chance(50) ? latest() : order();
            return new Command.Cancel(program, payer(member, order), order, near(now));
        }
        if (kind < 590) {
            return refund(member, now);
        }
        if (kind < 750) {
            return hold(member, look.apply(member).map(RandomShop::available).orElse(0L));
        }
        if (kind < 890) {
            return endOfHold(member, look);
        }
        if (kind < 930) {
            return new Command.IssueCode(program, member, "C" + random.nextInt(members * 2));
        }
        List<Command.IssueCode> codes = told(Command.IssueCode.class);
        String code = codes.isEmpty() || chance(10)
                ? "C" + random.nextInt(members * 2)
                : pick(codes).code();
        return new Command.Attach(program, member, code);
    }

    private static long available(Picture picture) {
        return picture.available().values().stream().mapToLong(Long::longValue).sum();
    }

    private Command hold(String member, long available) {
        return new Command.Hold(
                program,
                member,
                redemption(),
                available == 0 || chance(15)
                        ? random.nextLong(500)
                        : chance(50) ? available : 1 + random.nextLong(available),
                chance(2) ? "USD" : currency,
                chance(20) ? random.nextLong(10_000) : 100_000 + random.nextLong(10_000_000),
                chance(60) ? OptionalLong.empty() : OptionalLong.of(1 + random.nextLong(7 * 24 * 60 + 60)));
    }

    private Command endOfHold(String drawn, Function<String, Optional<Picture>> look) {
        Map<String, String> open = new TreeMap<>();
        for (int i = 0; i < members; i++) {
            String member = "m-" + i;
            look.apply(member).ifPresent(seen -> seen.holds().keySet().forEach(held -> open.put(held, member)));
        }
        boolean blind = open.isEmpty() || chance(12);
        String redemption = blind ? redemption() : pick(List.copyOf(open.keySet()));
        String member = blind || chance(5) ? drawn : open.getOrDefault(redemption, drawn);
        if (chance(20)) {
            return new Command.VoidHold(program, member, redemption);
        }
        return new Command.Capture(
                program, member, redemption, chance(60) ? OptionalLong.empty() : OptionalLong.of(random.nextLong(60)));
    }

    private Optional<Command.Pay> payment(String order) {
        return told(Command.Pay.class).stream()
                .filter(pay -> pay.order().equals(order))
                .findFirst();
    }

    /** Mostly who paid an order, and sometimes that member where nobody has yet. */
    private String payer(String member, String order) {
        return chance(92) ? payment(order).map(Command.Pay::member).orElse(member) : member;
    }

    private Command refund(String member, Instant now) {
        List<Command.Pay> paid = told(Command.Pay.class);
        String order = chance(20)
                ? latest()
                : paid.isEmpty() || chance(20) ? order() : pick(paid).order();
        List<String> ids = chance(92)
                ? payment(order)
                        .map(pay -> pay.basket().lines().stream().map(Line::id).toList())
                        .orElse(List.of("1"))
                : List.of("1", "2", "3", "4");
        List<Back> lines = new ArrayList<>();
        int count = chance(30) || ids.isEmpty() ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            lines.add(new Back(
                    pick(ids),
                    chance(60) ? 1_000 : 1 + random.nextLong(3_000),
                    chance(75) ? OptionalLong.empty() : OptionalLong.of(random.nextLong(2_000))));
        }
        return new Command.Refund(
                program,
                payer(member, order),
                order,
                "R-" + random.nextInt(6),
                near(now),
                chance(2) ? "USD" : currency,
                lines,
                chance(20) ? random.nextLong(600) : 0,
                lines.isEmpty() || chance(20) ? random.nextLong(chance(80) ? 3_000 : 60_000) : 0);
    }

    private Basket basket(String member) {
        List<Line> lines = new ArrayList<>();
        int count = chance(1) ? 0 : 1 + random.nextInt(4);
        long goods = 0;
        for (int i = 1; i <= count; i++) {
            long total = chance(8) ? 0 : random.nextLong(chance(80) ? 3_000 : 60_000);
            String id = chance(1) ? "1" : String.valueOf(i);
            lines.add(new Line(
                    id,
                    pick(CATEGORIES),
                    chance(70) ? 1_000 * (1 + random.nextLong(4)) : 1 + random.nextLong(5_000),
                    total,
                    chance(80) ? 0 : 1 + random.nextLong(500),
                    chance(10)));
            goods += total;
        }
        long delivery = chance(50) ? 0 : random.nextLong(900);
        long tax = chance(60) ? 0 : random.nextLong(1_500);
        long discount = chance(60) ? 0 : chance(3) ? goods + 1 : chance(8) ? goods : random.nextLong(goods / 2 + 1);
        long total = Math.max(0, goods + delivery + tax - discount) + (chance(2) ? 1 : 0);
        SortedMap<String, Long> paidByPoints = new TreeMap<>();
        int parts = chance(50) ? 0 : 1 + random.nextInt(2);
        List<String> theirs = before.stream()
                .filter(command -> command.member().equals(member))
                .flatMap(command -> switch (command) {
                    case Command.Hold hold -> Stream.of(hold.redemption());
                    case Command.Capture capture -> Stream.of(capture.redemption());
                    default -> Stream.<String>of();
                })
                .toList();
        for (int i = 0; i < parts; i++) {
            String redemption = theirs.isEmpty() || chance(15)
                    ? redemption()
                    : theirs.get(Math.max(0, theirs.size() - 1 - random.nextInt(3)));
            paidByPoints.put(redemption, random.nextLong(chance(95) ? total / 2 + 1 : total + 2));
        }
        return new Basket(chance(2) ? "USD" : currency, lines, delivery, tax, discount, total, paidByPoints);
    }
}
