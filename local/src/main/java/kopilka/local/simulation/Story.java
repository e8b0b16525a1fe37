package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import kopilka.local.simulation.Step.Delivery;
import kopilka.local.simulation.Step.Message;

/** Tells a history in the words of a shop. */
final class Story {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();
    private Instant now = World.BEGINNING;

    private Story() {}

    static String of(History history) {
        Story story = new Story();
        history.steps().forEach(story::tell);
        return story.text.toString();
    }

    private void tell(Step step) {
        if (step instanceof Step.Clock clock) {
            boolean back = clock.now().isBefore(now);
            now = clock.now();
            if (back) {
                say("all clocks are set back to " + TIME.format(now));
            }
            return;
        }
        say(
                switch (step) {
                    case Step.Clock clock -> "";
                    case Step.Skew skew -> "container " + skew.container() + " is ahead by " + skew.ahead();
                    case Step.Publish publish ->
                        publish.program() + " gets a version from " + publish.from() + ": " + publish.rules();
                    case Step.Lose lost -> words(lost.message()) + "; the message is lost";
                    case Step.Sweep sweep -> "container " + sweep.container() + " sweeps" + words(sweep.faults());
                    case Step.Look look -> "somebody looks at " + look.member() + " of " + look.program();
                    case Step.Round round ->
                        round.deliveries().stream().map(Story::words).collect(Collectors.joining("; at the same time "))
                                + (round.turns().isEmpty() ? "" : "; in turn " + round.turns());
                });
    }

    private void say(String what) {
        text.append("day ")
                .append(Duration.between(World.BEGINNING, now).toDays() + 1)
                .append(", ")
                .append(TIME.format(now))
                .append(": ")
                .append(what)
                .append('\n');
    }

    private static String words(Delivery delivery) {
        return words(delivery.message()) + " (container " + delivery.container() + ")" + words(delivery.faults());
    }

    private static String words(SortedMap<Integer, Mishap> faults) {
        List<String> told = new ArrayList<>();
        faults.forEach((call, fault) -> told.add("at store call " + call + " " + fault.words()));
        return told.isEmpty() ? "" : ": " + String.join(", ", told);
    }

    private static String words(Message message) {
        return switch (message) {
            case Message.Ask(Command command) -> words(command);
            case Message.Due due -> due.member() + " of " + due.program() + " is due";
            case Message.Signal signal ->
                (signal.reward() ? "the reward for " : "the end of the reward for ") + signal.referee() + " of "
                        + signal.program() + " is brought to the referrer";
        };
    }

    private static String words(Command command) {
        String who = command.member() + " of " + command.program() + " ";
        return who
                + switch (command) {
                    case Command.Enrol enrol -> "joins";
                    case Command.Leave leave -> "leaves";
                    case Command.Place place ->
                        "places order " + place.order() + " at " + place.at() + basket(place.basket());
                    case Command.Pay pay -> "pays order " + pay.order() + " at " + pay.at() + basket(pay.basket());
                    case Command.Deliver deliver -> "gets order " + deliver.order() + " at " + deliver.at();
                    case Command.Cancel cancel -> "cancels order " + cancel.order() + " at " + cancel.at();
                    case Command.Refund refund ->
                        "sends back " + refund.lines() + ", delivery " + refund.delivery() + ", amount "
                                + refund.amount() + " of order " + refund.order() + " as refund " + refund.refund()
                                + " at " + refund.at() + " in " + refund.currency();
                    case Command.Hold hold ->
                        "holds " + hold.points() + " points as " + hold.redemption() + " for an order of "
                                + hold.orderTotal() + " " + hold.currency()
                                + (hold.minutes().isPresent()
                                        ? " for " + hold.minutes().getAsLong() + " minutes"
                                        : "");
                    case Command.Capture capture ->
                        "pays with "
                                + (capture.points().isPresent()
                                        ? capture.points().getAsLong() + " of "
                                        : "all of ") + capture.redemption();
                    case Command.VoidHold release -> "gives up " + release.redemption();
                    case Command.Settle settle -> "is settled after posting " + settle.sequence();
                    case Command.IssueCode issue -> "gets the code " + issue.code();
                    case Command.Attach attach -> "came by the code " + attach.code();
                    case Command.Reward reward -> "is rewarded for " + reward.referee();
                    case Command.TakeBack takeBack -> "loses the reward for " + takeBack.referee();
                };
    }

    private static String basket(Command.Basket basket) {
        return " of " + basket.lines() + ", delivery " + basket.delivery() + ", tax " + basket.tax() + ", discount "
                + basket.discount() + ", in all " + basket.total() + " " + basket.currency()
                + (basket.paidByPoints().isEmpty() ? "" : ", of it by points " + basket.paidByPoints());
    }
}
