package kopilka.local.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Draws, from a seed. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Whether something happens that happens in so many of a hundred cases. */
    boolean in100(int cases) {
        return random.nextInt(100) < cases;
    }

    /** From one number to another, both included. */
    int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** From one number to another, both included. */
    long from(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** One of them. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    /** One of them; more often one of the last. */
    <T> T recent(List<T> some) {
        int back = Math.min(random.nextInt(some.size()), random.nextInt(some.size()));
        return some.get(some.size() - 1 - back);
    }

    /** One of them. */
    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
