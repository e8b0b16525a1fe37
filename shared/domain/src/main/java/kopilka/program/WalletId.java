package kopilka.program;

/** Names a wallet of a program: a balance in one unit, such as points, cashback in money, or stars. */
public record WalletId(String value) implements Comparable<WalletId> {
    /** The wallet of a program that names none. */
    public static final WalletId POINTS = new WalletId("points");

    @Override
    public int compareTo(WalletId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
