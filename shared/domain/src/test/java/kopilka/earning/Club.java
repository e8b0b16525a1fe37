package kopilka.earning;

import static kopilka.ledger.ShopFixture.EUR;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import kopilka.order.GivenDiscount;
import kopilka.order.LineId;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Benefit;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Effect;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.RefundRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.Sku;
import kopilka.program.Texts;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/** A program of rules, told in the few words that matter to a test: usual switches, in Kyiv, one wallet of points. */
record Club(List<Rule> rules, List<WalletRules> wallets, Terms terms, ZoneId zone) {
    static final WalletId POINTS = WalletId.POINTS;
    static final WalletId CASHBACK = new WalletId("cashback");

    /** All of a program's rule book but the rules. */
    record Terms(long minimumOrder, Include include, Rounding rounding, Multipliers multipliers, int maximumDiscount) {
        static final Terms USUAL = new Terms(0, Include.USUAL, Rounding.DOWN_ON_ORDER, Multipliers.USUAL, 10_000);
    }

    static Club of(Said... rules) {
        return new Club(
                Arrays.stream(rules).map(Said::rule).toList(),
                List.of(wallet(POINTS, WalletRules.Unit.POINTS, OptionalLong.empty())),
                Terms.USUAL,
                ZoneId.of("Europe/Kyiv"));
    }

    static WalletRules wallet(WalletId id, WalletRules.Unit unit, OptionalLong cap) {
        return new WalletRules(
                id,
                unit,
                Texts.NONE,
                new PendingRule(PendingRule.From.PAID, 14),
                Expiry.by(new ExpiryRule.Never()),
                Optional.empty(),
                cap);
    }

    Club with(Terms other) {
        return new Club(rules, wallets, other, zone);
    }

    Club minimumOrder(long minor) {
        return with(new Terms(minor, terms.include, terms.rounding, terms.multipliers, terms.maximumDiscount));
    }

    Club including(Include include) {
        return with(new Terms(terms.minimumOrder, include, terms.rounding, terms.multipliers, terms.maximumDiscount));
    }

    Club roundedLineByLine() {
        return with(new Terms(
                terms.minimumOrder, terms.include, Rounding.DOWN_ON_LINE, terms.multipliers, terms.maximumDiscount));
    }

    Club multipliers(Multipliers.Combine combine, int maximum) {
        return with(new Terms(
                terms.minimumOrder,
                terms.include,
                terms.rounding,
                new Multipliers(combine, maximum),
                terms.maximumDiscount));
    }

    Club maximumDiscount(int hundredths) {
        return with(new Terms(terms.minimumOrder, terms.include, terms.rounding, terms.multipliers, hundredths));
    }

    /** With a wallet of money beside the points. */
    Club withCashback() {
        return new Club(
                rules,
                Stream.concat(
                                wallets.stream(),
                                Stream.of(wallet(CASHBACK, WalletRules.Unit.MONEY, OptionalLong.empty())))
                        .toList(),
                terms,
                zone);
    }

    Club capped(WalletId id, long most) {
        return new Club(
                rules,
                wallets.stream()
                        .map(each -> each.id().equals(id) ? wallet(id, each.unit(), OptionalLong.of(most)) : each)
                        .toList(),
                terms,
                zone);
    }

    Program program() {
        return new Program(
                "Club",
                EUR,
                zone,
                new RuleBook(
                        rules,
                        terms.minimumOrder,
                        terms.include,
                        terms.rounding,
                        terms.multipliers,
                        terms.maximumDiscount),
                wallets,
                new RefundRules(new RefundRules.Shortfall.Debt(), 0),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                OptionalLong.empty());
    }

