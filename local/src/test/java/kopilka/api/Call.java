package kopilka.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A request before it is sent.
 *
 * @param parameters of the path, as they stand in it
 * @param query as it stands in the URL
 * @param headers besides the key
 */
record Call(
        Endpoint endpoint,
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, String> headers,
        Optional<String> body) {
    private static final String CONTENT_TYPE = "Content-Type";

    /** This call with another value in its path. */
    Call at(String parameter, String value) {
        return new Call(endpoint, plus(parameters, parameter, value), query, headers, body);
    }

    Call query(String name, String value) {
        return new Call(endpoint, parameters, plus(query, name, value), headers, body);
    }

    Call withoutQuery() {
        return new Call(endpoint, parameters, Map.of(), headers, body);
    }

    Call header(String name, String value) {
        return new Call(endpoint, parameters, query, plus(headers, name, value), body);
    }

    Call withoutHeader(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new Call(endpoint, parameters, query, fewer, body);
    }

    /** This call with that text for a body, whatever it is. */
    Call body(String text) {
        return new Call(endpoint, parameters, query, headers, Optional.of(text));
    }

    Call body(JsonNode json) {
        return body(json.toString());
    }

    Call withoutBody() {
        return new Call(endpoint, parameters, query, headers, Optional.empty());
    }

    /** This call with one thing in its body changed, as {@link Json#with} does. */
    Call changed(String pointer, String value) {
        return body(Json.with(Json.read(body.orElseThrow()), pointer, value));
    }

    /** This call with its body changed. */
    Call changed(UnaryOperator<String> change) {
        return body(change.apply(body.orElseThrow()));
    }

    /** With a media type for a body that has none said. */
    Map<String, String> allHeaders() {
        return body.isPresent() && !headers.containsKey(CONTENT_TYPE)
                ? plus(headers, CONTENT_TYPE, "application/json")
                : headers;
    }

    String path() {
        String path = endpoint.path();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        return path;
    }

    String pathAndQuery() {
        return query.isEmpty()
                ? path()
                : path()
                        + query.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    @Override
    public String toString() {
        return endpoint.method() + " " + pathAndQuery()
                + body.map(text -> " " + (text.length() > 300 ? text.substring(0, 300) + "..." : text))
                        .orElse("");
    }
}
