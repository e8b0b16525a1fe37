package kopilka.program;

import java.util.List;
import java.util.Optional;

/**
 * A level of the tiers.
 *
 * @param id by which rules name it
 * @param name as members know it
 * @param qualify what it asks for; empty for the lowest level, which everybody has
 * @param keep what keeping it asks for, where that is something else
 * @param benefits what it brings beside what rules say
 */
public record TierLevel(
        TierId id, Texts name, Optional<Qualification> qualify, Optional<Qualification> keep, List<Benefit> benefits) {
    /** Copies what it is given. */
    public TierLevel {
        benefits = List.copyOf(benefits);
    }

    /** As what answers name the source of what it brings: no rule of a document is called like this. */
    public RuleId asRule() {
        return new RuleId("tiers." + id);
    }

    /** What keeping it asks for; empty for the lowest level. */
    public Optional<Qualification> toKeep() {
        return keep.or(() -> qualify);
    }
}
