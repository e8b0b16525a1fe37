package kopilka.benchmark;

import java.util.List;

/** Makes the figures of one page of docs/performance from what a benchmark measures. */
interface Figures {
    /** The name of the page. */
    String page();

    /** Which benchmarks to run, as a regular expression of JMH's. */
    String benchmark();

    /** The figures. */
    List<Figure> of(Measured measured);
}
