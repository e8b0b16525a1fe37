package kopilka.lambda.telling;

/** What a rule without a title of its own is about. */
enum Topic {
    /** What orders earn. */
    GENERAL_RATE,
    /** What goods of some category earn. */
    CATEGORY_RATE,
    /** The least order that earns. */
    MINIMUM_ORDER,
    /** The most that an order earns. */
    MAXIMUM_PER_ORDER,
    /** What counts and what does not. */
    INCLUDED,
    /** What becomes of fractions. */
    ROUNDING,
    /** How multipliers come together. */
    MULTIPLIERS,
    /** How far discounts go. */
    DISCOUNTS,
    /** When what is earned becomes available. */
    PENDING,
    /** How long it lasts. */
    EXPIRY,
    /** How it pays. */
    REDEMPTION,
    /** How levels work. */
    TIERS,
    /** What returns do. */
    REFUNDS,
    /** What recommending brings. */
    REFERRAL,
    /** Whose clock it is. */
    TIME_ZONE
}
