/** The whole of template.yaml in one JVM. */
@NullMarked
package kopilka.local;

import org.jspecify.annotations.NullMarked;
