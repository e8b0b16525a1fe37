package kopilka.lambda.telling;

/** Why a rule brought nothing, or less. */
interface ReasonPhrases {
    /** It has not begun. */
    String notYet();

    /** It is over. */
    String noLonger();

    /** The basket comes to so much. */
    String basketHas(String amount);

    /** Its goods that the rule is about come to so much. */
    String basketHasMatching(String amount);

    /** None of its goods is such. */
    String noneInBasket();

    /** There is nothing in it. */
    String emptyBasket();

    /** Another rule is applied to the goods in its place. */
    String insteadApplied(String rule);

    /** Only so much of a discount is taken off. */
    String discountTrimmed(String taken, String said);

    /** No more discount is possible. */
    String discountUsedUp();

    /** The shop did not give the discount. */
    String discountNotGiven();
}
