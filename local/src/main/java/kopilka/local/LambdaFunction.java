package kopilka.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import kopilka.lambda.Platform;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;
import org.jspecify.annotations.Nullable;

/**
 * A function of the template. Each of its environments, which are instances of the handler class, works on one invocation
 * at a time, as in Lambda; there are as many as there are invocations at once.
 */
final class LambdaFunction {
    /** Lambda's own limit of an answer. */
    private static final int MAX_ANSWER = 6 << 20;

    private final String id;
    private final String handler;
    private final String handlerPlace;
    private final Path code;
    private final Duration timeout;
    private final int memory;
    private final Map<String, String> environment;
    private final Function<Map<String, String>, Platform> platform;
    private final FunctionLog log;
    private final LambdaLogger logger;
    private final ConcurrentLinkedDeque<RequestStreamHandler> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong invocations = new AtomicLong();
    private @Nullable Class<?> loaded;

    LambdaFunction(
            Resource function, Template template, Function<Map<String, String>, Platform> platform, FunctionLog log) {
        Section properties = template.functionProperties(function);
        this.id = function.id();
        this.handler = properties.text("Handler").split("::", 2)[0];
        this.handlerPlace = properties.place() + ".Handler";
        this.code = template.folder().resolve(properties.textOr("CodeUri", "."));
        this.timeout = Duration.ofSeconds(properties.numberOr("Timeout", 3));
        this.memory = properties.numberOr("MemorySize", 128);
        this.platform = platform;
        this.log = log;
        this.logger = log.logger(id);
        Section variables = properties.sectionOrEmpty("Environment").sectionOrEmpty("Variables");
        Map<String, String> values = new java.util.HashMap<>();
        variables.names().forEach(name -> {
            if (variables.has(name)) {
                values.put(name, variables.text(name));
            }
        });
        values.put("AWS_REGION", Template.REGION);
        values.put("AWS_LAMBDA_FUNCTION_NAME", id);
        this.environment = Map.copyOf(values);
    }

    String id() {
        return id;
    }

    Duration timeout() {
        return timeout;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** How often the function was invoked since the start. */
    long invocations() {
        return invocations.get();
    }

    /** Makes the first environment, so that the first caller need not wait for it. */
    void warmUp() {
        try {
            idle.push(environmentOf());
        } catch (Unusable unusable) {
            log.line(id, LogLevel.WARN, String.valueOf(unusable.getMessage()));
        }
    }

    /** Invokes the function and waits for it, no longer than its timeout. */
    Invocation invoke(byte[] payload) {
        invocations.incrementAndGet();
        RequestStreamHandler environment = idle.poll();
        if (environment == null) {
            try {
                environment = environmentOf();
            } catch (Unusable unusable) {
                return failed(unusable.type, String.valueOf(unusable.getMessage()));
            }
        }
        RequestStreamHandler chosen = environment;
        Call call = new Call(UUID.randomUUID().toString(), System.nanoTime() + timeout.toNanos());
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            FunctionOutput.beginning(line -> log.line(id, line));
            try {
                ByteArrayOutputStream output = new ByteArrayOutputStream(1024);
                chosen.handleRequest(new ByteArrayInputStream(payload), output, call);
                return output.toByteArray();
            } finally {
                FunctionOutput.ended();
            }
        });
        Thread worker = Thread.ofVirtual().name(id + " " + call.requestId).start(task);
        try {
            byte[] answer = task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            idle.push(chosen);
            return answer.length > MAX_ANSWER
                    ? failed("Function.ResponseSizeTooLarge", "the answer has " + answer.length + " bytes")
                    : new Answered(new String(answer, StandardCharsets.UTF_8));
        } catch (ExecutionException thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            idle.push(chosen);
            return failed(cause.getClass().getName(), traceOf(cause));
        } catch (TimeoutException late) {
            // As in Lambda, an environment that ran out of time is gone with whatever state it was left in.
            worker.interrupt();
            return failed("Sandbox.Timedout", "Task timed out after " + timeout.toSeconds() + " seconds");
        } catch (InterruptedException stopping) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            return new Failed("Local.Stopping", "the local run is stopping");
        }
    }

    private Failed failed(String type, String message) {
        log.line(id, LogLevel.ERROR, type + ": " + message);
        return new Failed(type, message.lines().findFirst().orElse(""));
    }

    private static String traceOf(Throwable thrown) {
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        return trace.toString();
    }

    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String type;

        Unusable(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    private RequestStreamHandler environmentOf() throws Unusable {
        Class<?> type = handlerClass();
        Object made;
        try {
            made = withPlatform(type);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            throw new Unusable("Runtime.ExceptionWhileInitializing", traceOf(cause));
        } catch (ReflectiveOperationException unusable) {
            throw new Unusable("Runtime.HandlerNotFound", handlerPlace + ": " + unusable);
        }
        if (made instanceof RequestStreamHandler stream) {
            return stream;
        }
        throw new Unusable("Runtime.HandlerNotFound", handlerPlace + ": " + handler + " is not a RequestStreamHandler");
    }

    private Object withPlatform(Class<?> type) throws ReflectiveOperationException {
        try {
            return type.getConstructor(Platform.class).newInstance(platform.apply(environment));
        } catch (NoSuchMethodException none) {
            return type.getConstructor().newInstance();
        }
    }

    /** From the class path, or else from the jar that the template names. */
    private synchronized Class<?> handlerClass() throws Unusable {
        if (loaded != null) {
            return loaded;
        }
        try {
            loaded = Class.forName(handler);
        } catch (ClassNotFoundException elsewhere) {
            loaded = fromJar();
        }
        return loaded;
    }

    private Class<?> fromJar() throws Unusable {
        if (!Files.isRegularFile(code)) {
            throw new Unusable(
                    "Runtime.HandlerNotFound",
                    handlerPlace + ": " + handler + " is not on the class path, and there is no jar at " + code
                            + " (mvn package makes it)");
        }
        try {
            // Never closed: it serves until the local run ends.
            URLClassLoader loader =
                    new URLClassLoader(id, new URL[] {code.toUri().toURL()}, LambdaFunction.class.getClassLoader());
            return Class.forName(handler, true, loader);
        } catch (ClassNotFoundException | MalformedURLException missing) {
            throw new Unusable("Runtime.HandlerNotFound", handlerPlace + ": " + handler + " is not in " + code);
        }
    }

    /** What Lambda tells a function about the invocation. */
    private final class Call implements Context {
        private final String requestId;
        private final long deadline;

        Call(String requestId, long deadline) {
            this.requestId = requestId;
            this.deadline = deadline;
        }

        @Override
        public String getAwsRequestId() {
            return requestId;
        }

        @Override
        public String getLogGroupName() {
            return "/aws/lambda/" + id;
        }

        @Override
        public String getLogStreamName() {
            return "local";
        }

        @Override
        public String getFunctionName() {
            return id;
        }

        @Override
        public String getFunctionVersion() {
            return "$LATEST";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn:aws:lambda:" + Template.REGION + ":" + Template.ACCOUNT + ":function:" + id;
        }

        @Override
        public @Nullable CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public @Nullable ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        }

        @Override
        public int getMemoryLimitInMB() {
            return memory;
        }

        @Override
        public LambdaLogger getLogger() {
            return logger;
        }
    }
}
