package kopilka.program;

import java.util.List;

/** What a level of the tiers asks for within a period. */
public sealed interface Qualification {
    /** Goods bought and kept, in minor units. */
    record Spend(long minor) implements Qualification {}

    /** Orders paid and not wholly returned. */
    record Orders(long number) implements Qualification {}

    /** Points that orders earned in the main wallet. */
    record PointsEarned(long points) implements Qualification {}

    /** All parts. */
    record All(List<Qualification> parts) implements Qualification {
        /** Copies what it is given. */
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part. */
    record AnyOf(List<Qualification> parts) implements Qualification {
        /** Copies what it is given. */
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }
}
