/** What members do beside buying, and what it brings. */
@org.jspecify.annotations.NullMarked
package kopilka.activities;
