/**
 * The API from outside: requests to the local run of the real template, each request and answer held to openapi.yaml.
 */
@NullMarked
package kopilka.api;

import org.jspecify.annotations.NullMarked;
