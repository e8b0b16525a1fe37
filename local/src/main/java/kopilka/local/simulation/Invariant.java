package kopilka.local.simulation;

/** What must hold, whatever happens; numbered as in docs/reliability.md. */
enum Invariant {
    SUMS(1, "postings add up to the balance, the balance to lots, holds and debt"),
    NOT_NEGATIVE(2, "available points never fall below 0, and debt comes from returns alone"),
    ONE_EFFECT(3, "one effect for each operation"),
    SAME_ANSWER(4, "the same operation gets the same answer, another content is refused"),
    TRUE_ANSWER(5, "what is answered as done is in the ledger, what is refused is not"),
    LINEARIZABLE(6, "operations on a member follow one another"),
    ALL_OR_NOTHING(7, "nothing is half written"),
    CHAINED(8, "postings are appended, chained and intact"),
    NEVER_MORE_BACK(9, "no more is taken back than was earned, none refunded than was paid"),
    HOLD_ENDS_ONCE(10, "a hold ends once, and no more is captured than was held"),
    EXPIRY(11, "nothing is spent after its last day, and the sweep changes nothing"),
    ARITHMETIC(12, "earning is exact"),
    CURRENCY(13, "money is in the program's currency"),
    NO_INTERFERENCE(14, "programs do not interfere"),
    REFERRAL(15, "one referrer, one reward, no cycle"),
    RECOMPUTED(16, "the pinned version gives the same posting again"),
    CONVERGENCE(17, "any sequence of the same events ends in one state"),
    GAPLESS(18, "an account's postings are numbered without gaps"),
    SOUND(0, "nothing breaks: no exception that nobody expects, and no end to a retry");

    private final int number;
    private final String words;

    Invariant(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** Its number in the list of invariants; 0 for what has none. */
    int number() {
        return number;
    }

    /** What it says. */
    String words() {
        return words;
    }
}
