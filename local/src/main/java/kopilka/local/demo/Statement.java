package kopilka.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What happened to a member's points, a row for each movement, the earliest first: what time did stands at the day on which
 * it was due. Made of the entries of the ledger alone, as any backend could.
 *
 * @param rows by time
 */
record Statement(List<Row> rows) {
    /** With the other columns, 120. */
    private static final int WHY = 46;

    /** Copies what it is given. */
    Statement {
        rows = List.copyOf(rows);
    }

    /**
     * A movement, or an event that moved nothing.
     *
     * @param date in the program's zone
     * @param what in a few words
     * @param pending how many points more or less are pending after it
     * @param available how many points more or less can be spent after it
     * @param held how many points more or less are reserved after it
     * @param balance points that can be spent after it
     * @param why in a few words
     */
    record Row(LocalDate date, String what, long pending, long available, long held, long balance, String why) {}

    /** Makes a statement of entries as the API gives them, the latest first. */
    static Statement of(List<JsonNode> entries, ZoneId zone) {
        List<Row> rows = new ArrayList<>();
        long balance = 0;
        for (JsonNode entry : entries.reversed()) {
            if (entry.path("movements").isEmpty()) {
                Optional<Row> event = event(entry, zone, balance);
                event.ifPresent(rows::add);
            }
            for (Change change : changes(entry, zone)) {
                balance += change.available();
                rows.add(new Row(
                        change.day(),
                        what(change, entry),
                        change.pending(),
                        change.available(),
                        change.held(),
                        balance,
                        why(change, entry)));
            }
        }
        return new Statement(rows);
    }

