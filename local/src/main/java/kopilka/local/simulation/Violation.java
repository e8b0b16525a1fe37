package kopilka.local.simulation;

/**
 * An invariant that did not hold.
 *
 * @param invariant which, by its name
 * @param expected what should have been
 * @param actual what was
 * @param seed of the run
 * @param world the number of the world in that run, from 0
 * @param story the shrunk history that shows it, in words
 * @param literal the same, to be read by a test
 */
public record Violation(
        String invariant, String expected, String actual, long seed, int world, String story, String literal) {
    @Override
    public String toString() {
        return invariant + "\n  expected " + expected + "\n  but was  " + actual + "\n  seed " + seed + ", world "
                + world + "\n\n" + story;
    }
}
