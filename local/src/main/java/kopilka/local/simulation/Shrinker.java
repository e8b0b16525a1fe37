package kopilka.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import kopilka.local.simulation.Simulation.Failure;
import kopilka.local.simulation.Step.Delivery;

/**
 * Makes a failing history small: leaves steps out, ever smaller pieces of them, then deliveries and faults one by one, as
 * long as the same invariant breaks.
 */
final class Shrinker {
    /** How many histories are tried at most. */
    private static final int TRIES = 1_500;

    private final Simulation simulation;
    private int tries;

    Shrinker(Simulation simulation) {
        this.simulation = simulation;
    }

    Failure shrunk(Failure failure) {
        Failure least = failure;
        boolean smaller = true;
        while (smaller && tries < TRIES) {
            Failure pieces = fewerSteps(least);
            Failure parts = fewerParts(pieces);
            smaller = !parts.history().equals(least.history());
            least = parts;
        }
        return least;
    }

    private Optional<Failure> tried(Failure failure, List<Step> steps) {
        tries++;
        History history = new History(failure.history().kind(), steps);
        return simulation
                .replay(history)
                .filter(broken -> broken.invariant() == failure.broken().invariant())
                .map(broken -> new Failure(history, broken));
    }

    private Failure fewerSteps(Failure failure) {
        Failure least = failure;
        for (int piece = Math.max(1, least.history().steps().size() / 2); piece > 0; piece /= 2) {
            int from = 0;
            while (from < least.history().steps().size() && tries < TRIES) {
                List<Step> steps = new ArrayList<>(least.history().steps());
                steps.subList(from, Math.min(steps.size(), from + piece)).clear();
                Optional<Failure> without = tried(least, steps);
                if (without.isPresent()) {
                    least = without.get();
                } else {
                    from += piece;
                }
            }
        }
        return least;
    }

    private Failure fewerParts(Failure failure) {
        Failure least = failure;
        for (int i = 0; i < least.history().steps().size(); i++) {
            boolean again = true;
            while (again && tries < TRIES) {
                again = false;
                for (Step simpler : simpler(least.history().steps().get(i)).toList()) {
                    List<Step> steps = new ArrayList<>(least.history().steps());
                    steps.set(i, simpler);
                    Optional<Failure> with = tried(least, steps);
                    if (with.isPresent()) {
                        least = with.get();
                        again = true;
                        break;
                    }
                }
            }
        }
        return least;
    }

    /** The same step with something left out. */
    private static Stream<Step> simpler(Step step) {
        return switch (step) {
            case Step.Round round -> Stream.concat(fewerDeliveries(round), fewerFaults(round));
            case Step.Sweep sweep -> without(sweep.faults()).map(fewer -> new Step.Sweep(sweep.container(), fewer));
            case Step.Clock clock -> Stream.empty();
            case Step.Skew skew -> Stream.empty();
            case Step.Publish publish -> Stream.empty();
            case Step.Lose lost -> Stream.empty();
            case Step.Look look -> Stream.empty();
        };
    }

    private static Stream<Step> fewerDeliveries(Step.Round round) {
        List<Step> simpler = new ArrayList<>();
        for (int i = 0; round.deliveries().size() > 1 && i < round.deliveries().size(); i++) {
            List<Delivery> fewer = new ArrayList<>(round.deliveries());
            fewer.remove(i);
            simpler.add(new Step.Round(List.copyOf(fewer), fewer.size() == 1 ? List.of() : round.turns()));
        }
        if (!round.turns().isEmpty()) {
            int half = round.turns().size() / 2;
            simpler.add(new Step.Round(round.deliveries(), round.turns().subList(0, half)));
            simpler.add(new Step.Round(
                    round.deliveries(), round.turns().subList(0, round.turns().size() - 1)));
        }
        return simpler.stream();
    }

    private static Stream<Step> fewerFaults(Step.Round round) {
        List<Step> simpler = new ArrayList<>();
        for (int i = 0; i < round.deliveries().size(); i++) {
            Delivery delivery = round.deliveries().get(i);
            for (SortedMap<Integer, Mishap> fewer : without(delivery.faults()).toList()) {
                List<Delivery> deliveries = new ArrayList<>(round.deliveries());
                deliveries.set(i, new Delivery(delivery.label(), delivery.container(), delivery.message(), fewer));
                simpler.add(new Step.Round(List.copyOf(deliveries), round.turns()));
            }
        }
        return simpler.stream();
    }

    private static Stream<SortedMap<Integer, Mishap>> without(SortedMap<Integer, Mishap> faults) {
        return faults.keySet().stream().map(call -> {
            SortedMap<Integer, Mishap> fewer = new TreeMap<>(faults);
            fewer.remove(call);
            return fewer;
        });
    }
}
