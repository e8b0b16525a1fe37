package kopilka.function.accrual.planted;

import kopilka.function.members.planted.OtherFunction;

final class CallsAnotherFunction {
    private CallsAnotherFunction() {}

    static void call() {
        OtherFunction.call();
    }
}
