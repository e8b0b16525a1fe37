package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import kopilka.local.simulation.Command.Back;
import kopilka.local.simulation.Command.Basket;
import kopilka.local.simulation.Step.Delivery;
import kopilka.local.simulation.Step.Message;
import org.jspecify.annotations.Nullable;

/**
 * Draws a history from a seed, step by step. It looks at the model to ask for what is of interest just then: captures of what is
 * held, refunds of lines that there are, moments at which something is due. Now and then it asks for nonsense.
 */
final class Generator {
    /** What a history is good for, beyond what is checked at each step. */
    enum Kind {
        /** Whatever may go wrong. */
        WILD,
        /** Clocks go forward only: it must end the same without any sweep, and each program alone. */
        STEADY,
        /** Events of orders at one moment: they must end the same in any sequence. */
        SHUFFLED
    }

    private static final int CONTAINERS = 3;
    private static final List<String> NAMES =
            List.of("anna", "boris", "clara", "dan", "eva", "finn", "greta", "hugo", "ida", "jan");
    private static final List<String> PROGRAMS = List.of("tea", "books", "shoes");

    private final Chance chance;
    private final Catalogue catalogue;
    private final Kind kind;
    private final int lost;
    private final int doubled;
    private final int troubled;
    private final int together;
    private final Deque<Step> planned = new ArrayDeque<>();
    private final List<Late> late = new ArrayList<>();
    private final List<Message> sent = new ArrayList<>();
    private final Map<String, Shop> shops = new TreeMap<>();
    private int step;

    /** A message that comes again. */
    private record Late(int step, Message message) {}

    /** An order of which something was heard. */
    private record Known(String member, String order, Basket basket, Instant at) {}

    /** A redemption of which something was heard. */
    private record Redeemed(String member, String redemption, long points) {}

    /** What goes on in a program. */
    private static final class Shop {
        private final String program;
        private final String currency;
        private final ZoneId zone;
        private final List<Known> orders = new ArrayList<>();
        private final List<Redeemed> redemptions = new ArrayList<>();
        private final List<Redeemed> captured = new ArrayList<>();
        private final List<String> codes = new ArrayList<>();
        private int members;
        private final Map<String, Integer> counts = new HashMap<>();
        private Rules rules;

        Shop(String program, Rules rules) {
            this.program = program;
            this.currency = rules.currency();
            this.zone = rules.zone();
            this.rules = rules;
        }

        String next(String what) {
            return what + counts.merge(what, 1, Integer::sum);
        }
    }

    Generator(long seed, int steps) {
        chance = new Chance(seed);
        catalogue = new Catalogue(chance);
        kind = chance.in100(75) ? Kind.WILD : chance.of(Kind.STEADY, Kind.SHUFFLED);
        lost = chance.from(0, 40);
        doubled = chance.from(0, 60);
        troubled = chance.of(10, 60, 90);
        together = chance.of(10, 40, 70);
        int count = chance.from(kind == Kind.SHUFFLED ? 1 : 2, 3);
        for (String program : PROGRAMS.subList(0, count)) {
            Rules rules = catalogue.rules(catalogue.currency(), catalogue.zone());
            Shop shop = new Shop(program, rules);
            shops.put(program, shop);
            planned.add(new Step.Publish(program, rules, Instant.EPOCH));
            int members = chance.from(1, 4);
            for (int i = 0; i < members; i++) {
                planned.add(handled(new Message.Ask(new Command.Enrol(program, newcomer(shop)))));
            }
        }
        if (kind == Kind.SHUFFLED) {
            shuffled(steps);
        }
    }

    Kind kind() {
        return kind;
    }

    private static String newcomer(Shop shop) {
        shop.members++;
        return NAMES.get((shop.members - 1) % NAMES.size()) + (shop.members > NAMES.size() ? "2" : "");
    }

    private String member(Shop shop) {
        return chance.in100(1) ? "nobody" : NAMES.get(chance.from(0, Math.min(NAMES.size(), shop.members) - 1));
    }

