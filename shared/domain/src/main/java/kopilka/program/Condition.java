package kopilka.program;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * Under which circumstances a rule applies. Amounts are minor units of the program's currency; days and hours are those of
 * its zone.
 */
public sealed interface Condition {
    /** The goods kept, after the shop's own discounts and before the program's, come to an amount in that range. */
    record Amount(Range range) implements Condition {}

    /** The same of the lines that the rule is about. */
    record Matching(Range range) implements Condition {}

    /** Sold by one of these shops. */
    record AtShop(Set<ShopId> shops) implements Condition {
        /** Copies what it is given. */
        public AtShop {
            shops = Set.copyOf(shops);
        }
    }

    /** Placed through one of these channels. */
    record ByChannel(Set<Channel> channels) implements Condition {
        /** Copies what it is given. */
        public ByChannel {
            channels = Set.copyOf(channels);
        }
    }

    /** Bought from one of these regions. */
    record InRegion(Set<Region> regions) implements Condition {
        /** Copies what it is given. */
        public InRegion {
            regions = Set.copyOf(regions);
        }
    }

    /** On one of these days of the week. */
    record OnDays(Set<DayOfWeek> days) implements Condition {
        /** Copies what it is given. */
        public OnDays {
            days = Set.copyOf(days);
        }
    }

    /**
     * At these hours by the clock on the wall; past midnight where they end before they begin.
     *
     * @param from the first moment
     * @param to the first moment that is too late
     */
    record InHours(LocalTime from, LocalTime to) implements Condition {
        /** Whether a time of the day is within. */
        public boolean contains(LocalTime time) {
            boolean begun = !time.isBefore(from);
            boolean over = !time.isBefore(to);
            return from.isBefore(to) ? begun && !over : begun || !over;
        }
    }

    /**
     * On these days, both included.
     *
     * @param from the first
     * @param to the last
     */
    record InDates(LocalDate from, LocalDate to) implements Condition {
        /** Refuses an end before the beginning. */
        public InDates {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("dates end after they begin");
            }
        }
    }

    /** The member's order of that number in the period; number 1 of {@link Period#EVER} is the first of all. */
    record NthOrder(long number, Period per) implements Condition {}

    /** Each order whose number in the period is a multiple of that. */
    record EveryNthOrder(long every, Period per) implements Condition {}

    /** What the member bought and kept before comes to an amount in that range. */
    record Spent(Range range) implements Condition {}

    /** A member of one of these levels. */
    record InTier(Set<TierId> tiers) implements Condition {
        /** Copies what it is given. */
        public InTier {
            tiers = Set.copyOf(tiers);
        }
    }

    /** A member with one of these labels. */
    record InSegment(Set<Segment> segments) implements Condition {
        /** Copies what it is given. */
        public InSegment {
            segments = Set.copyOf(segments);
        }
    }

    /** Near the member's birthday. */
    record NearBirthday(BirthdayWindow window) implements Condition {}

    /** Within so many days of joining, the day of joining being day 0. */
    record JoinedWithin(int days) implements Condition {}

    /** A member who joined before that day. */
    record JoinedBefore(LocalDate day) implements Condition {}

    /** Paid, at least in part, by one of these methods. */
    record PaidBy(Set<PaymentMethod> methods) implements Condition {
        /** Copies what it is given. */
        public PaidBy {
            methods = Set.copyOf(methods);
        }
    }

    /** With one of these coupons. */
    record WithCoupon(Set<Coupon> coupons) implements Condition {
        /** Copies what it is given. */
        public WithCoupon {
            coupons = Set.copyOf(coupons);
        }
    }

    /** All parts hold. */
    record All(List<Condition> parts) implements Condition {
        /** Copies what it is given. */
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record AnyOf(List<Condition> parts) implements Condition {
        /** Copies what it is given. */
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(Condition part) implements Condition {}
}
