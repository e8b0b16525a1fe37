package kopilka.programmes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sentences of a page's second column. The page of all programmes tells them to those who write tables. */
final class WhatHappens {
    private static final String NAME = "([A-Z][a-z]{1,30})";
    private static final String ORDER = "([A-Z]{1,3}-\\d{1,4})";
    private static final String MONEY = "(\\d{1,10}\\.\\d{2})";
    private static final String UNITS = "(\\d{1,10}(?:\\.\\d{2})? [a-z][a-z0-9_]*)";
    private static final String PLACE = "(?: at (?:the )?([a-z][a-z0-9_-]*))?(?: by ([a-z]+))?";
    private static final String QUANTITY = "(\\d{1,6}(?:\\.\\d{1,3})?)";
    private static final String GOODS = "([\\p{L}\\p{N}][\\p{L}\\p{N} .-]{0,62})";

    private static final Pattern LINE = Pattern.compile(QUANTITY + " × " + GOODS + "(?: \\(([^()]+)\\))? for " + MONEY);
    private static final Pattern BACK = Pattern.compile(QUANTITY + " × " + GOODS);

    private final Wallets wallets;
    private final Map<Pattern, Function<MatchResult, Step>> sentences = new LinkedHashMap<>();

    WhatHappens(Wallets wallets) {
        this.wallets = wallets;
        is(NAME + " joins", found -> new Step.Joins(found.group(1)));
        is(NAME + "'s profile: (.+)", found -> profile(found.group(1), found.group(2)));
        is(
                NAME + " does \"([a-z][a-z0-9_]*)\"(, verified)?",
                found -> new Step.Does(found.group(1), found.group(2), found.group(3) != null));
        is(
                NAME + " asks for a quote" + PLACE + ": (.+)",
                found -> new Step.Asks(found.group(1), unpaid(basket(place(found, 2), found.group(4)))));
        is(
                NAME + " buys " + ORDER + PLACE + "( as quoted)?: (.+)",
                found -> new Step.Buys(
                        found.group(1),
                        found.group(2),
                        found.group(5) != null,
                        basket(place(found, 3), found.group(6))));
        is(NAME + " receives " + ORDER, found -> new Step.Receives(found.group(1), found.group(2)));
        is(NAME + " returns all of " + ORDER, found -> new Step.Returns(found.group(1), found.group(2), Map.of()));
        is(
                NAME + " returns (.+) of " + ORDER,
                found -> new Step.Returns(found.group(1), found.group(3), goods(found.group(2))));
        is(
                NAME + " gets " + MONEY + " back for " + ORDER,
                found -> new Step.GetsBack(found.group(1), found.group(3), new BigDecimal(found.group(2))));
        is(NAME + " cancels " + ORDER, found -> new Step.Cancels(found.group(1), found.group(2)));
        is(
                NAME + " pays " + UNITS + " for an order of " + MONEY + PLACE,
                found -> new Step.Spends(
                        found.group(1),
                        wallets.units(found.group(2)),
                        new BigDecimal(found.group(3)),
                        place(found, 4)));
        is("Time passes for " + NAME, found -> new Step.Waits(found.group(1)));
    }

    private void is(String sentence, Function<MatchResult, Step> step) {
        sentences.put(Pattern.compile(sentence), step);
    }

    /**
     * Reads a cell.
     *
     * @throws Unreadable if it is none of the sentences
     */
    Step read(String cell) {
        for (Map.Entry<Pattern, Function<MatchResult, Step>> sentence : sentences.entrySet()) {
            Matcher found = sentence.getKey().matcher(cell);
            if (found.matches()) {
                return sentence.getValue().apply(found);
            }
        }
        throw new Unreadable("no sentence that is known: " + cell);
    }

    private static Basket.Place place(MatchResult found, int shop) {
        return new Basket.Place(Optional.ofNullable(found.group(shop)), Optional.ofNullable(found.group(shop + 1)));
    }

