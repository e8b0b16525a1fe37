package kopilka.redemption;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Wallet;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.Asked;
import kopilka.program.Channel;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.Program;
import kopilka.program.Programs;
import kopilka.program.RedemptionRules;
import kopilka.program.ShopId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.standing.Told;

/**
 * Reserves points to pay a part of an order, until they are captured, voided or the time is out.
 *
 * <p>Refusals, in this order: member not found, member closed, currency, time-out too long, wallet not found, wallet
 * not spendable, not spendable now, below the minimum, not in steps, over the cap, insufficient points, too many redemptions.
 *
 * @param member whose points
 * @param redemption for what
 * @param wallet of which wallet; empty: of the program's main one
 * @param points how many
 * @param orderTotal the total of the order that they pay a part of
 * @param order that order's id, where it has one already
 * @param timeout how long they stay reserved; empty: as the program says
 * @param channel where the order is placed, for programs that ask
 * @param seller the shop that tells it, which sells
 */
public record HoldPoints(
        MemberKey member,
        RedemptionId redemption,
        Optional<WalletId> wallet,
        Points points,
        Money orderTotal,
        Optional<OrderId> order,
        Optional<Duration> timeout,
        Optional<Channel> channel,
        Optional<ShopId> seller)
        implements Operation {
    /** Of a wallet, told by nobody in particular. */
    public HoldPoints(
            MemberKey member,
            RedemptionId redemption,
            Optional<WalletId> wallet,
            Points points,
            Money orderTotal,
            Optional<OrderId> order,
            Optional<Duration> timeout) {
        this(member, redemption, wallet, points, orderTotal, order, timeout, Optional.empty(), Optional.empty());
    }

    /** Told by that shop. It is the same hold whoever tells it. */
    public HoldPoints toldBy(ShopId shop) {
        return new HoldPoints(
                member, redemption, wallet, points, orderTotal, order, timeout, channel, Optional.of(shop));
    }

    /** Of the main wallet. */
    public HoldPoints(
            MemberKey member,
            RedemptionId redemption,
            Points points,
            Money orderTotal,
            Optional<OrderId> order,
            Optional<Duration> timeout) {
        this(member, redemption, Optional.empty(), points, orderTotal, order, timeout);
    }

    @Override
    public OperationId id() {
        return OperationId.held(redemption);
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest();
        digest.text("hold/1")
                .text(member.member().value())
                .text(redemption.value())
                .number(points.value())
                .number(orderTotal.minor())
                .text(orderTotal.currency().getCurrencyCode())
                .optional(order, id -> digest.text(id.value()))
                .optional(timeout, duration -> digest.number(duration.toSeconds()));
        // Fed only where it is named, so that requests made before there were wallets are the same as ever.
        wallet.ifPresent(named -> digest.text("wallet").text(named.value()));
        channel.ifPresent(named -> digest.text("channel").text(named.value()));
        return digest.hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            Optional<Refusal> fault = fault(opened);
            if (fault.isPresent()) {
                return new Decision.Refuse(fault.get());
            }
            WalletRules from = from(opened).orElseThrow();
            RedemptionRules rules = from.redemption().orElseThrow();
            Instant until = opened.now().plus(timeout.orElse(rules.holdTimeout()));
            opened.moves().in(from.id()).hold(redemption, points.value(), until);
            Money worth = new Money(from.worth().orElseThrow().of(points), orderTotal.currency());
            return opened.post(
                    opened.account(),
                    new Facts.Held(redemption, from.id(), points.value(), worth, until, orderTotal, order));
        });
    }

    /** The wallet, where the program has it. */
    private Optional<WalletRules> from(Opened opened) {
        Program rules = opened.calendar().rules();
        return wallet.isEmpty() ? Optional.of(rules.main()) : rules.wallet(wallet.get());
    }

    private Optional<Refusal> fault(Opened opened) {
        if (opened.account().isClosed()) {
            return Optional.of(new Refusal.MemberClosed());
        }
        if (!orderTotal.currency().equals(opened.calendar().rules().currency())) {
            return Optional.of(
                    new Refusal.CurrencyMismatch(opened.calendar().rules().currency()));
        }
        if (timeout.isPresent() && timeout.get().compareTo(RedemptionRules.LONGEST_HOLD) > 0) {
            return Optional.of(new Refusal.TimeoutTooLong(RedemptionRules.LONGEST_HOLD.toMinutes()));
        }
        Optional<WalletRules> from = from(opened);
        if (from.isEmpty()) {
            return Optional.of(new Refusal.WalletNotFound());
        }
        return from.get()
                .redemption()
                .map(rules -> fault(opened, from.get(), rules))
                .orElseGet(() -> Optional.of(new Refusal.WalletNotSpendable()));
    }

    private Optional<Refusal> fault(Opened opened, WalletRules from, RedemptionRules rules) {
        if (rules.when().isPresent()) {
            Condition when = rules.when().get();
            Program program = opened.calendar().rules();
            LocalDateTime local = LocalDateTime.ofInstant(opened.now(), program.zone());
            Circumstances circumstances = opened.progress()
                    .standing()
                    .circumstances(
                            program,
                            Asked.by(rules.when()),
                            new Told(seller, channel, Optional.empty(), Set.of(), Set.of()),
                            program.dayOf(opened.now()),
                            opened.progress().joined());
            Optional<Condition> unmet = circumstances.unmet(when, local, 0, 0);
            if (unmet.isPresent()) {
                return Optional.of(new Refusal.WalletNotSpendableNow(unmet.get()));
            }
        }
        if (points.value() < rules.minimumPoints()) {
            return Optional.of(new Refusal.BelowMinimum(rules.minimumPoints()));
        }
        if (points.value() % rules.step() != 0) {
            return Optional.of(new Refusal.PointsNotInSteps(rules.step()));
        }
        long share = Proportion.floor(orderTotal.minor(), rules.maximumShare(), RedemptionRules.WHOLE);
        Points most = from.worth().orElseThrow().affordableWith(share);
        if (points.compareTo(most) > 0) {
            return Optional.of(new Refusal.OverCap(most.value()));
        }
        Wallet has = opened.moves().in(from.id()).wallet();
        if (points.value() > has.available().total()) {
            return Optional.of(new Refusal.InsufficientPoints(has.available().total()));
        }
        return opened.moves().openHolds() >= Wallet.MAX_HOLDS
                ? Optional.of(new Refusal.TooManyRedemptions(Wallet.MAX_HOLDS))
                : Optional.empty();
    }
}