    private static LocalDate dayOf(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone);
    }

    /**
     * Movements of one kind, reason and day in an entry: of several lots they are one to the reader.
     *
     * @param from the first day on which the points can be used
     * @param to the last
     */
    private record Change(
            String kind, String reason, LocalDate day, long points, Optional<LocalDate> from, Optional<LocalDate> to) {
        static Change of(JsonNode movement, ZoneId zone) {
            return new Change(
                    movement.path("kind").asText(),
                    movement.path("reason").asText(),
                    dayOf(Instant.parse(movement.path("at").asText()), zone),
                    movement.path("points").asLong(),
                    Optional.ofNullable(movement.get("availableFrom")).map(date -> LocalDate.parse(date.asText())),
                    Optional.ofNullable(movement.get("expires")).map(date -> LocalDate.parse(date.asText())));
        }

        boolean belongsTo(Change other) {
            return kind.equals(other.kind)
                    && reason.equals(other.reason)
                    && day.equals(other.day)
                    && from.equals(other.from);
        }

        Change plus(Change other) {
            return new Change(kind, reason, day, points + other.points, from, to);
        }

        private boolean isPending() {
            return from.isEmpty() || from.get().isAfter(day);
        }

        private boolean isExpired() {
            return to.isPresent() && to.get().isBefore(day);
        }

        long pending() {
            return switch (kind) {
                case "accrue" -> points;
                case "mature" -> -points;
                case "reverse" -> isPending() ? -points : 0;
                default -> 0;
            };
        }

        long available() {
            return switch (kind) {
                case "mature", "release", "void", "restore" -> points;
                case "hold", "expire", "settle_debt" -> -points;
                case "reverse" -> isPending() || isExpired() ? 0 : -points;
                default -> 0;
            };
        }

        long held() {
            return switch (kind) {
                case "hold" -> points;
                case "capture", "release", "void" -> -points;
                default -> 0;
            };
        }
    }

    private static List<Change> changes(JsonNode entry, ZoneId zone) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode movement : entry.path("movements")) {
            Change change = Change.of(movement, zone);
            if (!changes.isEmpty() && changes.getLast().belongsTo(change)) {
                change = changes.removeLast().plus(change);
            }
            changes.add(change);
        }
        return changes;
    }

    private static Optional<Row> event(JsonNode entry, ZoneId zone, long balance) {
        LocalDate date = dayOf(Instant.parse(entry.path("at").asText()), zone);
        return switch (entry.path("operation").asText()) {
            case "enrolled" -> Optional.of(new Row(date, "Joined", 0, 0, 0, balance, "a new member"));
            case "referral_attached" ->
                Optional.of(new Row(date, "Came by a friend's link", 0, 0, 0, balance, friend(entry)));
            default -> Optional.empty();
        };
    }

    private static String friend(JsonNode entry) {
        return "the friend is " + entry.path("reference").asText();
    }

    private static String what(Change change, JsonNode entry) {
        String reference = entry.path("reference").asText();
        return switch (change.reason()) {
            case "order_paid" -> "Order " + reference;
            case "referee_reward" -> "Welcome reward";
            case "referrer_reward" -> "Reward for a friend";
            case "referral_taken_back" -> "Reward taken back";
            case "refund" -> "Refund " + reference.substring(reference.indexOf('#') + 1);
            case "order_cancelled" -> "Order " + reference + " cancelled";
            case "window_over" -> "Points become available";
            case "checkout" -> "Checkout " + reference + " begins";
            case "spent" -> "Checkout " + reference + " is paid";
            case "spent_less" -> "Unused points come back";
            case "checkout_voided", "hold_timed_out" -> "Checkout ends";
            case "last_day_passed" -> "Points expire";
            case "debt_settled" -> "Debt is paid off";
            default -> change.kind().replace('_', ' ');
        };
    }

    private static String why(Change change, JsonNode entry) {
        String order = entry.path("reference").asText().split("#", 2)[0];
        return switch (change.reason()) {
            case "order_paid" -> sum(entry);
            case "referee_reward" -> "with the first order";
            case "referrer_reward" -> "with a friend's first order";
            case "refund" ->
                change.kind().equals("restore")
                        ? "had paid for what came back of order " + order
                        : "a part of order " + order + " came back";
            case "window_over" -> "the return window is over";
            case "checkout" -> "reserved while the customer pays";
            case "spent" -> "spent";
            case "spent_less" -> "the checkout took less than it had reserved";
            case "checkout_voided" -> "nothing was spent";
            case "hold_timed_out" -> "the customer never paid";
            case "last_day_passed" ->
                "not used by " + change.to().map(LocalDate::toString).orElse("their last day");
            default -> change.reason().replace('_', ' ');
        };
    }

    /** Such as {@code 125 for 25.00, 350 for 35.00 of premium}. */
    private static String sum(JsonNode entry) {
        return StreamSupport.stream(entry.path("explanation").path("parts").spliterator(), false)
                .map(part -> {
                    String rule = part.path("rule").asText();
                    String category = rule.startsWith("earning.categories.")
                            ? " of " + rule.substring("earning.categories.".length())
                            : "";
                    return part.path("points").asText() + " for "
                            + part.path("base").asText() + category;
                })
                .collect(Collectors.joining(", "));
    }

    /** As a table, at most 120 columns wide. */
    String table() {
        StringBuilder table = new StringBuilder();
        table.append(line("Date", "What happened", "Pending", "Available", "Held", "Balance", "Why"));
        table.append(line(
                "-".repeat(10),
                "-".repeat(24),
                "-".repeat(7),
                "-".repeat(9),
                "-".repeat(5),
                "-".repeat(7),
                "-".repeat(WHY)));
        for (Row row : rows) {
            table.append(line(
                    row.date().toString(),
                    row.what(),
                    signed(row.pending()),
                    signed(row.available()),
                    signed(row.held()),
                    String.format(Locale.ROOT, "%,d", row.balance()),
                    row.why()));
        }
        return table.toString();
    }

    private static String line(
            String date, String what, String pending, String available, String held, String balance, String why) {
        return String.format(
                                Locale.ROOT,
                                "%-10s  %-24s  %7s  %9s  %5s  %7s  %s",
                                date,
                                what,
                                pending,
                                available,
                                held,
                                balance,
                                why)
                        .stripTrailing()
                + "\n";
    }

    private static String signed(long points) {
        return points == 0 ? "" : String.format(Locale.ROOT, "%+,d", points);
    }
}
