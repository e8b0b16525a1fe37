package kopilka.accrual;

import kopilka.ledger.Facts;
import kopilka.ledger.Opened;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.program.ProgramVersion;

/** What is on record of a paid order. */
final class PaidOrder {
    private PaidOrder() {}

    /** The version that it was earned under. */
    static ProgramVersion version(Opened opened, Posting posting) {
        return opened.programs()
                .version(posting.member().program(), posting.programVersion())
                .orElseThrow(() -> new IllegalStateException("a posting names a version that does not exist"));
    }

    /** How it stands. */
    static OrderState state(Snapshot snapshot, Posting posting, Facts.OrderPaid paid) {
        return snapshot.order(posting.member(), paid.order())
                .orElseGet(() -> OrderState.paid(posting.member(), paid.order(), paid.earned()));
    }
}
