package kopilka.programmes;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens in a row. */
sealed interface Step {
    /** To whom, by the name on the page. */
    String member();

    /** What can be said of it beside how the account stands then, which can always be said. */
    Set<Class<? extends Claim>> claims();

    /** Somebody becomes a member. */
    record Joins(String member) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of(Claim.Earns.class);
        }
    }

    /**
     * The shop tells what it knows of a member.
     *
     * @param birthday month and day
     * @param segments labels
     * @param region where the member usually buys from
     */
    record Profile(String member, Optional<String> birthday, List<String> segments, Optional<String> region)
            implements Step {
        public Profile {
            segments = List.copyOf(segments);
        }

        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of();
        }
    }

    /**
     * Somebody does something that is rewarded, beside buying.
     *
     * @param kind as the document calls it
     * @param verified whether the shop has looked at it
     */
    record Does(String member, String kind, boolean verified) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of(Claim.Earns.class, Claim.Refused.class);
        }
    }

    /** Somebody looks what a basket would bring. */
    record Asks(String member, Basket basket) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of(
                    Claim.WouldEarn.class,
                    Claim.WouldPay.class,
                    Claim.Discount.class,
                    Claim.Gets.class,
                    Claim.CanPay.class,
                    Claim.MoreFor.class);
        }
    }

    /**
     * Somebody buys.
     *
     * @param order its number
     * @param quoted whether the shop asked for a quote just before, and gave what that said
     */
    record Buys(String member, String order, boolean quoted, Basket basket) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return quoted
                    ? Set.of(Claim.Earns.class, Claim.Pays.class, Claim.Discount.class, Claim.Gets.class)
                    : Set.of(Claim.Earns.class, Claim.Pays.class);
        }
    }

    /** An order is delivered. */
    record Receives(String member, String order) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of();
        }
    }

    /**
     * Goods come back.
     *
     * @param goods how much of what; empty: all of the order
     */
    record Returns(String member, String order, Map<String, BigDecimal> goods) implements Step {
        public Returns {
            goods = Collections.unmodifiableMap(new LinkedHashMap<>(goods));
        }

        @Override
        public Set<Class<? extends Claim>> claims() {
            return OF_REFUNDS;
        }
    }

    /** Money goes back that belongs to none of the goods. */
    record GetsBack(String member, String order, BigDecimal amount) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return OF_REFUNDS;
        }
    }

    /** An order is cancelled. */
    record Cancels(String member, String order) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return OF_REFUNDS;
        }
    }

    /**
     * Somebody spends of a wallet without telling for what.
     *
     * @param total what the order costs
     */
    record Spends(String member, Units units, BigDecimal total, Basket.Place place) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of(Claim.Pays.class, Claim.Refused.class);
        }
    }

    /** Nothing but time. */
    record Waits(String member) implements Step {
        @Override
        public Set<Class<? extends Claim>> claims() {
            return Set.of();
        }
    }

    /** What can be said where something comes back. */
    Set<Class<? extends Claim>> OF_REFUNDS = Set.of(
            Claim.TakenBack.class,
            Claim.GivenBack.class,
            Claim.WrittenOff.class,
            Claim.KeptBack.class,
            Claim.RefundOf.class);
}
