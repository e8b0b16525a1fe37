package kopilka.local.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.Ledger;

/** Where the ledgers of worlds are. */
interface Store extends AutoCloseable {
    /** A ledger of its own for a world, with nothing in it. */
    Shelf shelf();

    @Override
    void close();

    /** In memory: faults come between the teller and the ledger. */
    static Store memory() {
        return new Store() {
            @Override
            public Shelf shelf() {
                Ledger ledger = new InMemoryLedger();
                return new Shelf.Sound(ledger, ledger);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    /** A world's ledger. */
    interface Shelf {
        /** The ledger as it really is, without faults. */
        Ledger truth();

        /** The ledger as containers reach it. */
        Ledger reached();

        /** Whether faults come on the wire, below what containers reach; else they come above it. */
        boolean wired();

        /** Says who tells, before each request on the wire from now on, which fault meets it. */
        void disturb(Supplier<Optional<Mishap>> next);

        /** Lets requests arrive that are late. */
        void arriveLate();

        /** How often what went wrong on the wire. */
        Map<String, Long> wireFaults();

        /**
         * A shelf without a wire.
         *
         * @param truth the ledger
         * @param reached the same; tests of the simulation have it broken
         */
        record Sound(Ledger truth, Ledger reached) implements Shelf {
            @Override
            public boolean wired() {
                return false;
            }

            @Override
            public void disturb(Supplier<Optional<Mishap>> next) {
                throw new IllegalStateException("there is no wire");
            }

            @Override
            public void arriveLate() {
                // Nothing is ever under way.
            }

            @Override
            public Map<String, Long> wireFaults() {
                return Map.of();
            }
        }
    }
}
