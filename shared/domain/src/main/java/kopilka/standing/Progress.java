package kopilka.standing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.program.ActivityKind;
import kopilka.program.Asked;
import kopilka.program.EarningRules;
import kopilka.program.Inactivity.Sign;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.RuleBook;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.tiers.Reviewed;
import kopilka.tiers.TierChange;
import kopilka.tiers.TierProgress;
import kopilka.tiers.TierReview;
import kopilka.tiers.TierState;

/**
 * Carries how a member stands through one decision, and writes down each change of the level. Like the mover of points it
 * first lets time do its part. Under a program that is earned by rates nothing changes.
 *
 * <p>A decision makes one, uses it, and takes the standing and the changes from it. Not thread-safe.
 */
public final class Progress {
    /** The most versions of a program that are looked at between two decisions on an account: of more, the latest. */
    private static final int MAX_ADOPTED = 50;

    private Program rules;
    private final LocalDate joined;
    private final Instant now;
    private final Instant enrolledAt;
    private final List<TierChange> changes = new ArrayList<>();

    private Standing standing;

    /**
     * Starts from how a member stood.
     *
     * @param standing as it was
     * @param rules in force now
     * @param enrolledAt when the member joined
     * @param now the moment of the decision, not before the account's last one
     */
    public Progress(Standing standing, Program rules, Instant enrolledAt, Instant now) {
        this.standing = standing;
        this.rules = rules;
        this.enrolledAt = enrolledAt;
        this.joined = rules.dayOf(enrolledAt);
        this.now = now;
    }

    /**
     * Starts from how a member stood at a moment, and lets time do its part up to another: under each version of the program
     * for as long as it held.
     *
     * @param standing as it was
     * @param programs all versions of the program
     * @param program which program
     * @param enrolledAt when the member joined
     * @param from the moment of the account's last decision
     * @param now the moment of this one, not before that
     * @return empty: no such program
     */
    public static Optional<Progress> settled(
            Standing standing, Programs programs, ProgramId program, Instant enrolledAt, Instant from, Instant now) {
        Optional<ProgramVersion> last = programs.at(program, now);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        int first = programs.at(program, from)
                .map(ProgramVersion::number)
                .orElse(last.get().number());
        int version = Math.max(first, last.get().number() - MAX_ADOPTED);
        Progress progress = new Progress(standing, rules(programs, program, version), enrolledAt, now);
        while (version < last.get().number()) {
            version++;
            ProgramVersion next = programs.version(program, version).orElseThrow();
            progress.adopt(next.rules(), next.effectiveFrom().isBefore(from) ? from : next.effectiveFrom());
        }
        progress.settle(now);
        return Optional.of(progress);
    }

    private static Program rules(Programs programs, ProgramId program, int version) {
        return programs.version(program, version).orElseThrow().rules();
    }

    /** How the member stands now. What no rule looks at any more is forgotten. */
    public Standing standing() {
        return standing;
    }

    /** The changes of the level so far, in the order of time. */
    public List<TierChange> changes() {
        return List.copyOf(changes);
    }

    /** The day on which the member joined. */
    public LocalDate joined() {
        return joined;
    }

    private boolean counts() {
        return switch (rules.scheme()) {
            case EarningRules rates -> false;
            case RuleBook book -> true;
        };
    }

    /** Lets time do its part up to a moment: reviews of the level, each at its own. */
    private void settle(Instant until) {
        if (isOnALevel()) {
            note(review().settle(state(), until));
        }
    }

    private boolean isOnALevel() {
        return rules.tiers().isPresent()
                && (standing.tier().isPresent() || !standing.history().days().isEmpty());
    }

    /** Other rules come into force. */
    private void adopt(Program next, Instant at) {
        boolean otherLevels = !next.tiers().equals(rules.tiers());
        boolean firstSigns = looksAtSigns(next) && !looksAtSigns(rules);
        if (otherLevels) {
            settle(at);
        }
        rules = next;
        if (firstSigns) {
            // What the member did until now was not noted, and nobody was told to be active: the time begins here.
            for (Sign sign : Sign.values()) {
                seen(sign, at);
            }
        }
        if (otherLevels && rules.tiers().isPresent() && standing.tier().isPresent()) {
            note(review().adopted(state(), at));
        }
    }

