package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import kopilka.api.Till;
import kopilka.api.Till.Answer;
import kopilka.local.LocalCloud;

/** What a page tells, as it goes through the API: row by row, each at its time, and looked at right after. */
final class Story {
    private final LocalCloud cloud;
    private final Programme programme;
    private final Counter counter;
    private final Figures figures;

    /** Begins a story: the programme is published when its first row happens. */
    Story(LocalCloud cloud, Programme programme, String program) {
        this.cloud = cloud;
        this.programme = programme;
        cloud.clock().stopAt(at(programme.page().rows().getFirst()));
        Till till = Till.open(cloud, program, programme.document().toString());
        this.counter = new Counter(programme, till, cloud.clock()::instant);
        this.figures = new Figures(programme);
    }

    private Instant at(Row row) {
        return row.when().atZone(programme.zone()).toInstant();
    }

    /** Plays all rows; what is not as the page says is told row by row. */
    List<String> play() {
        List<String> wrong = new ArrayList<>();
        for (Row row : programme.page().rows()) {
            cloud.clock().stopAt(at(row));
            List<String> problems = new ArrayList<>();
            collect(problems, () -> happens(row));
            collect(problems, () -> stands(row));
            if (!problems.isEmpty()) {
                wrong.add("docs/programmes/" + programme.slug() + ".md, " + row + "\n" + String.join("\n", problems));
            }
        }
        return wrong;
    }

    private static void collect(List<String> problems, Runnable check) {
        try {
            check.run();
        } catch (AssertionError notSo) {
            problems.add("    " + String.valueOf(notSo.getMessage()).strip().replace("\n", "\n    "));
        }
    }

    // ------------------------------------------------------------------------------------------------ what happens

    private void happens(Row row) {
        switch (row.step()) {
            case Step.Joins joins -> earns(row, done(counter.joins(joins)));
            case Step.Profile profile -> done(counter.profile(profile));
            case Step.Does does -> unlessRefused(row, counter.does(does), answer -> earns(row, answer));
            case Step.Asks asks -> {
                JsonNode quote = done(counter.quote(asks.member(), asks.basket()));
                says(row, Claim.WouldPay.class, Claim.WouldPay::amount, () -> figures.price(quote));
                units(row, Claim.WouldEarn.class, Claim.WouldEarn::units, figures.wouldEarn(quote));
                canPay(row, quote);
                moreFor(row, quote);
                gives(row, quote);
            }
            case Step.Buys buys -> buys(row, buys);
            case Step.Receives receives -> done(counter.receives(receives));
            case Step.Returns returns -> comesBack(row, done(counter.returns(returns)));
            case Step.GetsBack back -> comesBack(row, done(counter.getsBack(back)));
            case Step.Cancels cancels -> comesBack(row, done(counter.cancels(cancels)));
            case Step.Spends spends -> spends(row, spends);
            case Step.Waits waits -> {}
        }
    }

    private static JsonNode done(Answer answer) {
        assertThat(answer.isDone())
                .as("it is done, but: %s %s", answer.status(), answer.json())
                .isTrue();
        return answer.json();
    }

    private static void unlessRefused(Row row, Answer answer, Consumer<JsonNode> then) {
        Optional<Claim.Refused> refused = row.one(Claim.Refused.class);
        if (refused.isPresent()) {
            assertThat(answer.code())
                    .as("refused, with this answer: %s", answer.json())
                    .isEqualTo(refused.get().code());
        } else {
            then.accept(done(answer));
        }
    }

    private void earns(Row row, JsonNode answer) {
        units(row, Claim.Earns.class, Claim.Earns::units, figures.earned(answer));
    }

    private void buys(Row row, Step.Buys buys) {
        Basket basket = buys.basket();
        Optional<JsonNode> quote =
                buys.quoted() ? Optional.of(done(counter.quote(buys.member(), basket))) : Optional.empty();
        Map<String, BigDecimal> discounts = new LinkedHashMap<>();
        BigDecimal price = basket.price();
        if (quote.isPresent()) {
            discounts.putAll(figures.discounts(quote.get()));
            for (BigDecimal discount : discounts.values()) {
                price = price.subtract(discount);
            }
        }
        Optional<Counter.Spent> spent = Optional.empty();
        if (basket.pays().isPresent()) {
            String redemption = counter.unique("redemption");
            JsonNode held =
                    done(counter.holds(buys.member(), redemption, basket.pays().get(), price, basket.place()));
            done(counter.captures(buys.member(), redemption, basket.place()));
            spent = Optional.of(new Counter.Spent(redemption, figures.worth(held)));
        }
        JsonNode paid = done(counter.buys(buys, quote.map(figures::quote), discounts, price, spent));
        // Only now is looked whether it was right: what follows on the page is about what was bought.
        BigDecimal byMoney = spent.isPresent() ? price.subtract(spent.get().worth()) : price;
        says(row, Claim.Pays.class, Claim.Pays::amount, () -> byMoney);
        if (quote.isPresent()) {
            gives(row, quote.get());
            assertThat(figures.price(quote.get()))
                    .as("the price that is quoted")
                    .isEqualTo(price);
        }
        earns(row, paid);
        if (quote.isPresent() && spent.isEmpty()) {
            assertThat(figures.wouldEarn(quote.get()))
                    .as("what is quoted, and earned then")
                    .isEqualTo(figures.earned(paid));
        }
    }