    /** A rule being told. */
    record Said(
            String id,
            int priority,
            Optional<String> group,
            Optional<Instant> from,
            Optional<Instant> to,
            LineCondition lines,
            Optional<Condition> when,
            List<Effect> then) {
        Said priority(int other) {
            return new Said(id, other, group, from, to, lines, when, then);
        }

        Said group(String other) {
            return new Said(id, priority, Optional.of(other), from, to, lines, when, then);
        }

        Said from(Instant moment) {
            return new Said(id, priority, group, Optional.of(moment), to, lines, when, then);
        }

        Said to(Instant moment) {
            return new Said(id, priority, group, from, Optional.of(moment), lines, when, then);
        }

        Said on(LineCondition other) {
            return new Said(id, priority, group, from, to, other, when, then);
        }

        Said on(String category) {
            return on(ofCategory(category));
        }

        Said when(Condition condition) {
            return new Said(id, priority, group, from, to, lines, Optional.of(condition), then);
        }

        Said then(Effect effect) {
            List<Effect> more = new ArrayList<>(then);
            more.add(effect);
            return new Said(id, priority, group, from, to, lines, when, more);
        }

        /** So many units for an amount. */
        Said earns(WalletId wallet, long units, long perMinor) {
            return then(new Effect.Earn(wallet, new Rate(units, perMinor), Optional.empty()));
        }

        /** So many points for 1.00. */
        Said earns(long points) {
            return earns(POINTS, points, 1_00);
        }

        Said bonus(WalletId wallet, long units) {
            return then(new Effect.Bonus(wallet, units));
        }

        Said bonus(long points) {
            return bonus(POINTS, points);
        }

        Said multiplies(int hundredths) {
            return multiplies(POINTS, hundredths);
        }

        Said multiplies(WalletId wallet, int hundredths) {
            return then(new Effect.Multiply(wallet, hundredths));
        }

        Said percentOff(int percent) {
            return then(new Effect.PercentOff(percent * 100));
        }

        Said off(long minor) {
            return then(new Effect.AmountOff(minor));
        }

        Said grants(Benefit.Kind kind) {
            return then(new Effect.Grant(new Benefit(kind, Optional.empty())));
        }

        Rule rule() {
            return new Rule(
                    new RuleId(id), Texts.NONE, priority, group.map(RuleGroup::new), from, to, lines, when, then);
        }
    }

    static Said rule(String id) {
        return new Said(
                id,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new LineCondition.Every(),
                Optional.empty(),
                List.of());
    }

    /** One point for 1.00. */
    static Said base() {
        return rule("base").earns(1);
    }

    static LineCondition ofCategory(String... categories) {
        return new LineCondition.OfCategory(
                Set.copyOf(Arrays.stream(categories).map(Category::new).toList()));
    }

    static LineCondition ofBrand(String brand) {
        return new LineCondition.OfBrand(Set.of(new Brand(brand)));
    }

    static LineCondition ofSku(String sku) {
        return new LineCondition.OfSku(Set.of(new Sku(sku)));
    }

    /** A line of one piece without a category. */
    static OrderBasis.Line line(long total) {
        return line(1, total);
    }

    static OrderBasis.Line line(int pieces, long total) {
        return new OrderBasis.Line(new LineId("?"), pieces * 1_000L, total, Optional.empty(), false, false);
    }

    /** A line of one piece. */
    static OrderBasis.Line line(String category, long total) {
        return line(category, 1, total);
    }

    static OrderBasis.Line line(String category, int pieces, long total) {
        return new OrderBasis.Line(
                new LineId("?"), pieces * 1_000L, total, Optional.of(new Category(category)), false, false);
    }

    static OrderBasis.Line line(String category, String brand, String sku, long total) {
        return new OrderBasis.Line(
                new LineId("?"),
                1_000,
                total,
                Optional.of(new Category(category)),
                false,
                false,
                Optional.of(new Brand(brand)),
                Optional.of(new Sku(sku)),
                0);
    }

    static OrderBasis.Line discounted(long total) {
        return new OrderBasis.Line(new LineId("?"), 1_000, total, Optional.empty(), true, false);
    }

    static OrderBasis.Line voucher(long total) {
        return new OrderBasis.Line(new LineId("?"), 1_000, total, Optional.empty(), false, true);
    }

