package kopilka.benchmarks.coldstart;

import java.util.regex.Pattern;

/**
 * What is asked for.
 *
 * @param runs how often each variant is started
 * @param only those whose names have this in them
 */
record Options(int runs, Pattern only) {
    static Options of(String... arguments) {
        int runs = 15;
        Pattern only = Pattern.compile("");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                case "--only" -> only = Pattern.compile(arguments[++i]);
                default -> throw new IllegalArgumentException("unknown: " + arguments[i] + "; --runs N, --only REGEX");
            }
        }
        return new Options(runs, only);
    }

    /** Whether nothing is left out. */
    boolean isAll() {
        return only.pattern().isEmpty();
    }

    boolean isAsked(Variant variant) {
        return only.matcher(variant.name()).find();
    }
}
