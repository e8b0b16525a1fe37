package kopilka.lambda.telling;

/** What can count towards what an order earns. */
enum Counted {
    /** Goods, at full price or not told apart. */
    GOODS,
    /** Goods with a discount of their own. */
    DISCOUNTED_GOODS,
    /** Gift vouchers. */
    GIFT_VOUCHERS,
    /** The delivery. */
    DELIVERY,
    /** Tax beside the prices. */
    TAX,
    /** What points paid. */
    PAID_WITH_POINTS
}
