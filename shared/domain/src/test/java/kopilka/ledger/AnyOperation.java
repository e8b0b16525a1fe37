package kopilka.ledger;

import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.paidWith;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import kopilka.expiry.SettleAccount;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import kopilka.money.Points;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.RedemptionId;
import kopilka.program.WalletRules;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;

/** Something that may happen to one of a few members; much of it is refused. */
public final class AnyOperation {
    /** To whom it happens. */
    public static final List<String> MEMBERS = List.of("anna", "boris", "clara");

    private AnyOperation() {}

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Draws what happens next in a shop. */
    public static Operation in(ShopFixture shop, Random random) {
        String name = one(MEMBERS, random);
        MemberKey member = member(name);
        String id = name + random.nextInt(6);
        RedemptionId redemption = new RedemptionId("H-" + name + random.nextInt(4));
        Order content = order(
                line("1", 1 + random.nextInt(3), 100L + random.nextInt(90_00)),
                line("mug", 2, 100L + random.nextInt(90_00), "premium"));
        return switch (random.nextInt(14)) {
            case 0 -> new EnrolMember(member);
            case 1, 2 -> shop.payment(name, id, content);
            case 3 ->
                shop.payment(name, id, paidWith(content, redemption.value(), 1L + random.nextLong(content.total())));
            case 4 -> shop.event(name, id, OrderEventKind.DELIVERED);
            case 5 -> shop.event(name, id, OrderEventKind.CANCELLED);
            case 6 -> shop.refundOf(name, id, "R-" + random.nextInt(3), "mug", 1);
            case 7 -> shop.refundOf(name, id, "R-" + random.nextInt(3), 1L + random.nextInt(50_00));
            case 8 -> holding(shop, name, redemption.value(), 1L + random.nextInt(60), random);
            case 9 -> new CapturePoints(member, redemption, Optional.of(Points.of(1L + random.nextInt(60))));
            case 10 -> new VoidHold(member, redemption);
            case 11 -> new IssueReferralCode(member, new ReferralCode("CODE-" + random.nextInt(4)));
            case 12 -> new AttachReferee(member, new ReferralCode("CODE-" + random.nextInt(4)));
            default ->
                random.nextInt(8) == 0
                        ? new CloseAccount(member, Optional.of("leaves"))
                        : new SettleAccount(member, random.nextInt(20));
        };
    }

    /** From the main wallet, or from any where there are several. */
    private static Operation holding(ShopFixture shop, String name, String redemption, long points, Random random) {
        List<WalletRules> wallets = shop.versions()
                .at(ShopFixture.PROGRAM, shop.now())
                .orElseThrow()
                .rules()
                .wallets();
        return wallets.size() == 1
                ? shop.holding(name, redemption, points, 100_00)
                : shop.holding(name, redemption, one(wallets, random).id(), points, 100_00);
    }
}
