package kopilka.programmes;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of a page's table.
 *
 * @param line where it stands in the file, from 1
 * @param text as it stands there
 * @param when by the clock of the programme's time zone
 * @param step what happens
 * @param claims what has come of it
 */
record Row(int line, String text, LocalDateTime when, Step step, List<Claim> claims) {
    Row {
        claims = List.copyOf(claims);
        for (Claim claim : claims) {
            boolean fits = claim instanceof Claim.OfAccount
                    || claim instanceof Claim.NothingMoves
                    || step.claims().contains(claim.getClass());
            if (!fits) {
                throw new Unreadable("that cannot be said of it: " + claim);
            }
        }
        boolean refused = claims.stream().anyMatch(Claim.Refused.class::isInstance);
        if (refused && !claims.stream().allMatch(claim -> claim instanceof Claim.Refused || of(claim))) {
            throw new Unreadable("what is refused has no effect");
        }
    }

    private static boolean of(Claim claim) {
        return claim instanceof Claim.OfAccount;
    }

    /** All that is said of one kind. */
    <T extends Claim> Stream<T> all(Class<T> kind) {
        return claims.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** What is said of a kind that is said once. */
    <T extends Claim> Optional<T> one(Class<T> kind) {
        return all(kind).reduce((first, second) -> {
            throw new Unreadable("said twice: " + first + ", " + second);
        });
    }

    @Override
    public String toString() {
        return "line " + line + ": " + text;
    }
}
