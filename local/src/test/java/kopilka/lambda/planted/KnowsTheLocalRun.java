package kopilka.lambda.planted;

import kopilka.local.LocalClock;

final class KnowsTheLocalRun {
    private KnowsTheLocalRun() {}

    static Class<?> clock() {
        return LocalClock.class;
    }
}
