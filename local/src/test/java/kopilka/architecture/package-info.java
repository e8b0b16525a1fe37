/** Who may import whom, held by tests that are shown to catch a violation. */
@org.jspecify.annotations.NullMarked
package kopilka.architecture;