    private static Step profile(String member, String told) {
        Optional<String> birthday = Optional.empty();
        List<String> segments = new ArrayList<>();
        Optional<String> region = Optional.empty();
        for (String part : told.split(", ", -1)) {
            Matcher found = Pattern.compile("(birthday|segment|region) (\\S.*)").matcher(part);
            if (!found.matches()) {
                throw new Unreadable("a profile has no such thing: " + part);
            }
            switch (found.group(1)) {
                case "birthday" -> birthday = once(birthday, "birthday", monthAndDay(found.group(2)));
                case "segment" -> segments.add(found.group(2));
                default -> region = once(region, "region", found.group(2));
            }
        }
        return new Step.Profile(member, birthday, segments, region);
    }

    private static String monthAndDay(String text) {
        if (!text.matches("\\d{2}-\\d{2}")) {
            throw new Unreadable("a birthday is a month and a day, such as 05-14: " + text);
        }
        return text;
    }

    private static Basket unpaid(Basket basket) {
        if (basket.pays().isPresent()) {
            throw new Unreadable("a quote is not paid");
        }
        return basket;
    }

    private Basket basket(Basket.Place place, String text) {
        String[] parts = text.split("; ", -1);
        List<Basket.Line> lines = Arrays.stream(parts[0].split(", (?=\\d)", -1))
                .map(WhatHappens::line)
                .toList();
        Optional<String> delivery = Optional.empty();
        Optional<String> discount = Optional.empty();
        List<String> coupons = new ArrayList<>();
        Optional<String> region = Optional.empty();
        Optional<String> paidBy = Optional.empty();
        Optional<String> pays = Optional.empty();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            Matcher clause = CLAUSE.matcher(part);
            if (!clause.matches()) {
                throw new Unreadable("an order has no such thing: " + part);
            }
            String value = clause.group(2);
            switch (clause.group(1)) {
                case "delivery" -> delivery = once(delivery, "delivery", value);
                case "discount" -> discount = once(discount, "discount", value);
                case "coupon" -> coupons.add(value);
                case "from" -> region = once(region, "region", value);
                case "paid by" -> paidBy = once(paidBy, "paid by", value);
                default -> pays = once(pays, "pays", value);
            }
        }
        return new Basket(
                lines,
                place,
                delivery.map(WhatHappens::money).orElse(Basket.NOTHING),
                discount.map(WhatHappens::money).orElse(Basket.NOTHING),
                coupons,
                region,
                paidBy,
                pays.map(wallets::units));
    }

    private static final Pattern CLAUSE = Pattern.compile("(delivery|discount|coupon|from|paid by|pays) (\\S.*)");

    private static BigDecimal money(String text) {
        if (!text.matches(MONEY)) {
            throw new Unreadable("an amount has two decimals: " + text);
        }
        return new BigDecimal(text);
    }

    private static Optional<String> once(Optional<String> before, String what, String value) {
        if (before.isPresent()) {
            throw new Unreadable("said twice: " + what);
        }
        return Optional.of(value);
    }

    private static Basket.Line line(String text) {
        Matcher found = LINE.matcher(text);
        if (!found.matches()) {
            throw new Unreadable("goods are as in \"2 × tea (drinks, by Ronnefeldt) for 24.00\": " + text);
        }
        Optional<String> category = Optional.empty();
        Optional<String> brand = Optional.empty();
        boolean voucher = false;
        String notes = found.group(3);
        for (String note : notes == null ? new String[0] : notes.split(", ", -1)) {
            if (note.equals("voucher")) {
                voucher = true;
            } else if (note.startsWith("by ")) {
                brand = once(brand, "brand", note.substring("by ".length()));
            } else {
                category = once(category, "category", note);
            }
        }
        return new Basket.Line(
                new BigDecimal(found.group(1)),
                found.group(2),
                category,
                brand,
                voucher,
                new BigDecimal(found.group(4)));
    }

    private static Map<String, BigDecimal> goods(String text) {
        Map<String, BigDecimal> goods = new LinkedHashMap<>();
        for (String part : text.split(", (?=\\d)", -1)) {
            Matcher found = BACK.matcher(part);
            if (!found.matches()) {
                throw new Unreadable("what comes back is as in \"1 × tea\": " + part);
            }
            if (goods.put(found.group(2), new BigDecimal(found.group(1))) != null) {
                throw new Unreadable("said twice: " + found.group(2));
            }
        }
        return goods;
    }
}