    private void spends(Row row, Step.Spends spends) {
        String redemption = counter.unique("redemption");
        unlessRefused(
                row,
                counter.holds(spends.member(), redemption, spends.units(), spends.total(), spends.place()),
                held -> {
                    done(counter.captures(spends.member(), redemption, spends.place()));
                    says(
                            row,
                            Claim.Pays.class,
                            Claim.Pays::amount,
                            () -> spends.total().subtract(figures.worth(held)));
                });
    }

    private void comesBack(Row row, JsonNode answer) {
        units(row, Claim.TakenBack.class, Claim.TakenBack::units, figures.takenBack(answer));
        units(row, Claim.GivenBack.class, Claim.GivenBack::units, figures.givenBack(answer));
        units(row, Claim.WrittenOff.class, Claim.WrittenOff::units, figures.writtenOff(answer));
        assertThat(figures.keptBack(answer))
                .as("kept back from the refund")
                .isEqualByComparingTo(row.one(Claim.KeptBack.class)
                        .map(Claim.KeptBack::amount)
                        .orElse(Basket.NOTHING));
        says(row, Claim.RefundOf.class, Claim.RefundOf::amount, () -> figures.refund(answer));
    }

    // ------------------------------------------------------------------------------------------------ what is said

    /** What a row says of each wallet, and what it does not say and so is nothing. */
    private <T extends Claim> void units(
            Row row, Class<T> kind, Function<T, Units> units, SortedMap<String, BigDecimal> told) {
        SortedMap<String, BigDecimal> said = new TreeMap<>();
        row.all(kind).map(units).filter(some -> some.number().signum() != 0).forEach(some -> {
            if (said.put(some.wallet(), some.number()) != null) {
                throw new Unreadable("said twice: " + some.wallet());
            }
        });
        assertThat(told).as(kind.getSimpleName()).isEqualTo(said);
    }

    /** What a row says, if it does. */
    private static <T extends Claim> void says(
            Row row, Class<T> kind, Function<T, BigDecimal> amount, Supplier<BigDecimal> told) {
        row.one(kind)
                .ifPresent(
                        claim -> assertThat(told.get()).as(kind.getSimpleName()).isEqualTo(amount.apply(claim)));
    }

    /** What a quote gives: all of it is said. */
    private void gives(Row row, JsonNode quote) {
        Map<String, BigDecimal> discounts = new TreeMap<>();
        row.all(Claim.Discount.class).forEach(discount -> discounts.put(discount.rule(), discount.amount()));
        assertThat(figures.discounts(quote)).as("discounts").isEqualTo(discounts);
        assertThat(figures.benefits(quote))
                .as("benefits")
                .containsExactlyInAnyOrderElementsOf(row.all(Claim.Gets.class).toList());
    }

    private void canPay(Row row, JsonNode quote) {
        row.all(Claim.CanPay.class)
                .map(Claim.CanPay::units)
                .forEach(units -> assertThat(figures.redeemable(quote, units.wallet()))
                        .as("can pay")
                        .isEqualTo(units));
    }

    private void moreFor(Row row, JsonNode quote) {
        row.all(Claim.MoreFor.class)
                .forEach(more ->
                        assertThat(figures.missing(quote)).as("more for").containsEntry(more.rule(), more.amount()));
    }

    // ------------------------------------------------------------------------------------------------ how one stands

    private void stands(Row row) {
        String member = row.step().member();
        JsonNode balance = done(counter.balance(member));
        units(row, Claim.Owes.class, Claim.Owes::units, figures.owed(balance));
        row.all(Claim.Available.class)
                .map(Claim.Available::units)
                .forEach(units -> assertThat(figures.available(balance, units.wallet()))
                        .as("available")
                        .isEqualTo(units));
        row.all(Claim.Pending.class)
                .map(Claim.Pending::units)
                .forEach(units -> assertThat(figures.pending(balance, units.wallet()))
                        .as("pending")
                        .isEqualTo(units));
        row.all(Claim.Until.class)
                .forEach(until -> assertThat(
                                figures.lastDays(balance, until.units().wallet()))
                        .as("last days")
                        .containsEntry(until.day(), until.units()));
        row.one(Claim.Tier.class)
                .ifPresent(tier -> assertThat(figures.tier(done(counter.tier(member))))
                        .as("tier")
                        .isEqualTo(tier.level()));
    }
}
