package kopilka.accrual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.ledger.Account;
import kopilka.ledger.Decision;
import kopilka.ledger.Facts;
import kopilka.ledger.Opened;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Refusal;
import kopilka.order.OrderId;

/** What comes before an order's payment is recorded, and waits for it. */
final class Waiting {
    private Waiting() {}

    /** Lets an operation wait. */
    static Decision forPayment(Opened opened, OrderId order, Optional<OrderState> state, Facts facts) {
        Account account = opened.account();
        List<OperationId> waiting =
                new ArrayList<>(state.map(OrderState::waiting).orElse(List.of()));
        Account marked = waiting.isEmpty() ? account.awaitingPayment(order) : account;
        waiting.add(opened.operation().id());
        if (waiting.size() > OrderState.MAX_WAITING) {
            return new Decision.Refuse(new Refusal.TooManyWaiting(OrderState.MAX_WAITING));
        }
        if (marked.early().size() > Account.MAX_EARLY) {
            return new Decision.Refuse(new Refusal.TooManyWaiting(Account.MAX_EARLY));
        }
        return opened.post(marked, facts).with(OrderState.unpaid(account.key(), order, waiting));
    }
}
