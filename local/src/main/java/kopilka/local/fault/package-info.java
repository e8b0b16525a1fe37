/** Faults of the network and of the services behind it, put between the SDK's clients and the embedded services. */
@NullMarked
package kopilka.local.fault;

import org.jspecify.annotations.NullMarked;
