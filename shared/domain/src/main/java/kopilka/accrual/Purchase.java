package kopilka.accrual;

import java.time.Instant;
import kopilka.earning.Earnings;
import kopilka.ledger.Facts;
import kopilka.ledger.Under;
import kopilka.order.OrderBasis;
import kopilka.order.Quoted;
import kopilka.order.Returned;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;

/**
 * A paid order, with all that decides what it earns.
 *
 * @param basis its content
 * @param version the version of the program that it is earned under
 * @param paidAt when it was paid
 * @param under which circumstances
 */
record Purchase(OrderBasis basis, ProgramVersion version, Instant paidAt, Under under) {
    /** The one that is on record. */
    static Purchase of(Facts.OrderPaid paid, ProgramVersion version) {
        return new Purchase(paid.basis(), version, paid.at(), paid.under());
    }

    Program rules() {
        return version.rules();
    }

    /** What it earns, if that has come back. */
    Earnings earnings(Returned returned) {
        return Earnings.of(basis, returned, rules(), under.circumstances(), ruledAt());
    }

    /** The moment that rules go by. */
    Instant ruledAt() {
        return under.quote().map(Quoted::at).orElse(paidAt);
    }
}
