package kopilka.earning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** An order's lines in classes that share a value: one class at first, more with each set of lines that something is done to. */
final class Partition<T> {
    private final int[] classes;
    private final List<T> values = new ArrayList<>();

    Partition(int lines, T value) {
        classes = new int[lines];
        values.add(value);
    }

    /** Changes the value of some lines. */
    void refine(LineSet lines, UnaryOperator<T> change) {
        int[] moved = new int[values.size()];
        Arrays.fill(moved, -1);
        for (int line = 0; line < classes.length; line++) {
            if (lines.has(line)) {
                int before = classes[line];
                if (moved[before] < 0) {
                    moved[before] = values.size();
                    values.add(change.apply(values.get(before)));
                }
                classes[line] = moved[before];
            }
        }
    }

    /** Changes the value of all lines. */
    void change(UnaryOperator<T> change) {
        values.replaceAll(change);
    }

    int classOf(int line) {
        return classes[line];
    }

    T value(int ofClass) {
        return values.get(ofClass);
    }

    T of(int line) {
        return values.get(classes[line]);
    }

    int size() {
        return values.size();
    }
}
