/** Points pay: holds with a time-out, captured in full or in part, or voided. */
@org.jspecify.annotations.NullMarked
package kopilka.redemption;
