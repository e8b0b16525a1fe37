package kopilka.earning;

/** Some of an order's lines, by position: a bit for each. */
final class LineSet {
    private final long[] words;

    LineSet(int lines) {
        words = new long[(lines + 63) >>> 6];
    }

    private LineSet(long[] words) {
        this.words = words;
    }

    LineSet copy() {
        return new LineSet(words.clone());
    }

    void add(int line) {
        words[line >>> 6] |= 1L << line;
    }

    boolean has(int line) {
        return (words[line >>> 6] & 1L << line) != 0;
    }

    void remove(int line) {
        words[line >>> 6] &= ~(1L << line);
    }

    void add(LineSet others) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= others.words[i];
        }
    }

    void remove(LineSet others) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~others.words[i];
        }
    }

    /** Those that are in both. */
    LineSet and(LineSet others) {
        LineSet both = copy();
        for (int i = 0; i < words.length; i++) {
            both.words[i] &= others.words[i];
        }
        return both;
    }

    boolean meets(LineSet others) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & others.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }
}