    /** What somebody buys, lines numbered from 1. */
    static OrderBasis basket(OrderBasis.Line... lines) {
        return basket(Arrays.asList(lines), 0, 0, 0, 0);
    }

    static OrderBasis basket(List<OrderBasis.Line> lines, long delivery, long tax, long discount, long paidWithPoints) {
        List<OrderBasis.Line> numbered = new ArrayList<>();
        long total = delivery + tax - discount;
        for (OrderBasis.Line line : lines) {
            numbered.add(new OrderBasis.Line(
                    new LineId(String.valueOf(numbered.size() + 1)),
                    line.quantity(),
                    line.total(),
                    line.category(),
                    line.discounted(),
                    line.giftVoucher(),
                    line.brand(),
                    line.sku(),
                    0));
            total += line.total();
        }
        return new OrderBasis(EUR, numbered, delivery, tax, discount, total, paidWithPoints, List.of());
    }

    /** The same with more to it. */
    static OrderBasis and(OrderBasis basket, long delivery, long tax, long discount) {
        return basket(basket.lines(), delivery, tax, discount, basket.paidWithPoints());
    }

    static OrderBasis paidWithPoints(OrderBasis basket, long minor) {
        return basket(basket.lines(), basket.delivery(), basket.tax(), basket.discount(), minor);
    }

    /** The order that follows a basket with these discounts. */
    static OrderBasis given(OrderBasis basket, List<GivenDiscount> discounts) {
        long off = discounts.stream().mapToLong(GivenDiscount::amount).sum();
        return new OrderBasis(
                basket.currency(),
                basket.lines(),
                basket.delivery(),
                basket.tax(),
                basket.discount(),
                basket.total() - off,
                basket.paidWithPoints(),
                List.of(),
                discounts);
    }

    static OrderBasis given(OrderBasis basket, String rule, long minor) {
        return given(basket, List.of(new GivenDiscount(new RuleId(rule), minor)));
    }

    /** Pieces of a line, counted from 1, that came back. */
    static Returned returned(int line, int pieces) {
        TreeMap<Integer, Long> quantities = new TreeMap<>();
        quantities.put(line - 1, pieces * 1_000L);
        return new Returned(quantities, 0, 0);
    }

    static Returned returnedAmount(long minor) {
        return new Returned(new TreeMap<>(), 0, minor);
    }

    static Returned returnedDelivery(long minor) {
        return new Returned(new TreeMap<>(), minor, 0);
    }

    /** A Wednesday at noon in Kyiv. */
    static final Instant NOON = Instant.parse("2026-06-10T09:00:00Z");

    Evaluation quote(OrderBasis basket) {
        return quote(basket, Circumstances.UNKNOWN, NOON);
    }

    Evaluation quote(OrderBasis basket, Circumstances circumstances, Instant at) {
        return Offer.of(basket, circumstances, at, program()).evaluation();
    }

    /** Finds the lines that bear what was given. */
    Evaluation.Borne bearing(OrderBasis order) {
        return Evaluation.bearing(order, Circumstances.UNKNOWN, NOON, program());
    }

    Evaluation of(OrderBasis order) {
        return of(order, Returned.NOTHING);
    }

    /** Of an order whose discounts fit. */
    Evaluation of(OrderBasis order, Returned returned) {
        return of(order, returned, Circumstances.UNKNOWN);
    }

    Evaluation of(OrderBasis order, Returned returned, Circumstances circumstances) {
        return switch (Evaluation.bearing(order, circumstances, NOON, program())) {
            case Evaluation.Borne.Fits fits -> Evaluation.of(fits.order(), returned, circumstances, NOON, program());
            case Evaluation.Borne.Contradicts not -> throw new AssertionError(not.fault());
        };
    }

    long points(OrderBasis order) {
        return of(order).rewards().units(POINTS);
    }

    long points(OrderBasis order, Returned returned) {
        return of(order, returned).rewards().units(POINTS);
    }
}
