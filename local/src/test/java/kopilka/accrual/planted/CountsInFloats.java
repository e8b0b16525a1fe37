package kopilka.accrual.planted;

final class CountsInFloats {
    private CountsInFloats() {}

    static long half(long points) {
        double exact = points;
        return share(exact);
    }

    private static long share(double points) {
        return (long) (points / 2);
    }
}
