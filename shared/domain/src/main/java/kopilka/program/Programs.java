package kopilka.program;

import java.time.Instant;
import java.util.Optional;

/**
 * The versions of all programs. A version never changes once it is there, so that a decision which looks one up by
 * number, or by a time in the past, finds the same whenever it is taken again.
 */
public interface Programs {
    /** The version in force at an instant; the first one for what lies before it. Empty: no such program. */
    Optional<ProgramVersion> at(ProgramId program, Instant instant);

    /** One version. Empty: no such program or version. */
    Optional<ProgramVersion> version(ProgramId program, int number);
}
