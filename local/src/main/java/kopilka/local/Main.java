package kopilka.local;

/** Starts the local run. */
public final class Main {
    private Main() {}

    public static void main(String... args) {
        System.out.println("Java " + Runtime.version() + " " + String.join(" ", args));
    }
}
