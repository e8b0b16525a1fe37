package kopilka.lambda.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.activities.RecordActivity;
import kopilka.lambda.http.Cursor;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.ledger.ActivityId;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.ReferralCode;
import kopilka.members.ChangeProfile;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.program.ActivityKind;
import kopilka.program.Channel;
import kopilka.program.Language;
import kopilka.program.ProgramId;
import kopilka.program.RedemptionRules;
import kopilka.program.Region;
import kopilka.program.Segment;
import kopilka.program.WalletId;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.HoldPoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;
import kopilka.standing.Profile;

/**
 * Turns requests into operations of the domain, or names every error in them, those of the parameters and those of the
 * body together. The program is always the caller's; whoever else a request may name, it cannot name another program.
 *
 * <p>{@code parameters} are those of the path and the query, as fields that nobody has read yet.
 */
public final class Requests {
    /** Entries of a page of the ledger. */
    public static final int MAX_PAGE = 100;

    private static final long DEFAULT_PAGE = 50;

    private static final int MAX_REASON = 200;

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private static final Pattern DAY_OF_YEAR =
            Pattern.compile("--(0[13578]-(0[1-9]|[12][0-9]|3[01])|1[02]-(0[1-9]|[12][0-9]|3[01])"
                    + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))");

    /** Far beyond any ledger. */
    private static final long MAX_SEQUENCE = 999_999_999_999L;

    private static final Pattern REFERRAL_CODE = Pattern.compile("[0-9A-Z]{8}");

    private static final Decoder<WalletId> WALLET = Decoder.matching(
                    Pattern.compile("[a-z][a-z0-9_]{0,31}"), 32, "a letter, then letters, digits and _, all lower case")
            .map(WalletId::new);

    private static final Decoder<Points> POINTS_TO_MOVE =
            Decoder.integer(1, Points.MAX).map(Points::of);

    private Requests() {}

    /**
     * A page of a member's ledger.
     *
     * @param before only entries with a smaller sequence number
     * @param limit at most so many
     */
    public record LedgerPage(MemberKey member, long before, int limit) {
        /** The list that a cursor of it belongs to. */
        String list() {
            return list(member);
        }

        private static String list(MemberKey member) {
            return "ledger/" + member.program() + "/" + member.member();
        }
    }

    /** An order of a member. */
    public record MembersOrder(MemberKey member, OrderId order) {}

    /** {@code PUT /v1/members/{member}}. */
    public static Decoded<EnrolMember> enrol(ProgramId program, Fields parameters, JsonValue body) {
        return member(program, parameters).and(nothing(body), (member, empty) -> new EnrolMember(member));
    }

    /** {@code GET /v1/members/{member}} and {@code .../balance}. */
    public static Decoded<MemberKey> member(ProgramId program, Fields parameters) {
        Field<MemberKey> member = parameters.required("member", memberOf(program));
        return parameters.decoded(member::get);
    }

    /** {@code GET /v1/members/{member}/ledger}. */
    public static Decoded<LedgerPage> ledger(ProgramId program, Fields parameters) {
        Field<MemberKey> member = parameters.required("member", memberOf(program));
        Field<Long> limit = parameters.optional("limit", Decoder.digits(1, MAX_PAGE), DEFAULT_PAGE);
        // A cursor is bound to the member's list: of a member whose id is no id, there is none to hold it against.
        Field<Optional<Cursor>> cursor = member.ifValid()
                .map(known -> parameters.optional("cursor", Cursor.of(LedgerPage.list(known))))
                .orElseGet(() -> parameters.optional("cursor", Decoder.any().map(any -> new Cursor(""))));
        return parameters.decoded(() -> new LedgerPage(
                member.get(),
                cursor.get().map(Cursor::position).map(Long::parseLong).orElse(Long.MAX_VALUE),
                limit.get().intValue()));
    }

    /** {@code POST /v1/members/{member}/close}. */
    public static Decoded<CloseAccount> close(ProgramId program, Fields parameters, JsonValue body) {
        Decoder<Optional<String>> closing = Decoder.object(fields -> {
            Field<Optional<String>> reason = fields.optional("reason", Decoder.text(1, MAX_REASON));
            return fields.decoded(reason::get);
        });
        return member(program, parameters).and(closing.decode(body, Place.BODY), CloseAccount::new);
    }

    /** {@code POST /v1/orders}, as a request or in a message of the queue. */
    public static Decoded<RecordOrderEvent> orderEvent(ProgramId program, JsonValue body, Place place) {
        return orderEvent(program).decode(body, place);
    }

    private static Decoder<RecordOrderEvent> orderEvent(ProgramId program) {
        return Decoder.object(fields -> {
            Field<OrderId> order = fields.required("order", Decoder.identifier().map(OrderId::new));
            Field<MemberKey> member = fields.required("member", memberOf(program));
            Field<OrderEventKind> event =
                    fields.required("event", Decoder.oneOf(OrderEventKind.values(), OrderEventKind::code));
            Field<Instant> at = fields.required("at", Decoder.instant());
            Field<Optional<Order>> content = fields.optional("content", OrderContent.order(program));
            event.ifValid().ifPresent(known -> {
                boolean needed = known == OrderEventKind.PLACED || known == OrderEventKind.PAID;
                if (needed && !fields.has("content")) {
                    fields.refuseMissing("content");
                }
            });
            return fields.decoded(
                    () -> new RecordOrderEvent(member.get(), order.get(), event.get(), at.get(), content.get()));
        });
    }

    /** {@code GET /v1/orders/{order}?member=}. */
    public static Decoded<MembersOrder> order(ProgramId program, Fields parameters) {
        Field<OrderId> order = parameters.required("order", Decoder.identifier().map(OrderId::new));
        Field<MemberKey> member = parameters.required("member", memberOf(program));
        return parameters.decoded(() -> new MembersOrder(member.get(), order.get()));
    }

    /** {@code POST /v1/orders/{order}/refunds}. */
    public static Decoded<RefundOrder> refund(ProgramId program, Fields parameters, JsonValue body) {
        Field<String> order = parameters.required("order", Decoder.identifier());
        return refund(program, parameters.decoded(() -> new OrderId(order.get())), body, Place.BODY);
    }

    /** A refund of an order that was named elsewhere. */
    static Decoded<RefundOrder> refund(ProgramId program, Decoded<OrderId> order, JsonValue body, Place place) {
        return order.and(told(program).decode(body, place), (id, refund) -> refund.of(id));
    }

    /** A refund that does not say of which order. */
    @FunctionalInterface
    private interface ToldRefund {
        RefundOrder of(OrderId order);
    }

    private static Decoder<ToldRefund> told(ProgramId program) {
        return Decoder.object(fields -> {
            Field<RefundId> refund =
                    fields.required("refund", Decoder.identifier().map(RefundId::new));
            Field<MemberKey> member = fields.required("member", memberOf(program));
            Field<Instant> at = fields.required("at", Decoder.instant());
            Supplier<RefundContent> content = OrderContent.refund(fields);
            return fields.decoded(
                    () -> order -> new RefundOrder(member.get(), order, refund.get(), at.get(), content.get()));
        });
    }

    /** {@code POST /v1/redemptions}. */
    public static Decoded<HoldPoints> hold(ProgramId program, JsonValue body) {
        Decoder<HoldPoints> hold = Decoder.object(fields -> {
            Field<RedemptionId> redemption =
                    fields.required("redemption", Decoder.identifier().map(RedemptionId::new));
            Field<MemberKey> member = fields.required("member", memberOf(program));
            Field<Optional<WalletId>> wallet = fields.optional("wallet", WALLET);
            Field<Points> points = fields.required("points", POINTS_TO_MOVE);
            Field<OrderToPay> order = fields.required("order", ORDER_TO_PAY);
            Field<Optional<String>> channel = fields.optional("channel", Decoder.identifier());
            Field<Optional<Long>> minutes =
                    fields.optional("timeoutMinutes", Decoder.integer(1, RedemptionRules.LONGEST_HOLD.toMinutes()));
            return fields.decoded(() -> new HoldPoints(
                    member.get(),
                    redemption.get(),
                    wallet.get(),
                    points.get(),
                    order.get().total(),
                    order.get().id(),
                    minutes.get().map(Duration::ofMinutes),
                    channel.get().map(Channel::new),
                    Optional.empty()));
        });
        return hold.decode(body, Place.BODY);
    }

    private record OrderToPay(Optional<OrderId> id, Money total) {}

    private static final Decoder<OrderToPay> ORDER_TO_PAY = Decoder.object(fields -> {
        Field<Optional<String>> id = fields.optional("id", Decoder.identifier());
        Field<Money> total = fields.required("total", Amounts.money());
        return fields.decoded(() -> new OrderToPay(id.get().map(OrderId::new), total.get()));
    });

    /** {@code GET /v1/redemptions/{redemption}}. */
    public static Decoded<RedemptionId> redemption(Fields parameters) {
        Field<String> redemption = parameters.required("redemption", Decoder.identifier());
        return parameters.decoded(() -> new RedemptionId(redemption.get()));
    }

    /** {@code POST /v1/redemptions/{redemption}/capture}. */
    public static Decoded<CapturePoints> capture(ProgramId program, Fields parameters, JsonValue body) {
        Decoder<ToldCapture> capture = Decoder.object(fields -> {
            Field<MemberKey> member = fields.required("member", memberOf(program));
            Field<Optional<Points>> points = fields.optional("points", POINTS_TO_MOVE);
            return fields.decoded(() -> redemption -> new CapturePoints(member.get(), redemption, points.get()));
        });
        return redemption(parameters).and(capture.decode(body, Place.BODY), (redemption, told) -> told.of(redemption));
    }

    /** A capture that does not say of which redemption. */
    @FunctionalInterface
    private interface ToldCapture {
        CapturePoints of(RedemptionId redemption);
    }

    /** {@code POST /v1/redemptions/{redemption}/void}. */
    public static Decoded<VoidHold> voidHold(ProgramId program, Fields parameters, JsonValue body) {
        return redemption(parameters)
                .and(byMember(program, body), (redemption, member) -> new VoidHold(member, redemption));
    }

    /**
     * {@code POST /v1/referrals/codes}.
     *
     * @param candidate a code drawn at random
     */
    public static Decoded<IssueReferralCode> issueCode(ProgramId program, ReferralCode candidate, JsonValue body) {
        return byMember(program, body).map(member -> new IssueReferralCode(member, candidate));
    }

    /** {@code POST /v1/referrals}. */
    public static Decoded<AttachReferee> attach(ProgramId program, JsonValue body) {
        Decoder<AttachReferee> attach = Decoder.object(fields -> {
            Field<MemberKey> member = fields.required("member", memberOf(program));
            Field<String> code = fields.required(
                    "code", Decoder.matching(REFERRAL_CODE, 8, "8 of the characters 0 to 9 and A to Z"));
            return fields.decoded(() -> new AttachReferee(member.get(), new ReferralCode(code.get())));
        });
        return attach.decode(body, Place.BODY);
    }

    private static Decoded<MemberKey> byMember(ProgramId program, JsonValue body) {
        Decoder<MemberKey> byMember = Decoder.object(fields -> {
            Field<MemberKey> member = fields.required("member", memberOf(program));
            return fields.decoded(member::get);
        });
        return byMember.decode(body, Place.BODY);
    }

    private static Decoder<MemberKey> memberOf(ProgramId program) {
        return Decoder.identifier().map(id -> new MemberKey(program, new MemberId(id)));
    }

    private static Decoded<JsonValue> nothing(JsonValue body) {
        return Decoder.<JsonValue>object(fields -> fields.decoded(() -> body)).decode(body, Place.BODY);
    }

    /** {@code POST /v1/activities}. */
    public static Decoded<RecordActivity> activity(ProgramId program, JsonValue body) {
        Decoder<RecordActivity> activity = Decoder.object(fields -> {
            Field<String> id = fields.required("activity", Decoder.identifier());
            Field<MemberKey> member = fields.required("member", memberOf(program));
            Field<String> kind = fields.required(
                    "kind",
                    Decoder.matching(KIND, 32, "a word of small letters, digits and underscores, such as review"));
            Field<Instant> at = fields.required("at", Decoder.instant());
            Field<Boolean> verified = fields.optional("verified", Decoder.bool(), false);
            return fields.decoded(() -> new RecordActivity(
                    member.get(), new ActivityId(id.get()), new ActivityKind(kind.get()), at.get(), verified.get()));
        });
        return activity.decode(body, Place.BODY);
    }

    /** A change of a profile that does not say to what. */
    private record ToldChange(IdempotencyKey key, MemberKey member) {}

    /**
     * {@code PUT /v1/members/{member}/profile}.
     *
     * @param key the {@code Idempotency-Key}, which names the change
     */
    public static Decoded<ChangeProfile> profile(
            ProgramId program, Fields parameters, Decoded<IdempotencyKey> key, JsonValue body) {
        Decoder<Profile> profile = Decoder.object(fields -> {
            Field<Optional<MonthDay>> birthday = fields.optional("birthday", BIRTHDAY);
            Field<List<String>> segments = fields.optional("segments", SEGMENTS, List.of());
            Field<Optional<Region>> region = fields.optional("region", OrderContent.region());
            return fields.decoded(() -> new Profile(
                    birthday.get(),
                    segments.get().stream().map(Segment::new).collect(Collectors.toUnmodifiableSet()),
                    region.get()));
        });
        return key.and(member(program, parameters), ToldChange::new)
                .and(
                        profile.decode(body, Place.BODY),
                        (change, told) -> new ChangeProfile(
                                change.member(), new Hash(change.key().hash()), told));
    }

    private static final Decoder<List<String>> SEGMENTS =
            Decoder.distinct(Decoder.identifier(), 0, Profile.MAX_SEGMENTS);

    /** A day of the year as ISO 8601 once wrote it: {@code --05-14}. */
    private static final Decoder<MonthDay> BIRTHDAY = Decoder.matching(
                    DAY_OF_YEAR, 7, "a day of the year, such as --05-14")
            .map(MonthDay::parse);

    /** An entry of a member's ledger. */
    public record LedgerEntry(MemberKey member, long sequence, Language language) {}

    /** {@code GET /v1/members/{member}/ledger/{posting}/explanation}. */
    public static Decoded<LedgerEntry> entry(ProgramId program, Fields parameters) {
        Field<MemberKey> member = parameters.required("member", memberOf(program));
        Field<Long> sequence = parameters.required("posting", Decoder.digits(1, MAX_SEQUENCE));
        Field<Language> language = parameters.optional("language", QuoteRequest.languages(), Language.EN);
        return parameters.decoded(() -> new LedgerEntry(member.get(), sequence.get(), language.get()));
    }
}
