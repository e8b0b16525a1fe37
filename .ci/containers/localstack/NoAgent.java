import java.lang.instrument.Instrumentation;

/**
 * LocalStack starts DynamoDB Local under an agent of its own, which raises the number of indexes a table may have. It comes from the
 * internet at run time; this one stands in its place and changes nothing.
 */
public final class NoAgent {
    private NoAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {}
}
