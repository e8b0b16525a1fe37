package kopilka.local.simulation;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kopilka.local.simulation.Step.Delivery;
import kopilka.local.simulation.Step.Message;

/**
 * All that happened in a world, to be done again.
 *
 * @param kind what it is checked for at its end
 * @param steps one after the other
 */
record History(Generator.Kind kind, List<Step> steps) {
    /** Copies what it is given. */
    History {
        steps = List.copyOf(steps);
    }

    /** Only what concerns this program, and all programs. */
    History alone(String program) {
        return filtered(
                step -> switch (step) {
                    case Step.Publish publish -> publish.program().equals(program);
                    case Step.Look look -> look.program().equals(program);
                    case Step.Lose lost -> lost.message().program().equals(program);
                    case Step.Clock clock -> true;
                    case Step.Skew skew -> true;
                    case Step.Sweep sweep -> true;
                    case Step.Round round -> true;
                },
                message -> message.program().equals(program));
    }

    /** Without any sweep. */
    History unswept() {
        return filtered(step -> !(step instanceof Step.Sweep), message -> !(message instanceof Message.Due));
    }

    private History filtered(Predicate<Step> steps, Predicate<Message> messages) {
        return new History(
                kind,
                this.steps.stream()
                        .filter(steps)
                        .flatMap(step -> of(step, messages))
                        .toList());
    }

    private static Stream<Step> of(Step step, Predicate<Message> messages) {
        if (!(step instanceof Step.Round round)) {
            return Stream.of(step);
        }
        List<Delivery> left = round.deliveries().stream()
                .filter(delivery -> messages.test(delivery.message()))
                .toList();
        return left.isEmpty() ? Stream.empty() : Stream.of(new Step.Round(left, round.turns()));
    }

    /** The programs that it speaks of. */
    List<String> programs() {
        return steps.stream()
                .flatMap(step -> step instanceof Step.Publish publish ? Stream.of(publish.program()) : Stream.empty())
                .distinct()
                .toList();
    }

    /** Each message once and without faults, first all that prepares, then the events of orders in the sequence of life. */
    History inOrder() {
        List<Step> orderly = Stream.concat(
                        steps.stream().filter(step -> step instanceof Step.Publish),
                        steps.stream()
                                .flatMap(step -> switch (step) {
                                    case Step.Round round ->
                                        round.deliveries().stream().map(Delivery::message);
                                    case Step.Lose lost -> Stream.of(lost.message());
                                    default -> Stream.<Message>empty();
                                })
                                .distinct()
                                .sorted(java.util.Comparator.comparingInt(History::rank))
                                .map(message -> new Step.Round(
                                        List.of(new Delivery(0, 0, message, new java.util.TreeMap<>())), List.of())))
                .toList();
        return new History(kind, orderly);
    }

    private static int rank(Message message) {
        return message instanceof Message.Ask(Command command)
                ? switch (command) {
                    case Command.Enrol enrol -> 0;
                    case Command.Place place -> 1;
                    case Command.Pay pay -> 2;
                    case Command.Deliver deliver -> 3;
                    case Command.Refund refund -> 4;
                    default -> 5;
                }
                : 6;
    }
}
