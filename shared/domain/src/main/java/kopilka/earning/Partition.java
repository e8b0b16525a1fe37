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
        boolean[] stays = new boolean[values.size()];
        for (int line = 0; line < classes.length; line++) {
            if (!lines.has(line)) {
                stays[classes[line]] = true;
            }
        }
        int[] moved = new int[values.size()];
        Arrays.fill(moved, -1);
        for (int line = 0; line < classes.length; line++) {
            if (lines.has(line)) {
                int before = classes[line];
                if (moved[before] < 0) {
                    T changed = change.apply(values.get(before));
                    if (stays[before]) {
                        moved[before] = values.size();
                        values.add(changed);
                    } else {
                        moved[before] = before;
                        values.set(before, changed);
                    }
                }
                classes[line] = moved[before];
            }
        }
    }

    int classOf(int line) {
        return classes[line];
    }

    List<T> values() {
        return values;
    }
}
