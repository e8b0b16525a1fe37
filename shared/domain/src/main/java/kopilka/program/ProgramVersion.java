package kopilka.program;

import java.time.Instant;

/**
 * One version of a program. Versions are immutable and numbered from 1 without gaps.
 *
 * @param program whose
 * @param number 1 or more
 * @param effectiveFrom since when it holds
 * @param rules what it says
 */
public record ProgramVersion(ProgramId program, int number, Instant effectiveFrom, Program rules) {}
