package kopilka.program;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that conditions ask about beside goods and time: how an order came, and how its member stood just before it. Kept
 * with the order, so that whatever is computed of it later is computed under the same.
 *
 * @param shop which shop sold
 * @param channel where the order was placed
 * @param region where it was bought from
 * @param payments what it was paid with
 * @param coupons the codes entered
 * @param tier the member's level
 * @param ordersBefore how many orders the member had paid and kept in each period that is asked for
 * @param spentBefore what these were worth in all, in minor units
 * @param segments the member's labels
 * @param joined the day on which the member joined
 * @param birthdays those of the windows asked for that the day lies in; the birthday itself is nowhere
 */
public record Circumstances(
        Optional<ShopId> shop,
        Optional<Channel> channel,
        Optional<Region> region,
        Set<PaymentMethod> payments,
        Set<Coupon> coupons,
        Optional<TierId> tier,
        Map<Period, Long> ordersBefore,
        long spentBefore,
        Set<Segment> segments,
        Optional<LocalDate> joined,
        Set<BirthdayWindow> birthdays) {
    /** Nothing is known: of a guest, say. */
    public static final Circumstances UNKNOWN = new Circumstances(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Map.of(),
            0,
            Set.of(),
            Optional.empty(),
            Set.of());

    /** Copies what it is given. */
    public Circumstances {
        payments = Set.copyOf(payments);
        coupons = Set.copyOf(coupons);
        Map<Period, Long> counts = new EnumMap<>(Period.class);
        counts.putAll(ordersBefore);
        ordersBefore = Collections.unmodifiableMap(counts);
        segments = Set.copyOf(segments);
        birthdays = Set.copyOf(birthdays);
    }

    /**
     * Whether a condition holds.
     *
     * @param condition what is asked
     * @param local the moment by the program's clock
     * @param amount what the goods come to, in minor units
     * @param matching what those of the rule's lines come to
     */
    public boolean meet(Condition condition, LocalDateTime local, long amount, long matching) {
        return switch (condition) {
            case Condition.Amount asked -> asked.range().contains(amount);
            case Condition.Matching asked -> asked.range().contains(matching);
            case Condition.AtShop asked -> shop.isPresent() && asked.shops().contains(shop.get());
            case Condition.ByChannel asked ->
                channel.isPresent() && asked.channels().contains(channel.get());
            case Condition.InRegion asked ->
                region.isPresent() && asked.regions().contains(region.get());
            case Condition.OnDays asked -> asked.days().contains(local.getDayOfWeek());
            case Condition.InHours asked -> asked.contains(local.toLocalTime());
            case Condition.InDates asked ->
                !local.toLocalDate().isBefore(asked.from())
                        && !local.toLocalDate().isAfter(asked.to());
            case Condition.NthOrder asked -> number(asked.per()) == asked.number();
            case Condition.EveryNthOrder asked -> number(asked.per()) % asked.every() == 0;
            case Condition.Spent asked -> asked.range().contains(spentBefore);
            case Condition.InTier asked -> tier.isPresent() && asked.tiers().contains(tier.get());
            case Condition.InSegment asked -> !Collections.disjoint(segments, asked.segments());
            case Condition.NearBirthday asked -> birthdays.contains(asked.window());
            case Condition.JoinedWithin asked ->
                joined.isPresent()
                        && !local.toLocalDate().isBefore(joined.get())
                        && ChronoUnit.DAYS.between(joined.get(), local.toLocalDate()) <= asked.days();
            case Condition.JoinedBefore asked ->
                joined.isPresent() && joined.get().isBefore(asked.day());
            case Condition.PaidBy asked -> !Collections.disjoint(payments, asked.methods());
            case Condition.WithCoupon asked -> !Collections.disjoint(coupons, asked.coupons());
            case Condition.All all -> {
                for (Condition part : all.parts()) {
                    if (!meet(part, local, amount, matching)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Condition.AnyOf any -> {
                for (Condition part : any.parts()) {
                    if (meet(part, local, amount, matching)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Condition.Not not -> !meet(not.part(), local, amount, matching);
        };
    }

    /**
     * Of a condition the first part that does not hold, as far down as one can tell: of an alternative, all of it.
     *
     * @param condition what is asked
     * @param local the moment by the program's clock
     * @param amount what the goods come to, in minor units
     * @param matching what those of the rule's lines come to
     * @return empty: the condition holds
     */
    public Optional<Condition> unmet(Condition condition, LocalDateTime local, long amount, long matching) {
        if (condition instanceof Condition.All all) {
            for (Condition part : all.parts()) {
                Optional<Condition> unmet = unmet(part, local, amount, matching);
                if (unmet.isPresent()) {
                    return unmet;
                }
            }
            return Optional.empty();
        }
        return meet(condition, local, amount, matching) ? Optional.empty() : Optional.of(condition);
    }

    private long number(Period per) {
        return ordersBefore.getOrDefault(per, 0L) + 1;
    }

    /** Only what some conditions ask for: what nothing depends on is not kept. */
    public Circumstances askedBy(Asked asked) {
        Map<Period, Long> orders = new EnumMap<>(Period.class);
        orders.putAll(ordersBefore);
        orders.keySet().retainAll(asked.orders());
        orders.values().removeIf(count -> count == 0);
        return new Circumstances(
                shop.filter(asked.shops()::contains),
                channel.filter(asked.channels()::contains),
                region.filter(asked.regions()::contains),
                both(payments, asked.payments()),
                both(coupons, asked.coupons()),
                tier.filter(known -> asked.tiers().contains(known) || asked.tierMatters()),
                orders,
                asked.spent() ? spentBefore : 0,
                both(segments, asked.segments()),
                asked.joined() ? joined : Optional.empty(),
                both(birthdays, asked.birthdays()));
    }

    private static <T> Set<T> both(Set<T> known, Set<T> asked) {
        return known.stream().filter(asked::contains).collect(Collectors.toUnmodifiableSet());
    }
}
