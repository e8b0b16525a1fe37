package kopilka.local;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When something is to happen again and again, as EventBridge's expressions say it. */
sealed interface Schedule {
    /** The next time after that one; none if there is none for years. */
    Optional<Instant> after(Instant instant);

    /** Reads {@code rate(1 hour)} or {@code cron(0 3 * * ? *)}. */
    static Optional<Schedule> parse(String expression, ZoneId zone) {
        Matcher rate = Rate.EXPRESSION.matcher(expression.strip());
        if (rate.matches()) {
            long count = Long.parseLong(rate.group(1));
            Duration unit = switch (rate.group(2)) {
                case "minute" -> Duration.ofMinutes(1);
                case "hour" -> Duration.ofHours(1);
                default -> Duration.ofDays(1);
            };
            return count == 0 ? Optional.empty() : Optional.of(new Rate(unit.multipliedBy(count)));
        }
        String text = expression.strip();
        if (text.startsWith("cron(") && text.endsWith(")")) {
            String[] fields =
                    text.substring("cron(".length(), text.length() - 1).strip().split("\\s+", -1);
            if (fields.length == 6) {
                try {
                    return Optional.of(new Cron(
                            Cron.values(fields[0], 0, 59, Integer::parseInt),
                            Cron.values(fields[1], 0, 23, Integer::parseInt),
                            Cron.values(fields[2], 1, 31, Integer::parseInt),
                            Cron.values(fields[3], 1, 12, Cron::month),
                            Cron.values(fields[4], 1, 7, Cron::dayOfWeek),
                            Cron.values(fields[5], 1970, 2199, Integer::parseInt),
                            zone));
                } catch (IllegalArgumentException unknown) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Every so often. */
    record Rate(Duration every) implements Schedule {
        private static final Pattern EXPRESSION = Pattern.compile("rate\\((\\d{1,6}) (minute|hour|day)s?\\)");

        @Override
        public Optional<Instant> after(Instant instant) {
            return Optional.of(instant.plus(every));
        }
    }

    /** At the minutes that all six fields name. Sunday is day 1 of the week. */
    record Cron(
            TreeSet<Integer> minutes,
            TreeSet<Integer> hours,
            TreeSet<Integer> days,
            TreeSet<Integer> months,
            TreeSet<Integer> daysOfWeek,
            TreeSet<Integer> years,
            ZoneId zone)
            implements Schedule {
        /** A leap day comes within eight years of any other. */
        private static final int MAX_DAYS_AHEAD = 366 * 8;

        private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

        @Override
        public Optional<Instant> after(Instant instant) {
            ZonedDateTime from = instant.atZone(zone);
            LocalDate day = from.toLocalDate();
            for (int i = 0; i <= MAX_DAYS_AHEAD; i++, day = day.plusDays(1)) {
                if (!years.contains(day.getYear())
                        || !months.contains(day.getMonthValue())
                        || !days.contains(day.getDayOfMonth())
                        || !daysOfWeek.contains(
                                day.getDayOfWeek() == DayOfWeek.SUNDAY
                                        ? 1
                                        : day.getDayOfWeek().getValue() + 1)) {
                    continue;
                }
                for (int hour : hours) {
                    for (int minute : minutes) {
                        Instant candidate =
                                day.atTime(hour, minute).atZone(zone).toInstant();
                        if (candidate.isAfter(instant)) {
                            return Optional.of(candidate);
                        }
                    }
                }
            }
            return Optional.empty();
        }

        private static int month(String text) {
            for (Month month : Month.values()) {
                if (month.name().startsWith(text.toUpperCase(Locale.ROOT)) && text.length() == 3) {
                    return month.getValue();
                }
            }
            return Integer.parseInt(text);
        }

        private static int dayOfWeek(String text) {
            int named = DAYS.indexOf(text.toUpperCase(Locale.ROOT));
            return named >= 0 ? named + 1 : Integer.parseInt(text);
        }

        private static TreeSet<Integer> values(String field, int least, int most, ToIntFunction<String> number) {
            TreeSet<Integer> values = new TreeSet<>();
            for (String part : field.split(",", -1)) {
                String[] stepped = part.split("/", 2);
                int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
                int from = least;
                int to = most;
                if (!stepped[0].equals("*") && !stepped[0].equals("?")) {
                    String[] range = stepped[0].split("-", 2);
                    from = number.applyAsInt(range[0]);
                    to = range.length == 2 ? number.applyAsInt(range[1]) : stepped.length == 2 ? most : from;
                }
                if (from < least || to > most || from > to || step < 1) {
                    throw new IllegalArgumentException(field);
                }
                for (int value = from; value <= to; value += step) {
                    values.add(value);
                }
            }
            return values;
        }
    }
}
