/** Accounts, lots, postings and the port behind which they are stored: the exact record of every point. */
@org.jspecify.annotations.NullMarked
package kopilka.ledger;
