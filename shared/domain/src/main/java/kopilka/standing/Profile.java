package kopilka.standing;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kopilka.program.BirthdayWindow;
import kopilka.program.Region;
import kopilka.program.Segment;

/**
 * What the shop told of a member. It is personal: it stands in the account and nowhere else, and so it can be forgotten. A
 * posting has no more of it than what rules asked of an order, as {@link kopilka.program.Circumstances} keeps it.
 *
 * @param birthday the day of the year
 * @param segments labels
 * @param region where the member usually buys from
 */
public record Profile(Optional<MonthDay> birthday, Set<Segment> segments, Optional<Region> region) {
    /** Nothing was told. */
    public static final Profile UNKNOWN = new Profile(Optional.empty(), Set.of(), Optional.empty());

    /** The most labels of one member. */
    public static final int MAX_SEGMENTS = 20;

    /** Copies what it is given. */
    public Profile {
        segments = Set.copyOf(segments);
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException("a member has at most " + MAX_SEGMENTS + " labels");
        }
    }

    /** Those of some windows round the birthday that a day lies in. */
    public Set<BirthdayWindow> windows(Set<BirthdayWindow> asked, LocalDate day) {
        return asked.stream()
                .filter(window -> birthday.isPresent() && window.contains(day, birthday.get()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
