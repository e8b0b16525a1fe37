/** What time does: pending points mature, lots expire, holds run out. */
@org.jspecify.annotations.NullMarked
package kopilka.expiry;
