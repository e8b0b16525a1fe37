package kopilka.local.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the load is to be.
 *
 * @param duration how long requests are begun
 * @param warmUp how much of it at the start is left out of the figures; what is sent then is checked all the same
 * @param clients who each wait for an answer before they go on; not heeded where a rate is given
 * @param rate requests begun a second, whether or not those before are answered
 * @param members of each of the two programs
 * @param hotShare percent of a program's requests that go to its hot member
 * @param seed what all is drawn from
 * @param kills how often the local run is killed, evenly over the time
 * @param data folder that keeps the tables; without one a temporary folder is used and removed
 */
record Plan(
        Duration duration,
        Duration warmUp,
        int clients,
        OptionalInt rate,
        int members,
        int hotShare,
        long seed,
        int kills,
        Optional<Path> data) {
    private static final int LONGEST_SECONDS = 24 * 60 * 60;
    private static final int MOST_CLIENTS = 1_000;
    private static final int HIGHEST_RATE = 10_000;
    private static final int MOST_MEMBERS = 100_000;
    private static final int MOST_KILLS = 1_000;

    /** A minute, 16 clients, 200 members in each program, a fifth of the requests to the hot one, no kill. */
    static final Plan USUAL = new Plan(
            Duration.ofSeconds(60), Duration.ofSeconds(10), 16, OptionalInt.empty(), 200, 20, 1, 0, Optional.empty());

    /** Reads the command line. */
    static Plan parse(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Plan plan = USUAL;
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = left.removeFirst();
            plan = switch (option) {
                case "--seconds" -> plan.lasting(Duration.ofSeconds(number(option, value, 1, LONGEST_SECONDS)));
                case "--warm-up" -> plan.warmingUp(Duration.ofSeconds(number(option, value, 0, LONGEST_SECONDS)));
                case "--clients" -> plan.withClients(number(option, value, 1, MOST_CLIENTS));
                case "--rate" -> plan.withRate(number(option, value, 1, HIGHEST_RATE));
                case "--members" -> plan.withMembers(number(option, value, 2, MOST_MEMBERS));
                case "--hot" -> plan.withHotShare(number(option, value, 0, 100));
                case "--seed" -> plan.from(number(option, value, 0, Integer.MAX_VALUE));
                case "--kills" -> plan.withKills(number(option, value, 0, MOST_KILLS));
                case "--data" -> plan.keepingDataIn(Path.of(value));
                default ->
                    throw new IllegalArgumentException(
                            "load has no option " + option + "; it takes --seconds N,"
                                    + " --warm-up N, --clients N, --rate N, --members N, --hot PERCENT, --seed N, --kills N, --data DIR");
            };
        }
        if (plan.warmUp.compareTo(plan.duration) >= 0) {
            return plan.warmingUp(plan.duration.dividedBy(5));
        }
        return plan;
    }

    private static int number(String option, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new IllegalArgumentException(option + " needs a number from " + min + " to " + max);
    }

    Plan lasting(Duration other) {
        return new Plan(other, warmUp, clients, rate, members, hotShare, seed, kills, data);
    }

    Plan warmingUp(Duration other) {
        return new Plan(duration, other, clients, rate, members, hotShare, seed, kills, data);
    }

    Plan withClients(int other) {
        return new Plan(duration, warmUp, other, rate, members, hotShare, seed, kills, data);
    }

    private Plan withRate(int other) {
        return new Plan(duration, warmUp, clients, OptionalInt.of(other), members, hotShare, seed, kills, data);
    }

    Plan withMembers(int other) {
        return new Plan(duration, warmUp, clients, rate, other, hotShare, seed, kills, data);
    }

    private Plan withHotShare(int percent) {
        return new Plan(duration, warmUp, clients, rate, members, percent, seed, kills, data);
    }

    Plan from(long otherSeed) {
        return new Plan(duration, warmUp, clients, rate, members, hotShare, otherSeed, kills, data);
    }

    Plan withKills(int other) {
        return new Plan(duration, warmUp, clients, rate, members, hotShare, seed, other, data);
    }

    Plan keepingDataIn(Path folder) {
        return new Plan(duration, warmUp, clients, rate, members, hotShare, seed, kills, Optional.of(folder));
    }
}
