package kopilka.local.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Which fault, if any, meets a request. Asked once for each, perhaps by many threads at once. */
@FunctionalInterface
public interface Plan {
    /** All goes well. */
    Plan NOTHING = call -> Optional.empty();

    /** The fault that meets this request. */
    Optional<Fault> fault(HttpCall call);

    /** This fault meets every such request to which it can happen. */
    static Plan of(Fault fault, Predicate<HttpCall> calls) {
        return call -> calls.test(call) ? Optional.of(fault) : Optional.empty();
    }

    /** This fault meets the requests of an operation from one number to another, both included; the first is 1. */
    static Plan of(Fault fault, String operation, long from, long to) {
        return of(fault, call -> call.operation().equals(operation) && call.number() >= from && call.number() <= to);
    }

    /** What this plan says, or else the other one. */
    default Plan or(Plan other) {
        return call -> fault(call).or(() -> other.fault(call));
    }

    /**
     * Faults by chance. What meets the n-th request of an operation depends on the seed and on nothing else, whoever sends
     * it.
     *
     * @param perMille how many of a thousand requests meet each fault; where one cannot happen, none does
     * @throws IllegalArgumentException if they are negative or add up to more than a thousand
     */
    static Plan random(long seed, Map<Fault, Integer> perMille) {
        Map<Fault, Integer> rates = new EnumMap<>(perMille);
        if (rates.values().stream().anyMatch(rate -> rate < 0)
                || rates.values().stream().mapToInt(Integer::intValue).sum() > 1000) {
            throw new IllegalArgumentException("rates between 0 and 1000, also together: " + rates);
        }
        return call -> {
            int drawn = new SplittableRandom(seed
                            ^ call.operation().hashCode() * 0x9E3779B97F4A7C15L
                            ^ call.number() * 0xBF58476D1CE4E5B9L)
                    .nextInt(1000);
            for (Map.Entry<Fault, Integer> rate : rates.entrySet()) {
                drawn -= rate.getValue();
                if (drawn < 0) {
                    return Optional.of(rate.getKey()).filter(fault -> fault.canHappenTo(call));
                }
            }
            return Optional.empty();
        };
    }
}
