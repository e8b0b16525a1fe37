package kopilka.dynamodb;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kopilka.earning.Earning.Excluded;
import kopilka.earning.Rewards;
import kopilka.earning.Rewards.Granted;
import kopilka.earning.Rewards.OnValue;
import kopilka.earning.Rewards.Once;
import kopilka.earning.Rewards.Part;
import kopilka.earning.Rewards.Reward;
import kopilka.ledger.Under;
import kopilka.order.Quoted;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Channel;
import kopilka.program.Circumstances;
import kopilka.program.Coupon;
import kopilka.program.PaymentMethod;
import kopilka.program.Period;
import kopilka.program.Rate;
import kopilka.program.Region;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.ShopId;
import kopilka.program.TierId;
import kopilka.program.WalletId;

/** What an order earned by rules, and under which circumstances, as maps in a posting's item. */
final class RewardsItem {
    private static final String UNITS = "units";
    private static final String UNCAPPED = "uncapped";
    private static final String PARTS = "parts";

    private RewardsItem() {}

    static Item of(Rewards rewards) {
        Item wallets = Item.empty();
        rewards.wallets()
                .forEach((wallet, reward) -> wallets.map(
                        wallet.value(),
                        Item.empty()
                                .number(UNITS, reward.units())
                                .number(UNCAPPED, reward.uncapped())
                                .texts(
                                        PARTS,
                                        reward.parts().stream()
                                                .map(RewardsItem::part)
                                                .toList())));
        return Item.empty()
                .map("wallets", wallets)
                .texts(
                        "benefits",
                        rewards.benefits().stream().map(RewardsItem::granted).toList())
                .number("goods", rewards.goodsValue())
                .texts(
                        "excluded",
                        rewards.excluded().stream()
                                .map(excluded -> Compact.name(excluded.what()) + " " + excluded.amount())
                                .toList());
    }

    static Rewards read(Item item) {
        SortedMap<WalletId, Reward> wallets = new TreeMap<>();
        Item stored = item.map("wallets");
        for (String wallet : stored.attributes().keySet()) {
            Item reward = stored.map(wallet);
            wallets.put(
                    new WalletId(wallet),
                    new Reward(
                            reward.number(UNITS),
                            reward.number(UNCAPPED),
                            reward.texts(PARTS).stream().map(RewardsItem::part).toList()));
        }
        return new Rewards(
                wallets,
                item.texts("benefits").stream().map(RewardsItem::granted).toList(),
                item.number("goods"),
                item.texts("excluded").stream().map(RewardsItem::excluded).toList());
    }

    /** Such as {@code base 2250 1/100 20000 double,weekend}, and {@code welcome 50} for a bonus. */
    private static String part(Part part) {
        return switch (part) {
            case OnValue value -> {
                String text = value.rule() + " " + value.base() + " "
                        + value.rate().points() + "/" + value.rate().perMinor();
                yield value.factor() == OnValue.ONCE && value.multipliers().isEmpty()
                        ? text
                        : text + " " + value.factor() + " " + joined(value.multipliers());
            }
            case Once once -> once.rule() + " " + once.units();
        };
    }

    private static Part part(String text) {
        List<String> words = Compact.words(text);
        RuleId rule = new RuleId(words.get(0));
        if (words.size() == 2) {
            return new Once(rule, Long.parseLong(words.get(1)));
        }
        String rate = words.get(2);
        int slash = rate.indexOf('/');
        return new OnValue(
                rule,
                Long.parseLong(words.get(1)),
                new Rate(Long.parseLong(rate.substring(0, slash)), Long.parseLong(rate.substring(slash + 1))),
                words.size() > 3 ? Long.parseLong(words.get(3)) : OnValue.ONCE,
                words.size() > 4 ? split(words.get(4)) : List.of());
    }

    private static String joined(List<RuleId> rules) {
        return rules.stream().map(RuleId::value).collect(Collectors.joining(","));
    }