    /** The next step, or null where a history of this kind has come to its end. */
    @Nullable
    Step next(World world) {
        step++;
        if (!planned.isEmpty()) {
            return planned.removeFirst();
        }
        if (kind == Kind.SHUFFLED) {
            return null;
        }
        int drawn = chance.from(0, 99);
        if (drawn < 14) {
            return new Step.Clock(moment(world));
        }
        if (drawn < 17 && kind == Kind.WILD) {
            return new Step.Skew(
                    chance.from(0, CONTAINERS - 1),
                    chance.of(Duration.ZERO, Duration.ofSeconds(-40), Duration.ofMinutes(7), Duration.ofHours(-30)));
        }
        if (drawn < 19) {
            Shop shop = chance.of(List.copyOf(shops.values()));
            shop.rules = catalogue.rules(shop.currency, shop.zone);
            return new Step.Publish(shop.program, shop.rules, world.now());
        }
        if (drawn < 24) {
            return new Step.Sweep(chance.from(0, CONTAINERS - 1), kind == Kind.WILD ? faults() : new TreeMap<>());
        }
        if (drawn < 29) {
            Shop shop = chance.of(List.copyOf(shops.values()));
            return new Step.Look(chance.from(0, CONTAINERS - 1), shop.program, member(shop));
        }
        Message message = message(world);
        if (chance.in100(lost)) {
            late.add(new Late(step + chance.from(1, 60), message));
            return new Step.Lose(message);
        }
        return round(world, message);
    }

    // --- delivering ---

    private Step.Round handled(Message message) {
        return new Step.Round(List.of(new Delivery(0, 0, message, new TreeMap<>())), List.of());
    }

    private Step.Round round(World world, Message first) {
        List<Delivery> deliveries = new ArrayList<>();
        boolean checkout = first instanceof Message.Ask(Command.Hold hold);
        if (chance.in100(checkout ? Math.max(together, 50) : together)) {
            int others = chance.from(1, 2);
            for (int label = 1; label <= others; label++) {
                deliveries.add(delivery(label, chance.in100(checkout ? 70 : 40) ? first : message(world)));
            }
        }
        boolean twice = deliveries.stream().anyMatch(other -> other.message().equals(first));
        Delivery own = delivery(0, first);
        if (twice && chance.in100(30)) {
            // Somebody else does it just between the two halves of a read.
            SortedMap<Integer, Mishap> torn = new TreeMap<>(own.faults());
            torn.put(1, Mishap.TORN_READ);
            own = new Delivery(own.label(), own.container(), own.message(), torn);
        }
        deliveries.addFirst(own);
        return new Step.Round(List.copyOf(deliveries), deliveries.size() == 1 ? List.of() : turns(deliveries.size()));
    }

    /** Who goes on at each call: now this one and now that, some of them for a while. */
    private List<Integer> turns(int count) {
        List<Integer> turns = new ArrayList<>();
        int longest = chance.of(1, 3, 6);
        int changes = chance.from(2, 10);
        for (int i = 0; i < changes; i++) {
            int label = chance.from(0, count - 1);
            int times = chance.from(1, longest);
            for (int j = 0; j < times; j++) {
                turns.add(label);
            }
        }
        return List.copyOf(turns);
    }

    private Delivery delivery(int label, Message message) {
        if (!sent.contains(message)) {
            sent.add(message);
        }
        if (chance.in100(doubled)) {
            late.add(new Late(step + chance.of(1, 2, 5, 40, 150), message));
        }
        return new Delivery(label, chance.from(0, CONTAINERS - 1), message, faults());
    }

    private SortedMap<Integer, Mishap> faults() {
        SortedMap<Integer, Mishap> faults = new TreeMap<>();
        if (chance.in100(troubled)) {
            int count = chance.of(1, 2, 3, 5);
            for (int i = 0; i < count; i++) {
                Mishap fault = chance.of(Mishap.values());
                if (kind == Kind.WILD || fault.jump().isZero()) {
                    faults.put(chance.in100(60) ? chance.from(1, 2) : chance.from(3, 8), fault);
                }
            }
        }
        return faults;
    }

    // --- time ---

