package kopilka.lambda.telling;

/**
 * A Russian or Ukrainian word as it stands after a number.
 *
 * @param one after 1, 21, 31 and so on, but not 11
 * @param few after 2 to 4, 22 to 24 and so on, but not 12 to 14
 * @param many after all other whole numbers
 */
record Forms(String one, String few, String many) {
    /** The form after a whole number that is not negative. */
    String after(long number) {
        long ones = number % 10;
        return isOne(number) ? one : ones >= 2 && ones <= 4 && !isTeen(number) ? few : many;
    }

    /** Whether a word after the number is in the singular: after 21, but not after 11. */
    static boolean isOne(long number) {
        return number % 10 == 1 && !isTeen(number);
    }

    private static boolean isTeen(long number) {
        return number % 100 / 10 == 1;
    }

    /** The number and the word. */
    String of(long number, Figures figures) {
        return figures.number(number) + " " + after(number);
    }
}
