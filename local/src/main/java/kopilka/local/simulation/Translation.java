package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.earning.Earning;
import kopilka.expiry.SettleAccount;
import kopilka.ledger.Account;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.ledger.Hold;
import kopilka.ledger.Lot;
import kopilka.ledger.Lots;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.Moves;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Refusal;
import kopilka.ledger.Teller;
import kopilka.ledger.Term;
import kopilka.ledger.Wallet;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.LineId;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.OrderLine;
import kopilka.order.Payment;
import kopilka.order.Quantity;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.program.Category;
import kopilka.program.EarningRules;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.Programs;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.Sku;
import kopilka.program.WalletId;
import kopilka.program.Worth;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.HoldPoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;
import kopilka.referral.RewardReferrer;
import kopilka.referral.TakeBackReward;

/** Between the plain words of the simulation and the engine's own: commands and rules go in, what came of them comes out. */
final class Translation {
    private Translation() {}

    // --- into the engine ---

    /** Whose account a command moves. */
    static MemberKey member(Command command) {
        return member(command.program(), command.member());
    }

    static MemberKey member(String program, String member) {
        return new MemberKey(new ProgramId(program), new MemberId(member));
    }

    /** A command as the engine gets it. */
    static Operation operation(Command command) {
        MemberKey member = member(command);
        return switch (command) {
            case Command.Enrol enrol -> new EnrolMember(member);
            case Command.Leave leave -> new CloseAccount(member, Optional.empty());
            case Command.Place place ->
                event(member, place.order(), OrderEventKind.PLACED, place.at(), Optional.of(order(place.basket())));
            case Command.Pay pay ->
                event(member, pay.order(), OrderEventKind.PAID, pay.at(), Optional.of(order(pay.basket())));
            case Command.Deliver deliver ->
                event(member, deliver.order(), OrderEventKind.DELIVERED, deliver.at(), Optional.empty());
            case Command.Cancel cancel ->
                event(member, cancel.order(), OrderEventKind.CANCELLED, cancel.at(), Optional.empty());
            case Command.Refund refund ->
                new RefundOrder(
                        member,
                        new OrderId(refund.order()),
                        new RefundId(refund.refund()),
                        refund.at(),
                        new RefundContent(
                                Currency.getInstance(refund.currency()),
                                refund.lines().stream()
                                        .map(back -> new RefundContent.Line(
                                                new LineId(back.line()), new Quantity(back.quantity()), back.amount()))
                                        .toList(),
                                refund.delivery(),
                                refund.amount()));
            case Command.Hold hold ->
                new HoldPoints(
                        member,
                        new RedemptionId(hold.redemption()),
                        Points.of(hold.points()),
                        new Money(hold.orderTotal(), Currency.getInstance(hold.currency())),
                        Optional.empty(),
                        hold.minutes().isPresent()
                                ? Optional.of(Duration.ofMinutes(hold.minutes().getAsLong()))
                                : Optional.empty());
            case Command.Capture capture ->
                new CapturePoints(
                        member,
                        new RedemptionId(capture.redemption()),
                        capture.points().isPresent()
                                ? Optional.of(Points.of(capture.points().getAsLong()))
                                : Optional.empty());
            case Command.VoidHold release -> new VoidHold(member, new RedemptionId(release.redemption()));
            case Command.Settle settle -> new SettleAccount(member, settle.sequence());
            case Command.IssueCode issue -> new IssueReferralCode(member, new ReferralCode(issue.code()));
            case Command.Attach attach -> new AttachReferee(member, new ReferralCode(attach.code()));
            case Command.Reward reward ->
                new RewardReferrer(
                        member,
                        new MemberId(reward.referee()),
                        new ReferralSignal.Qualified(
                                member.member(),
                                new OrderId(reward.order()),
                                WalletId.POINTS,
                                new Term(reward.availableFrom(), reward.lastDay()),
                                reward.points()));
            case Command.TakeBack takeBack ->
                new TakeBackReward(
                        member,
                        new MemberId(takeBack.referee()),
                        new ReferralSignal.Disqualified(member.member(), new OrderId(takeBack.order())));
        };
    }

    private static RecordOrderEvent event(
            MemberKey member, String order, OrderEventKind kind, Instant at, Optional<Order> content) {
        return new RecordOrderEvent(member, new OrderId(order), kind, at, content);
    }

