package kopilka.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One route of the HTTP API.
 *
 * @param method such as {@code GET}, or {@code ANY}
 * @param path with its parameters in braces, the last of which may be greedy: {@code {rest+}}
 * @param function what it leads to
 * @param authorized whether the API's authorizer is asked first
 */
record Route(String method, String path, LambdaFunction function, boolean authorized) {
    String key() {
        return method + " " + path;
    }

    /** A route that a request took, and what its path said. */
    record Match(Route route, Map<String, String> parameters) {}

    /** The most specific of the routes that fit: fixed segments win over parameters, and those over greedy ones. */
    static Optional<Match> find(List<Route> routes, String method, String rawPath) {
        String[] segments = rawPath.split("/", -1);
        Optional<Match> best = Optional.empty();
        String bestRank = "";
        for (Route route : routes) {
            if (!route.method.equals(method) && !route.method.equals("ANY")) {
                continue;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            Optional<String> rank = route.fit(segments, parameters);
            // ANY is the less specific of two methods.
            String full =
                    rank.map(r -> r + (route.method.equals("ANY") ? "1" : "0")).orElse("");
            if (rank.isPresent() && (best.isEmpty() || full.compareTo(bestRank) < 0)) {
                best = Optional.of(new Match(route, parameters));
                bestRank = full;
            }
        }
        return best;
    }

    /** A text that sorts specific routes first, or nothing if the path does not fit. */
    private Optional<String> fit(String[] segments, Map<String, String> parameters) {
        String[] pattern = path.split("/", -1);
        StringBuilder rank = new StringBuilder();
        for (int i = 0; i < pattern.length; i++) {
            String part = pattern[i];
            if (part.startsWith("{") && part.endsWith("+}")) {
                if (segments.length <= i) {
                    return Optional.empty();
                }
                String rest = String.join("/", List.of(segments).subList(i, segments.length));
                parameters.put(part.substring(1, part.length() - 2), decoded(rest));
                return Optional.of(rank.append('2').toString());
            }
            if (i >= segments.length) {
                return Optional.empty();
            }
            if (part.startsWith("{") && part.endsWith("}")) {
                if (segments[i].isEmpty()) {
                    return Optional.empty();
                }
                parameters.put(part.substring(1, part.length() - 1), decoded(segments[i]));
                rank.append('1');
            } else if (part.equals(segments[i])) {
                rank.append('0');
            } else {
                return Optional.empty();
            }
        }
        return pattern.length == segments.length ? Optional.of(rank.toString()) : Optional.empty();
    }

    /** A part of a path without its percent signs; a plus stays one there. */
    static String decoded(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
