package kopilka.accrual.planted;

final class PointsManager {
    private PointsManager() {}
}