    private static Order order(Command.Basket basket) {
        List<Payment> payments = new ArrayList<>();
        long byPoints = 0;
        for (Map.Entry<String, Long> part : basket.paidByPoints().entrySet()) {
            payments.add(new Payment(Payment.POINTS, part.getValue(), Optional.of(new RedemptionId(part.getKey()))));
            byPoints += part.getValue();
        }
        if (!payments.isEmpty() && byPoints < basket.total()) {
            payments.add(new Payment("card", basket.total() - byPoints, Optional.empty()));
        }
        return new Order(
                Currency.getInstance(basket.currency()),
                basket.lines().stream().map(Translation::line).toList(),
                basket.delivery(),
                basket.tax(),
                basket.discount(),
                basket.total(),
                payments,
                Optional.empty(),
                Optional.empty());
    }

    private static OrderLine line(Command.Line line) {
        return new OrderLine(
                new LineId(line.id()),
                new Sku("S-" + line.id()),
                Optional.of(line.category())
                        .filter(category -> !category.isEmpty())
                        .map(Category::new),
                Optional.empty(),
                new Quantity(line.quantity()),
                Optional.empty(),
                line.total(),
                line.discount(),
                line.giftVoucher());
    }

    /** Rules as the engine gets them. */
    static Program program(Rules rules) {
        Map<Category, Rate> categories = new HashMap<>();
        rules.categories().forEach((category, rate) -> categories.put(new Category(category), rate(rate)));
        return new Program(
                "Simulated",
                Currency.getInstance(rules.currency()),
                rules.zone(),
                new EarningRules(
                        rate(rules.rate()),
                        categories,
                        rules.minimumOrder(),
                        rules.maximumPerOrder(),
                        new EarningRules.Include(
                                rules.delivery(),
                                rules.tax(),
                                rules.discountedLines(),
                                rules.giftVouchers(),
                                rules.paidWithPoints()),
                        rules.roundEachLine()
                                ? EarningRules.Rounding.DOWN_ON_LINE
                                : EarningRules.Rounding.DOWN_ON_ORDER),
                new PendingRule(
                        rules.fromDelivery() ? PendingRule.From.DELIVERED : PendingRule.From.PAID, rules.windowDays()),
                expiry(rules.life()),
                new RedemptionRules(
                        new Worth(rules.worthPoints(), rules.worthMinor()),
                        rules.minimumPoints(),
                        rules.maximumShare(),
                        Duration.ofMinutes(rules.holdMinutes())),
                new RefundRules(
                        switch (rules.shortfall()) {
                            case DEBT -> new RefundRules.Shortfall.Debt();
                            case DEDUCT -> new RefundRules.Shortfall.Deduct();
                            case WRITE_OFF -> new RefundRules.Shortfall.WriteOff(rules.writeOffLimit());
                        },
                        rules.graceDays()),
                rules.referral()
                        .map(referral ->
                                new ReferralRules(referral.referrer(), referral.referee(), referral.minimumOrder())));
    }

    private static Rate rate(Rules.Fraction rate) {
        return new Rate(rate.points(), rate.perMinor());
    }

    private static ExpiryRule expiry(Rules.Life life) {
        if (life.months() > 0) {
            return new ExpiryRule.AfterMonths(life.months(), life.toMonthEnd());
        }
        return life.days() > 0 ? new ExpiryRule.AfterDays(life.days(), life.toMonthEnd()) : new ExpiryRule.Never();
    }

    // --- out of the engine ---

    /**
     * What the engine made of a command.
     *
     * @throws IllegalArgumentException where it could not say
     */
    static Verdict verdict(Teller.Answer answer) {
        return switch (answer) {
            case Teller.Answer.Done done ->
                done.replayed() ? new Verdict.Again(done(done.posting())) : done(done.posting());
            case Teller.Answer.Refused refused -> new Verdict.Refused(words(refused.refusal()));
            case Teller.Answer.Conflict conflict -> new Verdict.Conflict();
            case Teller.Answer.Nothing nothing -> new Verdict.Nothing();
            case Teller.Answer.Unavailable unavailable ->
                throw new IllegalArgumentException("nothing is known of what came of it");
        };
    }

    /** A posting, in figures. */
    static Verdict.Done done(Posting posting) {
        Figures figures = new Figures();
        figures.add("sequence", posting.sequence());
        figures.add("at", posting.at().toEpochMilli());
        figures.add("version", posting.programVersion());
        figures.add("availableAfter", posting.balance(WalletId.POINTS).available());
        figures.add("pendingAfter", posting.balance(WalletId.POINTS).pending());
        figures.add("heldAfter", posting.balance(WalletId.POINTS).held());
        figures.add("debtAfter", posting.balance(WalletId.POINTS).debt());
        figures.add(posting.facts());
        SortedMap<String, Long> moved = new TreeMap<>();
        posting.movements().forEach(movement -> moved.merge(words(movement), movement.points(), Math::addExact));
        return new Verdict.Done(figures.named, moved);
    }