    private static List<RuleId> split(String joined) {
        List<RuleId> rules = new ArrayList<>();
        int start = 0;
        for (int comma = joined.indexOf(','); comma >= 0; comma = joined.indexOf(',', start)) {
            rules.add(new RuleId(joined.substring(start, comma)));
            start = comma + 1;
        }
        if (start < joined.length()) {
            rules.add(new RuleId(joined.substring(start)));
        }
        return rules;
    }

    /** Such as {@code gold free_delivery}, and what the label says, if there is one, behind a further space. */
    private static String granted(Granted granted) {
        return granted.rule()
                + " "
                + Compact.name(granted.benefit().kind())
                + granted.benefit().label().map(label -> " " + label).orElse("");
    }

    private static Granted granted(String text) {
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        String kind = second < 0 ? text.substring(first + 1) : text.substring(first + 1, second);
        Optional<String> label = second < 0 ? Optional.empty() : Optional.of(text.substring(second + 1));
        return new Granted(
                new RuleId(text.substring(0, first)), new Benefit(Benefit.Kind.valueOf(Compact.constant(kind)), label));
    }

    private static Excluded excluded(String text) {
        List<String> words = Compact.words(text);
        return new Excluded(Excluded.What.valueOf(Compact.constant(words.get(0))), Long.parseLong(words.get(1)));
    }

    static Item of(Under under) {
        Item item = of(under.circumstances());
        under.quote()
                .ifPresent(quote -> item.map(
                        "quote", Item.empty().number("version", quote.version()).instant("at", quote.at())));
        return item;
    }

    static Under under(Item item) {
        return new Under(
                circumstances(item),
                item.optionalMap("quote")
                        .map(quote -> new Quoted(Math.toIntExact(quote.number("version")), quote.instant("at"))));
    }

    private static Item of(Circumstances circumstances) {
        Item orders = Item.empty();
        circumstances.ordersBefore().forEach((period, count) -> orders.number(Compact.name(period), count));
        Item item = Item.empty()
                .text("shop", circumstances.shop().map(ShopId::value))
                .text("channel", circumstances.channel().map(Channel::value))
                .text("region", circumstances.region().map(Region::value))
                .texts("payments", sorted(circumstances.payments(), PaymentMethod::value))
                .texts("coupons", sorted(circumstances.coupons(), Coupon::value))
                .text("tier", circumstances.tier().map(TierId::value))
                .number("spent", circumstances.spentBefore())
                .texts("segments", sorted(circumstances.segments(), Segment::value))
                .text("joined", circumstances.joined().map(LocalDate::toString))
                .texts(
                        "birthdays",
                        sorted(circumstances.birthdays(), window -> window.before() + "/" + window.after()));
        return orders.attributes().isEmpty() ? item : item.map("orders", orders);
    }

    private static <T> List<String> sorted(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).sorted().toList();
    }

    private static Circumstances circumstances(Item item) {
        Map<Period, Long> orders = new EnumMap<>(Period.class);
        item.optionalMap("orders")
                .ifPresent(counts -> counts.attributes()
                        .keySet()
                        .forEach(
                                period -> orders.put(Period.valueOf(Compact.constant(period)), counts.number(period))));
        return new Circumstances(
                item.optionalText("shop").map(ShopId::new),
                item.optionalText("channel").map(Channel::new),
                item.optionalText("region").map(Region::new),
                set(item, "payments", PaymentMethod::new),
                set(item, "coupons", Coupon::new),
                item.optionalText("tier").map(TierId::new),
                orders,
                item.number("spent"),
                set(item, "segments", Segment::new),
                item.optionalText("joined").map(LocalDate::parse),
                set(item, "birthdays", RewardsItem::window));
    }

    private static <T> Set<T> set(Item item, String name, Function<String, T> value) {
        return item.texts(name).stream().map(value).collect(Collectors.toUnmodifiableSet());
    }

    private static BirthdayWindow window(String text) {
        int slash = text.indexOf('/');
        return new BirthdayWindow(
                Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }
}