    private static boolean looksAtSigns(Program rules) {
        return rules.wallets().stream()
                .anyMatch(wallet -> wallet.expiry().inactivity().isPresent());
    }

    private TierReview review() {
        return new TierReview(rules.tiers().orElseThrow(), standing.history(), joined, rules.zone());
    }

    private TierState state() {
        return standing.tier().orElseGet(() -> review().start(enrolledAt));
    }

    private void note(Reviewed reviewed) {
        standing = standing.at(reviewed.state());
        changes.addAll(reviewed.changes());
    }

    /**
     * An order is paid.
     *
     * @param day by the program's calendar
     * @param spend what its goods come to, in minor units
     * @param points what it earned in the main wallet
     */
    public void bought(LocalDate day, long spend, long points) {
        if (!counts()) {
            return;
        }
        Optional<LocalDate> needed = needed();
        standing = standing.bought(day, spend, points, needed.isPresent());
        needed.ifPresent(first -> standing = standing.since(first));
        seen(Sign.ORDER);
        if (rules.tiers().isPresent()) {
            note(review().purchased(state(), now));
        }
    }

    /**
     * Something of an order came back.
     *
     * @param day on which it was paid
     * @param spend by how much less of its goods is kept
     * @param wholly whether nothing of it is kept any more
     * @param points by how much less it has earned in the main wallet
     */
    public void returned(LocalDate day, long spend, boolean wholly, long points) {
        if (!counts()) {
            return;
        }
        standing = standing.returned(day, spend, wholly, points);
        if (rules.tiers().isPresent() && standing.tier().isPresent()) {
            note(review().refunded(state(), now));
        }
    }

    /** The first day that rules look at; empty: they look at no day. */
    private Optional<LocalDate> needed() {
        LocalDate today = rules.dayOf(now);
        Optional<LocalDate> first = rules.tiers().map(tiers -> review().needs(now));
        for (Period period : Asked.by(rules).orders()) {
            if (period != Period.EVER) {
                LocalDate start = period.start(today);
                first = Optional.of(
                        first.filter(earlier -> earlier.isBefore(start)).orElse(start));
            }
        }
        return first;
    }

    /** A sign that the member is there, today. */
    public void seen(Sign sign) {
        seen(sign, now);
    }

    private void seen(Sign sign, Instant at) {
        if (counts() && looksAtSigns(rules)) {
            standing = standing.seen(sign, rules.dayOf(at));
        }
    }

    /** The member did something that the program rewards. */
    public void did(ActivityKind kind, LocalDate day) {
        standing = standing.did(kind, day);
        seen(Sign.ACTIVITY);
    }

    /** The shop told something of the member. */
    public void told(Profile profile) {
        standing = standing.with(profile);
    }

    /**
     * When all that is available of a wallet expires, if nothing more happens.
     *
     * @param after only what is still to come then
     */
    public Map<WalletId, Instant> inactive(Instant after) {
        Map<WalletId, Instant> moments = new HashMap<>();
        for (WalletRules wallet : rules.wallets()) {
            wallet.expiry().inactivity().ifPresent(inactivity -> {
                LocalDate last = standing.lastDay(inactivity, joined);
                Instant end = last.plusDays(1).atStartOfDay(rules.zone()).toInstant();
                if (end.isAfter(after)) {
                    moments.put(wallet.id(), end);
                }
            });
        }
        return moments;
    }

    /** How far the member is from the next level, and from losing this one. Empty: the program has no levels. */
    public Optional<TierProgress> towardsLevels() {
        return rules.tiers().map(tiers -> review().progress(state(), now));
    }

    /** When time next changes the level. Empty: never, if nothing happens. */
    public Optional<Instant> nextReview() {
        return rules.tiers().isPresent() ? standing.tier().flatMap(state -> review().next(state)) : Optional.empty();
    }
}