    private static String words(Movement movement) {
        String lot = movement.term()
                .map(term -> " of " + term.availableFrom() + " to " + term.expires())
                .orElse("");
        return lower(movement.kind()) + " from " + lower(movement.from()) + lot + " at " + movement.at();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Gathers figures by name. */
    private static final class Figures {
        final SortedMap<String, Long> named = new TreeMap<>();

        void add(String figure, long value) {
            if (value != 0) {
                named.merge(figure, value, Math::addExact);
            }
        }

        void add(Term term) {
            add("from", term.availableFrom().toEpochDay());
            add("last", term.expires().toEpochDay());
        }

        void add(Return returned) {
            add("value", returned.value());
            WalletReturn effect = returned.in(WalletId.POINTS);
            add("reversed", effect.reversed());
            add("restored", effect.restored());
            add("debt", effect.debt());
            add("deducted", effect.deducted());
            add("deduction", effect.deduction());
            add("writtenOff", effect.writtenOff());
        }

        void add(Facts facts) {
            switch (facts) {
                case Facts.Enrolled enrolled -> {}
                case Facts.Closed closed -> {}
                case Facts.Settled settled -> {}
                case Facts.CodeIssued issued -> {}
                case Facts.RefereeAttached attached -> {}
                case Facts.ActivityRewarded rewarded -> {}
                case Facts.ProfileChanged changed -> {}
                case Facts.OrderNoted noted -> {
                    add("waiting", noted.waiting() ? 1 : 0);
                    add("earned", noted.earned().getOrDefault(WalletId.POINTS, 0L));
                }
                case Facts.OrderPaid paid -> {
                    if (paid.earning() instanceof Earning earning) {
                        add("earned", earning.points().value());
                        add("uncapped", earning.uncapped().value());
                    }
                    paid.earned()
                            .getOrDefault(WalletId.POINTS, Earned.NONE)
                            .term()
                            .ifPresent(this::add);
                    add("applied", paid.applied().size());
                    add("ignored", paid.ignored().size());
                    add(paid.effect());
                }
                case Facts.OrderDelivered delivered -> {
                    Earned points = delivered.earned().getOrDefault(WalletId.POINTS, Earned.NONE);
                    add("earned", points.points());
                    points.term().ifPresent(this::add);
                }
                case Facts.OrderCancelled cancelled -> {
                    add("earned", cancelled.effect().in(WalletId.POINTS).earned());
                    add(cancelled.effect());
                }
                case Facts.Refunded refunded -> {
                    add("earned", refunded.effect().in(WalletId.POINTS).earned());
                    add(refunded.effect());
                }
                case Facts.RefundWaiting waiting -> add("waiting", 1);
                case Facts.Held held -> {
                    add("held", held.points());
                    add("worth", held.worth().minor());
                    add("until", held.until().toEpochMilli());
                }
                case Facts.Captured captured -> {
                    add("captured", captured.captured());
                    add("returned", captured.returned());
                    add("worth", captured.worth().minor());
                }
                case Facts.Voided voided -> {
                    add("returned", voided.points());
                    add("worth", voided.worth().minor());
                }
                case Facts.ReferrerRewarded rewarded -> {
                    add("rewarded", rewarded.points());
                    add(rewarded.term());
                }
                case Facts.RewardTakenBack taken -> {
                    add("reversed", taken.reversed());
                    add("debt", taken.debt());
                    add("writtenOff", taken.writtenOff());
                }
            }
        }
    }

    private static String words(Refusal refusal) {
        return switch (refusal) {
            case Refusal.ProgramNotFound it -> "program_not_found";
            case Refusal.MemberNotFound it -> "member_not_found";
            case Refusal.MemberClosed it -> "member_closed";
            case Refusal.OrderNotFound it -> "order_not_found";
            case Refusal.OrderInvalid it -> "order_invalid " + lower(it.fault());
            case Refusal.CurrencyMismatch it ->
                "currency_mismatch " + it.expected().getCurrencyCode();
            case Refusal.TimeInFuture it -> "time_in_future";
            case Refusal.TimeTooOld it -> "time_too_old";
            case Refusal.LineNotFound it -> "line_not_found " + it.position();
            case Refusal.RefundExceedsOrder it ->
                "refund_exceeds_order " + it.left().minor();
            case Refusal.RedemptionOpen it -> "redemption_open " + it.redemption();
            case Refusal.RedemptionUsed it -> "redemption_used " + it.redemption();
            case Refusal.TooManyWaiting it -> "too_many_waiting " + it.limit();
            case Refusal.DiscountUnknown it -> "discount_unknown " + it.rule();
            case Refusal.DiscountTooLarge it -> "discount_too_large " + it.rule();
            case Refusal.WalletNotSpendableNow it -> "wallet_not_spendable_now";
            case Refusal.ActivityUnknown it -> "activity_unknown";
            case Refusal.ActivityNotVerified it -> "activity_not_verified";
            case Refusal.ActivityNotNow it -> "activity_not_now";
            case Refusal.ActivityLimit it ->
                "activity_limit " + it.times() + " " + it.per().code();
            case Refusal.SegmentUnknown it -> "segment_unknown " + it.segment();
            case Refusal.InsufficientPoints it -> "insufficient_points " + it.available();
            case Refusal.WalletNotFound it -> "wallet_not_found";
            case Refusal.WalletNotSpendable it -> "wallet_not_spendable";
            case Refusal.PointsNotInSteps it -> "points_not_in_steps " + it.step();
            case Refusal.BelowMinimum it -> "below_minimum " + it.minimum();
            case Refusal.OverCap it -> "over_cap " + it.maximumPoints();
            case Refusal.TimeoutTooLong it -> "timeout_too_long " + it.maximumMinutes();
            case Refusal.TooManyRedemptions it -> "too_many_redemptions " + it.limit();
            case Refusal.RedemptionNotFound it -> "redemption_not_found";
            case Refusal.RedemptionNotOpen it -> "redemption_not_open " + lower(it.ended());
            case Refusal.CaptureExceedsHold it -> "capture_exceeds_hold " + it.held();
            case Refusal.OpenRedemptions it -> "open_redemptions " + it.open();
            case Refusal.CodeNotFound it -> "code_not_found";
            case Refusal.CodeTaken it -> "code_taken";
            case Refusal.SelfReferral it -> "self_referral";
            case Refusal.ExistingCustomer it -> "existing_customer";
            case Refusal.ReferralCycle it -> "referral_cycle";
        };
    }

    /** What a posting asks of another account, as the stream of postings would bring it there. */
    static List<Command> consequences(Posting posting) {
        String program = posting.member().program().value();
        String referee = posting.member().member().value();
        return posting.signal().stream()
                .<Command>map(signal -> switch (signal) {
                    case ReferralSignal.Qualified qualified ->
                        new Command.Reward(
                                program,
                                qualified.referrer().value(),
                                referee,
                                qualified.order().value(),
                                qualified.points(),
                                qualified.term().availableFrom(),
                                qualified.term().expires());
                    case ReferralSignal.Disqualified disqualified ->
                        new Command.TakeBack(
                                program,
                                disqualified.referrer().value(),
                                referee,
                                disqualified.order().value());
                })
                .toList();
    }

    /** An account at a moment, as time has left it then: settled as a reader of the balance settles it. */
    static Picture picture(Account account, Programs programs, Instant now) {
        Instant dated = account.dated(now);
        Program rules =
                programs.at(account.key().program(), dated).orElseThrow().rules();
        Moves moves = new Moves(account.wallets(), rules.zone(), dated);
        moves.settle();
        return picture(account, moves.in(WalletId.POINTS).wallet());
    }

    /** An account just as it is stored. */
    static Picture picture(Account account) {
        return picture(account, account.wallet(WalletId.POINTS));
    }

    private static Picture picture(Account account, Wallet wallet) {
        SortedMap<String, Picture.Held> holds = new TreeMap<>();
        for (Hold hold : wallet.holds()) {
            holds.put(hold.redemption().value(), new Picture.Held(hold.until(), lots(Lots.of(hold.lots()))));
        }
        return new Picture(
                account.sequence(),
                account.isClosed(),
                account.code().map(ReferralCode::value),
                account.referral().map(referral -> referral.referrer().value()),
                wallet.awaiting(),
                lots(wallet.pending()),
                lots(wallet.available()),
                holds,
                wallet.debt(),
                lots(wallet.lapsed()));
    }

    private static SortedMap<Picture.Days, Long> lots(Lots lots) {
        SortedMap<Picture.Days, Long> byDays = new TreeMap<>();
        for (Lot lot : lots.list()) {
            byDays.put(new Picture.Days(lot.term().availableFrom(), lot.term().expires()), lot.points());
        }
        return byDays;
    }
}