    private Instant moment(World world) {
        Instant now = world.now();
        int drawn = chance.from(0, 99);
        if (drawn < 35) {
            return now.plus(Duration.ofSeconds(chance.from(1, 7_200)));
        }
        if (drawn < 50) {
            return now.plus(Duration.ofHours(chance.from(1, 72)));
        }
        if (drawn < 60) {
            return now.plus(Duration.ofDays(chance.of(5, 14, 31)));
        }
        if (drawn < 62) {
            return now.plus(Duration.ofDays(chance.of(120, 365)));
        }
        if (drawn < 70) {
            var change = chance.of(Catalogue.zones()).getRules().nextTransition(now);
            return change == null
                    ? now.plusSeconds(60)
                    : change.getInstant().plusSeconds(chance.of(-1800, -1, 0, 1, 1800));
        }
        if (drawn < 72) {
            Instant leapDay = Instant.parse("2028-02-29T11:30:00Z");
            return leapDay.isAfter(now) ? leapDay.plus(Duration.ofHours(chance.from(-12, 12))) : now.plusSeconds(1);
        }
        if (drawn < 90 || kind != Kind.WILD) {
            Instant edge = edge(world).plusMillis(chance.of(-1_000L, -1L, 0L, 0L, 1L, 1_000L));
            boolean near = edge.isAfter(now) && edge.isBefore(now.plus(Duration.ofDays(400)));
            return near || (kind == Kind.WILD && edge.isAfter(World.BEGINNING)) ? edge : now.plusSeconds(1);
        }
        return now.minus(Duration.ofSeconds(chance.of(1L, 300L, 7_200L, 90_000L, 400_000L)));
    }

