package kopilka.programmes;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** One thing that a row says has come of what happened. */
sealed interface Claim {
    /** Nothing moves in any wallet. It says what saying nothing says, so that a cell is never empty. */
    record NothingMoves() implements Claim {}

    /** An order, an activity or joining earns. */
    record Earns(Units units) implements Claim {}

    /** An order would earn. */
    record WouldEarn(Units units) implements Claim {}

    /** What an order had earned is taken back, whoever bears what of it is spent. */
    record TakenBack(Units units) implements Claim {}

    /** What had paid for an order is given back. */
    record GivenBack(Units units) implements Claim {}

    /** What should have been taken back and was spent: the shop bears it. */
    record WrittenOff(Units units) implements Claim {}

    /** What should have been taken back and was spent: the shop keeps it back from the refund. */
    record KeptBack(BigDecimal amount) implements Claim {}

    /** What goods cost that came back. */
    record RefundOf(BigDecimal amount) implements Claim {}

    /** What is left to be paid with money. */
    record Pays(BigDecimal amount) implements Claim {}

    /** What would have to be paid with money. */
    record WouldPay(BigDecimal amount) implements Claim {}

    /** A discount by a rule. */
    record Discount(BigDecimal amount, String rule) implements Claim {}

    /** A benefit of a kind, as answers name it. */
    record Gets(String kind, Optional<String> label) implements Claim {}

    /** The most of a wallet that could pay for a basket. */
    record CanPay(Units units) implements Claim {}

    /** For how much more one would have to buy to have a rule apply. */
    record MoreFor(BigDecimal amount, String rule) implements Claim {}

    /** It is refused, with a problem of this code, whose underscores are spaces on the page. */
    record Refused(String code) implements Claim {}

    /** The member owes. */
    record Owes(Units units) implements OfAccount {}

    /** There is so much to be spent now. */
    record Available(Units units) implements OfAccount {}

    /** There will be so much more to be spent. */
    record Pending(Units units) implements OfAccount {}

    /** So much has this last day, which is within three months. */
    record Until(Units units, LocalDate day) implements OfAccount {}

    /** The member has this level. */
    record Tier(String level) implements OfAccount {}

    /** How an account stands then, whatever has happened. */
    sealed interface OfAccount extends Claim {}
}
