package kopilka.money.planted;

import kopilka.ledger.Hash;

final class KnowsTheLedger {
    private KnowsTheLedger() {}

    static Hash start() {
        return Hash.START;
    }
}
