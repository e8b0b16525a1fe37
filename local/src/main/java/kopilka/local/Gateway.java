package kopilka.local;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.Template.Section;

/**
 * API Gateway's HTTP API on a port of this machine: routes, throttling, authorizer, events in payload format 2.0 and the
 * answers that the gateway gives by itself. What is no HTTP, or no URL such as {@code /v1/members/%ZZ}, never comes here: the
 * JDK's server answers it with 400 in words of its own, and lets nobody else answer.
 */
final class Gateway implements AutoCloseable {
    /** API Gateway's limits of a request's body, and of its request line and headers together. */
    private static final int MAX_BODY = 10 << 20;

    private static final int MAX_HEAD = 10_240;
    /** API Gateway's own patience with a function. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String IMPATIENT = "Gateway.Timeout";

    private static final DateTimeFormatter CLF = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static {
        // Without it an answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // A client that is told its body is too large while it is still sending must come to read that.
        System.setProperty("sun.net.httpserver.drainAmount", Long.toString(8L * MAX_BODY));
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gateway-", 0).factory());
    private final InstantSource clock;
    private final FunctionLog log;
    private List<Route> routes = List.of();
    private Optional<Authorizer> authorizer = Optional.empty();
    private Optional<TokenBucket> throttle = Optional.empty();
    private Optional<Cors> cors = Optional.empty();

    private record Cors(
            List<String> origins, List<String> methods, List<String> headers, List<String> exposed, int maxAge) {}

    /** Takes a port of the loopback interface; 0 takes any that is free. Nothing is answered yet. */
    Gateway(int port, InstantSource clock, FunctionLog log) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        this.clock = clock;
        this.log = log;
    }

    /** Begins to answer. */
    void open(Section api, List<Route> routes, Optional<Authorizer> authorizer) {
        this.routes = List.copyOf(routes);
        this.authorizer = authorizer;
        Section limits = api.sectionOrEmpty("DefaultRouteSettings");
        if (limits.has("ThrottlingRateLimit") && limits.has("ThrottlingBurstLimit")) {
            this.throttle = Optional.of(new TokenBucket(
                    limits.number("ThrottlingRateLimit"), limits.number("ThrottlingBurstLimit"), System::nanoTime));
        }
        if (api.has("CorsConfiguration")) {
            Section configured = api.section("CorsConfiguration");
            this.cors = Optional.of(new Cors(
                    configured.texts("AllowOrigins"),
                    configured.texts("AllowMethods"),
                    configured.texts("AllowHeaders"),
                    configured.texts("ExposeHeaders"),
                    configured.numberOr("MaxAge", 0)));
        }
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void forgetAuthorizations() {
        authorizer.ifPresent(Authorizer::forget);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    // ------------------------------------------------------------------------------------------------ a request

    private static final class Answer {
        private final int status;
        private final Map<String, List<String>> headers;
        private final byte[] body;

        Answer(int status, Map<String, List<String>> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        static Answer message(int status, String message) {
            return new Answer(
                    status,
                    new TreeMap<>(Map.of("content-type", List.of("application/json"))),
                    Json.bytes(Json.object().put("message", message)));
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException bug) {
                log.line("gateway", LogLevel.ERROR, bug.toString());
                answer = Answer.message(500, "Internal Server Error");
            }
            answer.headers.forEach((name, values) ->
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value)));
            crossOrigin(exchange);
            boolean bodiless = exchange.getRequestMethod().equals("HEAD")
                    || answer.status == 204
                    || answer.status == 304
                    || answer.body.length == 0;
            exchange.sendResponseHeaders(answer.status, bodiless ? -1 : answer.body.length);
            if (!bodiless) {
                exchange.getResponseBody().write(answer.body);
                // Closing an exchange takes what is left of the request first, and only then sends.
                exchange.getResponseBody().flush();
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Optional<String> length =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"));
        if (length.filter(text -> text.length() > 8 || Long.parseLong(text) > MAX_BODY)
                .isPresent()) {
            return Answer.message(413, "Request Entity Too Large");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return Answer.message(413, "Request Entity Too Large");
        }
        String method = exchange.getRequestMethod();
        String rawPath =
                Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
        if (cors.isPresent()
                && method.equals("OPTIONS")
                && exchange.getRequestHeaders().containsKey("Origin")) {
            return new Answer(204, preflight(cors.get()), new byte[0]);
        }
        Optional<Route.Match> match = Route.find(routes, method, rawPath);
        if (match.isEmpty()) {
            return Answer.message(404, "Not Found");
        }
        if (throttle.isPresent() && !throttle.get().take()) {
            Answer refused = Answer.message(429, "Too Many Requests");
            refused.headers.put("retry-after", List.of("1"));
            return refused;
        }
        if (headSize(exchange) > MAX_HEAD) {
            return Answer.message(431, "Request Header Fields Too Large");
        }
        ObjectNode event = event(exchange, match.get());
        if (match.get().route().authorized() && authorizer.isPresent()) {
            switch (authorizer.get().decide(event)) {
                case Authorizer.Decision.Anonymous anonymous -> {
                    return Answer.message(401, "Unauthorized");
                }
                case Authorizer.Decision.Denied denied -> {
                    return Answer.message(403, "Forbidden");
                }
                case Authorizer.Decision.Unclear unclear -> {
                    return Answer.message(500, "Internal Server Error");
                }
                case Authorizer.Decision.Allowed allowed ->
                    ((ObjectNode) event.get("requestContext"))
                            .putObject("authorizer")
                            .set("lambda", allowed.context());
            }
        }
        putBody(event, body, exchange.getRequestHeaders().getFirst("Content-Type"));
        return switch (invoke(match.get().route().function(), Json.bytes(event))) {
            case Failed failed when failed.type().equals(IMPATIENT) -> Answer.message(503, "Service Unavailable");
            case Failed failed -> Answer.message(500, "Internal Server Error");
            case Answered answered ->
                response(answered.text()).orElseGet(() -> {
                    log.line(match.get().route().function().id(), LogLevel.ERROR, "the answer is malformed");
                    return Answer.message(500, "Internal Server Error");
                });
        };
    }

    /** A function that may take longer than the gateway waits is left to itself when it does. */
    private Invocation invoke(LambdaFunction function, byte[] payload) {
        if (function.timeout().compareTo(PATIENCE) < 0) {
            return function.invoke(payload);
        }
        try {
            return CompletableFuture.supplyAsync(() -> function.invoke(payload), executor)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            return new Failed(IMPATIENT, "the function is still at work");
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Failed(IMPATIENT, "the local run is stopping");
        }
    }

    private static int headSize(HttpExchange exchange) {
        int size = exchange.getRequestURI().toString().length();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            size += header.getValue().stream()
                    .mapToInt(value -> header.getKey().length() + value.length())
                    .sum();
        }
        return size;
    }

    // ------------------------------------------------------------------------------------------------ the event

    private ObjectNode event(HttpExchange exchange, Route.Match match) {
        String method = exchange.getRequestMethod();
        // The gateway decodes what it calls raw, and what stands behind a decoded question mark is lost on it.
        String path = Route.decoded(exchange.getRequestURI().getRawPath());
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        ObjectNode event = Json.object()
                .put("version", "2.0")
                .put("routeKey", match.route().key())
                .put("rawPath", path)
                .put("rawQueryString", query);
        ObjectNode headers = Json.object();
        List<String> cookies = new ArrayList<>();
        new TreeMap<>(exchange.getRequestHeaders()).forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("cookie")) {
                values.forEach(value -> cookies.addAll(List.of(value.split(";\\s*", -1))));
            } else {
                headers.put(lower, String.join(",", values));
            }
        });
        String source = exchange.getRemoteAddress().getAddress().getHostAddress();
        headers.put("x-forwarded-for", source);
        headers.put(
                "x-forwarded-port", Integer.toString(exchange.getLocalAddress().getPort()));
        headers.put("x-forwarded-proto", "http");
        if (!cookies.isEmpty()) {
            cookies.forEach(event.putArray("cookies")::add);
        }
        event.set("headers", headers);
        Map<String, String> parameters = queryParameters(query);
        if (!parameters.isEmpty()) {
            parameters.forEach(event.putObject("queryStringParameters")::put);
        }
        if (!match.parameters().isEmpty()) {
            match.parameters().forEach(event.putObject("pathParameters")::put);
        }
        ObjectNode context = event.putObject("requestContext")
                .put("accountId", Template.ACCOUNT)
                .put("apiId", "local")
                .put("domainName", "localhost")
                .put("domainPrefix", "localhost")
                .put("requestId", UUID.randomUUID().toString())
                .put("routeKey", match.route().key())
                .put("stage", "$default")
                .put("time", CLF.format(clock.instant()))
                .put("timeEpoch", clock.instant().toEpochMilli());
        context.putObject("http")
                .put("method", method)
                .put("path", path)
                .put("protocol", exchange.getProtocol())
                .put("sourceIp", source)
                .put("userAgent", headers.path("user-agent").asText(""));
        return event;
    }

    /** Decoded, and the values of a name that comes several times joined by commas. */
    private static Map<String, String> queryParameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                parameters.merge(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "",
                        (first, second) -> first + "," + second);
            }
        }
        return parameters;
    }

    /**
     * Text stays text, anything else comes in base 64: form fields too, which surprises everybody once, and what calls itself
     * text and is not UTF-8, so that the function sees what was sent.
     */
    private static void putBody(ObjectNode event, byte[] body, @org.jspecify.annotations.Nullable String contentType) {
        if (body.length == 0) {
            event.put("isBase64Encoded", false);
            return;
        }
        String type = contentType == null
                ? "text/plain"
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean named = type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/xml")
                || type.equals("application/javascript");
        Optional<String> text = named ? utf8(body) : Optional.empty();
        event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
        event.put("isBase64Encoded", text.isEmpty());
    }

    private static Optional<String> utf8(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------------------------------------ the answer

    /** What a function's answer means to the gateway; nothing if it makes no sense to it. */
    private static Optional<Answer> response(String payload) {
        return Json.read(payload).flatMap(Gateway::response);
    }

    private static Optional<Answer> response(JsonNode json) {
        Map<String, List<String>> headers = new TreeMap<>();
        if (!json.isObject() || !json.has("statusCode")) {
            // An answer without a status is taken for the body of a good one.
            headers.put("content-type", List.of("application/json"));
            byte[] body = json.isTextual() ? json.asText().getBytes(StandardCharsets.UTF_8) : Json.bytes(json);
            return Optional.of(new Answer(200, headers, body));
        }
        JsonNode status = json.get("statusCode");
        int code = status.isTextual() && status.asText().matches("\\d{3}")
                ? Integer.parseInt(status.asText())
                : status.asInt();
        if (code < 100 || code > 599) {
            return Optional.empty();
        }
        JsonNode given = json.path("headers");
        JsonNode body = json.path("body");
        if (!(given.isMissingNode() || given.isNull() || given.isObject())
                || !(body.isMissingNode() || body.isNull() || body.isTextual())) {
            return Optional.empty();
        }
        given.properties().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("content-length") && !name.equals("transfer-encoding") && !name.equals("connection")) {
                headers.put(name, List.of(header.getValue().asText()));
            }
        });
        List<String> cookies = new ArrayList<>();
        json.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
        if (!cookies.isEmpty()) {
            headers.put("set-cookie", cookies);
        }
        headers.putIfAbsent("content-type", List.of("text/plain;charset=utf-8"));
        byte[] bytes;
        try {
            bytes = json.path("isBase64Encoded").asBoolean(false)
                    ? Base64.getDecoder().decode(body.asText(""))
                    : (body.isTextual() ? body.asText() : "").getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return Optional.of(new Answer(code, headers, bytes));
    }

    private static Map<String, List<String>> preflight(Cors cors) {
        Map<String, List<String>> headers = new TreeMap<>();
        headers.put("access-control-allow-methods", List.of(String.join(",", cors.methods)));
        headers.put("access-control-allow-headers", List.of(String.join(",", cors.headers)));
        headers.put("access-control-max-age", List.of(Integer.toString(cors.maxAge)));
        return headers;
    }

    private void crossOrigin(HttpExchange exchange) {
        Optional<String> origin =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Origin"));
        if (cors.isPresent() && origin.isPresent() && cors.get().origins.contains(origin.get())) {
            exchange.getResponseHeaders().set("access-control-allow-origin", origin.get());
            exchange.getResponseHeaders().set("vary", "Origin");
            if (!cors.get().exposed.isEmpty()) {
                exchange.getResponseHeaders()
                        .set("access-control-expose-headers", String.join(",", cors.get().exposed));
            }
        }
    }
}
