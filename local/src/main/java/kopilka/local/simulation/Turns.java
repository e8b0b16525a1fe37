package kopilka.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Lets several deliveries go on together, exactly one of them at any time. Each gives way before its calls of the store; who
 * goes on then is told beforehand, so that it is the same every time.
 */
final class Turns {
    private Turns() {}

    /** A place in a round. */
    @FunctionalInterface
    interface Turn {
        /** Nobody else is there. */
        Turn ALONE = () -> {};

        /** Waits until it is this one's turn again. */
        void giveWay();
    }

    /** Runs them all to their ends, by their labels. What one of them throws ends the round. */
    static void together(Map<Integer, Consumer<Turn>> doings, List<Integer> turns) {
        Map<Integer, Actor> actors = new TreeMap<>();
        doings.forEach((label, doing) -> actors.put(label, new Actor(doing)));
        try {
            for (int label : turns) {
                Actor actor = actors.get(label);
                if (actor != null && !actor.ended) {
                    actor.goOn();
                }
            }
            for (Actor actor : new ArrayList<>(actors.values())) {
                while (!actor.ended) {
                    actor.goOn();
                }
            }
        } finally {
            actors.values().forEach(Actor::abandon);
        }
    }

    /** Ends a delivery of a round that is over. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("abandoned", null, false, false);
        }
    }

    /** All its fields are handed over by the semaphores. */
    private static final class Actor implements Turn {
        private final Semaphore mine = new Semaphore(0);
        private final Semaphore others = new Semaphore(0);
        private final Consumer<Turn> doing;
        private boolean begun;
        private boolean ended;
        private boolean abandoned;
        private Optional<Throwable> failure = Optional.empty();

        Actor(Consumer<Turn> doing) {
            this.doing = doing;
        }

        void goOn() {
            if (begun) {
                mine.release();
            } else {
                begun = true;
                Thread.ofVirtual().start(this::act);
            }
            others.acquireUninterruptibly();
            if (failure.isPresent()) {
                switch (failure.get()) {
                    case RuntimeException thrown -> throw thrown;
                    case Error thrown -> throw thrown;
                    default -> throw new IllegalStateException(failure.get());
                }
            }
        }

        private void act() {
            try {
                doing.accept(this);
            } catch (RuntimeException | Error thrown) {
                failure = Optional.of(thrown);
            } finally {
                ended = true;
                others.release();
            }
        }

        @Override
        public void giveWay() {
            others.release();
            mine.acquireUninterruptibly();
            if (abandoned) {
                throw new Abandoned();
            }
        }

        void abandon() {
            if (begun && !ended) {
                abandoned = true;
                mine.release();
                others.acquireUninterruptibly();
            }
        }
    }
}