    /** A moment at which time does something to somebody's points. */
    private Instant edge(World world) {
        Shop shop = chance.of(List.copyOf(shops.values()));
        Picture picture = world.model().picture(shop.program, member(shop), world.now());
        List<Instant> edges = new ArrayList<>();
        if (picture != null) {
            picture.pending().keySet().forEach(days -> edges.add(startOf(days.from(), shop.zone)));
            picture.available().keySet().stream()
                    .filter(days -> days.last().getYear() < 3000)
                    .forEach(days -> edges.add(startOf(days.last().plusDays(1), shop.zone)));
            picture.holds().values().forEach(held -> edges.add(held.until()));
        }
        return edges.isEmpty()
                ? startOf(LocalDate.ofInstant(world.now(), shop.zone).plusDays(1), shop.zone)
                : chance.of(edges);
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private Instant eventTime(World world) {
        int drawn = chance.from(0, 99);
        Instant now = world.now();
        if (drawn < 60) {
            return now.minusSeconds(chance.from(0, 3_600));
        }
        if (drawn < 90) {
            return now.minus(Duration.ofHours(chance.from(1, 24 * 20)));
        }
        if (drawn < 95) {
            return now.plus(Duration.ofHours(chance.from(1, 23)));
        }
        return drawn < 98 ? now.plus(Duration.ofDays(3)) : Instant.parse("1989-12-31T23:59:59Z");
    }

    // --- messages ---

    private Message message(World world) {
        List<Late> due = late.stream().filter(again -> again.step() <= step).toList();
        if (!due.isEmpty() && chance.in100(50)) {
            Late again = chance.of(due);
            late.remove(again);
            return again.message();
        }
        List<Message> signals = world.signals();
        if (!signals.isEmpty() && chance.in100(12)) {
            return chance.recent(signals);
        }
        Shop shop = chance.of(List.copyOf(shops.values()));
        if (kind == Kind.WILD && chance.in100(6)) {
            return new Message.Due(shop.program, member(shop));
        }
        if (!sent.isEmpty() && chance.in100(4) && chance.recent(sent) instanceof Message.Ask(Command command)) {
            return new Message.Ask(otherContent(command));
        }
        return new Message.Ask(command(world, shop));
    }

    /** The same operation, told otherwise. */
    private Command otherContent(Command command) {
        return switch (command) {
            case Command.Place place ->
                new Command.Place(
                        place.program(),
                        place.member(),
                        place.order(),
                        place.at().minusSeconds(1),
                        place.basket());
            case Command.Pay pay ->
                new Command.Pay(
                        pay.program(),
                        pay.member(),
                        pay.order(),
                        pay.at(),
                        catalogue.basket(pay.basket().currency(), List.of()));
            case Command.Deliver deliver ->
                new Command.Deliver(
                        deliver.program(),
                        deliver.member(),
                        deliver.order(),
                        deliver.at().minusSeconds(1));
            case Command.Cancel cancel ->
                new Command.Cancel(
                        cancel.program(),
                        cancel.member(),
                        cancel.order(),
                        cancel.at().minusSeconds(1));
            case Command.Refund refund ->
                new Command.Refund(
                        refund.program(),
                        refund.member(),
                        refund.order(),
                        refund.refund(),
                        refund.at(),
                        refund.currency(),
                        refund.lines(),
                        refund.delivery(),
                        refund.amount() + 1);
            case Command.Hold hold ->
                new Command.Hold(
                        hold.program(),
                        hold.member(),
                        hold.redemption(),
                        hold.points() + 1,
                        hold.currency(),
                        hold.orderTotal(),
                        hold.minutes());
            case Command.Capture capture ->
                new Command.Capture(capture.program(), capture.member(), capture.redemption(), OptionalLong.of(1));
            case Command.IssueCode issue -> new Command.IssueCode(issue.program(), issue.member(), issue.code() + "B");
            case Command.Attach attach -> new Command.Attach(attach.program(), attach.member(), "ELSE");
            case Command.Enrol same -> same;
            case Command.Leave same -> same;
            case Command.VoidHold same -> same;
            case Command.Settle same -> same;
            case Command.Reward same -> same;
            case Command.TakeBack same -> same;
        };
    }

    private Command command(World world, Shop shop) {
        String member = member(shop);
        String program = chance.in100(1) ? "ghost" : shop.program;
        int drawn = chance.from(0, 99);
        if (drawn < 5) {
            return newMember(world, shop, program);
        }
        if (drawn < 6) {
            return new Command.Leave(program, member);
        }
        if (drawn < 11) {
            String code = chance.in100(80) || shop.codes.isEmpty() ? newCode(shop) : chance.of(shop.codes);
            return new Command.IssueCode(program, member, code);
        }
        if (drawn < 16) {
            return attach(world, shop, program, member);
        }
        if (drawn < 36 || shop.orders.isEmpty()) {
            return order(world, shop, program, member);
        }
        if (drawn < 60) {
            return afterOrder(world, shop, program);
        }
        return checkout(world, shop, program);
    }

    /** Somebody came by a code: mostly one there is, now and then that of somebody who came by one's own. */
    private Command attach(World world, Shop shop, String program, String member) {
        String referee = member(world, shop, picture -> picture.referrer().isPresent());
        Picture picture = world.model().picture(shop.program, referee, world.now());
        if (picture != null && picture.referrer().isPresent() && chance.in100(40)) {
            return picture.code().isPresent()
                    ? new Command.Attach(
                            program, picture.referrer().get(), picture.code().get())
                    : new Command.IssueCode(program, referee, newCode(shop));
        }
        return new Command.Attach(
                program, member, shop.codes.isEmpty() || chance.in100(5) ? "NONE" : chance.recent(shop.codes));
    }

    private static String newCode(Shop shop) {
        String code = shop.next("CODE");
        shop.codes.add(code);
        return code;
    }

    /** Somebody joins, perhaps by a recommendation, and soon buys. */
    private Command newMember(World world, Shop shop, String program) {
        if (shop.members >= NAMES.size()) {
            return new Command.Enrol(program, NAMES.getLast());
        }
        String newcomer = newcomer(shop);
        if (!shop.codes.isEmpty() && chance.in100(80)) {
            planned.add(handled(new Message.Ask(new Command.Enrol(program, newcomer))));
            planned.add(round(world, new Message.Ask(new Command.Attach(program, newcomer, chance.of(shop.codes)))));
            if (chance.in100(70)) {
                Basket basket = catalogue.basket(shop.currency, List.of());
                planned.add(round(world, new Message.Ask(order(world, shop, program, newcomer, basket))));
                if (chance.in100(50)) {
                    late.add(new Late(
                            step + chance.from(5, 40),
                            new Message.Ask(new Command.Cancel(
                                    program, newcomer, shop.orders.getLast().order(), world.now()))));
                }
            }
        }
        return new Command.Enrol(program, newcomer);
    }

    private Command order(World world, Shop shop, String program, String member) {
        List<String> redemptions = new ArrayList<>();
        String customer = member;
        if (!shop.captured.isEmpty() && chance.in100(60)) {
            // What was captured pays for one order, but for a mistake.
            Redeemed redeemed = chance.recent(shop.captured);
            customer = chance.in100(97) ? redeemed.member() : member;
            redemptions.add(redeemed.redemption());
            if (chance.in100(95)) {
                shop.captured.remove(redeemed);
            }
        } else if (!shop.redemptions.isEmpty() && chance.in100(15)) {
            Redeemed redeemed = chance.recent(shop.redemptions);
            customer = redeemed.member();
            redemptions.add(redeemed.redemption());
        }
        return order(world, shop, program, customer, catalogue.basket(shop.currency, redemptions));
    }

    private Command order(World world, Shop shop, String program, String member, Basket basket) {
        Instant at = eventTime(world);
        String id = shop.next("o");
        shop.orders.add(new Known(member, id, basket, at));
        Basket told = chance.in100(4) ? catalogue.contradicts(basket) : basket;
        Command pay = new Command.Pay(program, member, id, at, told);
        if (chance.in100(20)) {
            late.add(new Late(step + chance.from(1, 30), new Message.Ask(pay)));
            return new Command.Place(program, member, id, at, told);
        }
        if (chance.in100(15)) {
            // Known, and paid only later: what comes in between waits.
            late.add(new Late(step + chance.from(5, 60), new Message.Ask(pay)));
            return refund(world, shop, program, shop.orders.getLast());
        }
        return pay;
    }

    private Command afterOrder(World world, Shop shop, String program) {
        Known known = chance.recent(shop.orders);
        String member = chance.in100(3) ? member(shop) : known.member();
        int drawn = chance.from(0, 99);
        if (drawn < 20) {
            return new Command.Deliver(program, member, known.order(), eventTime(world));
        }
        if (drawn < 32) {
            return new Command.Cancel(program, member, known.order(), eventTime(world));
        }
        return refund(world, shop, program, new Known(member, known.order(), known.basket(), known.at()));
    }

    private Command refund(World world, Shop shop, String program, Known known) {
        Basket basket = known.basket();
        List<Back> lines = new ArrayList<>();
        long delivery = 0;
        long amount = 0;
        int drawn = chance.from(0, 99);
        if (drawn < 25) {
            amount = chance.from(1L, Math.max(1, basket.total() / chance.of(1, 3, 6)));
        } else {
            for (Command.Line line : basket.lines()) {
                if (chance.in100(60)) {
                    long quantity = chance.of(line.quantity(), Math.max(1, line.quantity() / 2), 1L, 500L);
                    lines.add(new Back(
                            line.id(),
                            quantity,
                            chance.in100(20)
                                    ? OptionalLong.of(chance.from(0L, line.total() + 1))
                                    : OptionalLong.empty()));
                }
            }
            delivery = chance.in100(25) ? basket.delivery() / chance.of(1, 2) : 0;
            if (lines.isEmpty() && delivery == 0) {
                amount = 1;
            }
        }
        if (chance.in100(3)) {
            lines.add(new Back("l9", 1_000, OptionalLong.empty()));
        }
        return new Command.Refund(
                program,
                known.member(),
                known.order(),
                shop.next("x"),
                eventTime(world),
                chance.in100(2) ? "USD" : shop.currency,
                List.copyOf(lines),
                delivery,
                amount);
    }

    /** Somebody of a program; more likely one of whom something is true. */
    private String member(World world, Shop shop, Predicate<Picture> likely) {
        for (int i = 0; i < 5; i++) {
            String member = member(shop);
            Picture picture = world.model().picture(shop.program, member, world.now());
            if (picture != null && likely.test(picture)) {
                return member;
            }
        }
        return member(shop);
    }

    private Command checkout(World world, Shop shop, String program) {
        int drawn = chance.from(0, 99);
        if (drawn < 45) {
            String member = member(world, shop, picture -> !picture.holds().isEmpty());
            Picture picture = world.model().picture(shop.program, member, world.now());
            if (picture != null && !picture.holds().isEmpty() && chance.in100(85)) {
                var held = chance.of(List.copyOf(picture.holds().entrySet()));
                long points = Purse.sum(held.getValue().lots());
                return ends(shop, program, member, new Redeemed(member, held.getKey(), points));
            }
            if (!shop.redemptions.isEmpty()) {
                Redeemed redeemed = chance.recent(shop.redemptions);
                return ends(shop, program, chance.in100(5) ? member : redeemed.member(), redeemed);
            }
        }
        String member = member(world, shop, picture -> !picture.available().isEmpty());
        Picture picture = world.model().picture(shop.program, member, world.now());
        long available = picture == null ? 0 : Purse.sum(picture.available());
        if (available == 0 && chance.in100(80)) {
            return order(world, shop, program, member);
        }
        return hold(shop, program, member, available);
    }

    private Command ends(Shop shop, String program, String member, Redeemed redeemed) {
        if (chance.in100(25)) {
            return new Command.VoidHold(program, member, redeemed.redemption());
        }
        OptionalLong points = chance.in100(50)
                ? OptionalLong.empty()
                : OptionalLong.of(chance.in100(8) ? redeemed.points() + 1 : chance.from(1L, redeemed.points()));
        shop.captured.add(redeemed);
        return new Command.Capture(program, member, chance.in100(2) ? "r0" : redeemed.redemption(), points);
    }

    private Command hold(Shop shop, String program, String member, long available) {
        long least = shop.rules.minimumPoints();
        long points = switch (chance.from(0, 9)) {
            case 0 -> available + 1;
            case 1 -> 1;
            case 2, 3 -> Math.max(least, available / 20);
            case 4, 5 -> Math.max(1, available);
            default -> chance.from(1L, Math.max(1, available));
        };
        // Often worth just what points may pay of it, or a little less.
        long worth = Reckoning.worth(points, shop.rules);
        long whole = worth * 10_000 / shop.rules.maximumShare() + 1;
        long total = whole + (chance.in100(50) ? Catalogue.unit(shop.currency) : chance.of(0L, 0L, -worth / 2));
        OptionalLong minutes = chance.in100(60)
                ? OptionalLong.empty()
                : OptionalLong.of(chance.in100(4) ? 10_081 : chance.of(1L, 45L, 3_000L, 10_080L));
        String redemption = shop.next("r");
        shop.redemptions.add(new Redeemed(member, redemption, points));
        return new Command.Hold(
                program, member, redemption, points, chance.in100(2) ? "USD" : shop.currency, total, minutes);
    }

    // --- events in any sequence ---

    /** Orders and all that happens to them: valid in whatever sequence, doubled, and shuffled. */
    private void shuffled(int steps) {
        List<Message> messages = new ArrayList<>();
        for (Shop shop : shops.values()) {
            int orders = chance.from(1, Math.max(1, steps / 60));
            for (int i = 0; i < orders; i++) {
                messages.addAll(orderStory(shop));
            }
        }
        List<Message> all = new ArrayList<>();
        for (Message message : messages) {
            all.add(message);
            while (chance.in100(doubled)) {
                all.add(message);
            }
        }
        Collections.shuffle(all, new Random(chance.from(0L, Long.MAX_VALUE - 1)));
        for (int i = 0; i < all.size(); i++) {
            Message message = all.get(i);
            if (chance.in100(lost)) {
                planned.add(new Step.Lose(message));
                continue;
            }
            List<Delivery> deliveries = new ArrayList<>();
            deliveries.add(new Delivery(0, chance.from(0, CONTAINERS - 1), message, faults()));
            List<Integer> turns = new ArrayList<>();
            if (i + 1 < all.size() && chance.in100(together)) {
                i++;
                deliveries.add(new Delivery(1, chance.from(0, CONTAINERS - 1), all.get(i), faults()));
                turns.addAll(turns(2));
            }
            planned.add(new Step.Round(List.copyOf(deliveries), List.copyOf(turns)));
        }
    }

    /** One order with refunds that fit it in whatever sequence they come. */
    private List<Message> orderStory(Shop shop) {
        String member = NAMES.get(chance.from(0, Math.min(NAMES.size(), shop.members) - 1));
        String id = shop.next("o");
        Basket basket = catalogue.basket(shop.currency, List.of());
        Instant at = World.BEGINNING.minus(Duration.ofHours(chance.from(1, 24 * 9)));
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.Place(shop.program, member, id, at, basket));
        commands.add(new Command.Pay(shop.program, member, id, at.plusSeconds(60), basket));
        commands.add(new Command.Deliver(shop.program, member, id, World.BEGINNING));
        Map<String, Long> backed = new HashMap<>();
        int refunds = chance.from(0, 3);
        for (int i = 0; i < refunds; i++) {
            List<Back> lines = new ArrayList<>();
            for (Command.Line line : basket.lines()) {
                long before = backed.getOrDefault(line.id(), 0L);
                long quantity = line.quantity() / 6;
                if (quantity > 0 && before + quantity <= line.quantity() / 2 && chance.in100(50)) {
                    backed.put(line.id(), before + quantity);
                    lines.add(new Back(line.id(), quantity, OptionalLong.empty()));
                }
            }
            long amount = lines.isEmpty() || chance.in100(30) ? Math.max(1, basket.total() / 12) : 0;
            boolean fits = basket.total() - basket.delivery() > 12;
            if (fits) {
                commands.add(new Command.Refund(
                        shop.program,
                        member,
                        id,
                        shop.next("x"),
                        World.BEGINNING,
                        shop.currency,
                        List.copyOf(lines),
                        0,
                        amount));
            }
        }
        if (chance.in100(25)) {
            commands.add(new Command.Cancel(shop.program, member, id, World.BEGINNING));
        }
        return commands.stream().<Message>map(Message.Ask::new).toList();
    }
}
