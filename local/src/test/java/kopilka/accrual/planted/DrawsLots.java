package kopilka.accrual.planted;

import java.util.Random;

final class DrawsLots {
    private DrawsLots() {}

    static int draw(Random random) {
        return random.nextInt();
    }
}
