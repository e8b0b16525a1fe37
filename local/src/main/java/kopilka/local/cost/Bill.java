package kopilka.local.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kopilka.local.cost.PriceList.Price;
import kopilka.local.cost.Quantities.Operation;
import kopilka.local.cost.Shop.Input;

/**
 * What a shop pays for a month, by term. Everything is a decimal and exact; money is rounded where it is shown.
 *
 * @param terms those that are not nothing
 */
record Bill(List<Term> terms) {
    /** Bytes that DynamoDB adds to each item, and to each entry of an index. */
    private static final BigDecimal ITEM_OVERHEAD = BigDecimal.valueOf(100);

    /** Bytes of a usual account, and of its keys in the due index. */
    private static final BigDecimal ACCOUNT = BigDecimal.valueOf(300);

    private static final BigDecimal DUE_KEYS = BigDecimal.valueOf(150);

    /** Bytes that stand beside a remembered answer. */
    private static final BigDecimal ANSWER_OVERHEAD = BigDecimal.valueOf(300);

    private static final BigDecimal WRITE_UNIT = BigDecimal.valueOf(1024);

    /** An entry of an index leaves its place and comes to another. */
    private static final BigDecimal MOVED_IN_INDEX = BigDecimal.TWO;

    /** Bytes that CloudWatch adds to each event of a log. */
    private static final BigDecimal EVENT_OVERHEAD = BigDecimal.valueOf(26);

    /** What is left of a log's bytes when CloudWatch has compressed them. */
    private static final BigDecimal COMPRESSED = new BigDecimal("0.15");

    private static final BigDecimal GIGABYTE = BigDecimal.TEN.pow(9);
    private static final BigDecimal MEGABYTES = BigDecimal.valueOf(1024);
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HOURS_OF_A_DAY = BigDecimal.valueOf(24);

    /** A message is sent, received and deleted; one by one where they do not come in crowds. */
    private static final BigDecimal OF_A_MESSAGE = BigDecimal.valueOf(3);

    /** Requests in a minute that Lambda makes at a queue without messages: five at once, each waiting for 20 seconds. */
    private static final BigDecimal WAITING = BigDecimal.valueOf(15);

    /** Milliseconds that a function takes to see that a posting does not concern it. */
    private static final BigDecimal PASSED_OVER = BigDecimal.valueOf(5);

    /** X-Ray records one invocation a second of each function, and of the rest one in twenty. */
    private static final BigDecimal TRACED_OF_THE_REST = new BigDecimal("0.05");

    /** What the API counts of each route. */
    private static final BigDecimal ROUTE_METRICS = BigDecimal.valueOf(6);

    /** What the audit reports of each run. */
    private static final BigDecimal AUDIT_METRICS = BigDecimal.TWO;

    /** Accounts of an audit, and read units of each. */
    private static final BigDecimal AUDITED = BigDecimal.valueOf(1000);

    private static final BigDecimal AUDIT_READS = BigDecimal.valueOf(4);

    /** A sweep asks each of eight shards, for half a unit if there is nothing. */
    private static final BigDecimal SWEEP_READS = BigDecimal.valueOf(4);

    /** How often an hour a function reads the list of a program's versions anew. */
    private static final BigDecimal HEADS = BigDecimal.valueOf(120);

    /** How often an hour a table's key is asked for on behalf of each function. */
    private static final BigDecimal KEY_REQUESTS = BigDecimal.valueOf(12);

    /** Digits of a quantity that does not come out even. */
    private static final int DIGITS = 9;

    Bill {
        terms = List.copyOf(terms);
    }

    /** Why a term is on the bill. */
    enum Group {
        /** It grows with what is asked for. */
        REQUESTS("What is asked for"),
        /** It grows with what is kept, from month to month. */
        KEPT("What is kept"),
        /** It is there without any request. */
        ROUND_THE_CLOCK("Round the clock");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * A line of the bill.
     *
     * @param quantity in the price's units
     * @param words how the quantity came about
     */
    record Term(Group group, String what, BigDecimal quantity, Price price, String words) {
        BigDecimal amount() {
            return price.of(quantity);
        }
    }

    /** What all of it costs. */
    BigDecimal total() {
        return terms.stream().map(Term::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What one group of it costs. */
    BigDecimal total(Group group) {
        return terms.stream()
                .filter(term -> term.group() == group)
                .map(Term::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static Bill of(Shop shop, Deployment deployment, Quantities counted, PriceList prices) {
        return new Writing(shop, deployment, counted, prices).bill();
    }

    /** A bill that is being written. */
    private static final class Writing {
        private final Shop shop;
        private final Deployment deployment;
        private final Quantities counted;
        private final PriceList prices;
        private final List<Term> terms = new ArrayList<>();
        private final BigDecimal orders;
        private final BigDecimal queued;
        private final BigDecimal refunds;
        private final BigDecimal redemptions;
        private final BigDecimal quotes;
        private final BigDecimal balances;
        private final BigDecimal joins;
        private final BigDecimal members;
        private final BigDecimal settled;
        private final BigDecimal gigabytes;

        Writing(Shop shop, Deployment deployment, Quantities counted, PriceList prices) {
            this.shop = shop;
            this.deployment = deployment;
            this.counted = counted;
            this.prices = prices;
            this.orders = number(Input.ORDERS);
            this.queued = orders.multiply(number(Input.QUEUED)).divideToIntegralValue(HUNDRED);
            this.refunds = number(Input.REFUNDS);
            this.redemptions = number(Input.REDEMPTIONS);
            this.quotes = number(Input.QUOTES);
            this.balances = number(Input.BALANCES);
            this.joins = number(Input.JOINS);
            this.members = number(Input.MEMBERS);
            this.settled = number(Input.SETTLED);
            BigDecimal memory = number(Input.MEMORY);
            this.gigabytes = (memory.signum() == 0 ? deployment.memory() : memory).divide(MEGABYTES);
        }

        private BigDecimal number(Input number) {
            return new BigDecimal(shop.number(number));
        }

        private void term(Group group, String what, String price, Count count) {
            term(group, what, price, count.sum(), count.words());
        }

        private void term(Group group, String what, String price, BigDecimal quantity, String words) {
            if (quantity.signum() != 0) {
                terms.add(new Term(group, what, quantity, prices.price(price), words));
            }
        }

        Bill bill() {
            Map<String, BigDecimal> invocations = invocations();
            requests(invocations);
            kept();
            roundTheClock();
            return new Bill(terms);
        }

        // -------------------------------------------------------------------------------------- what is asked for

        private BigDecimal ordersByApi() {
            return orders.subtract(queued);
        }

        private Count requests() {
            return new Count()
                    .add(ordersByApi(), "orders")
                    .add(refunds, "refunds")
                    .add(redemptions, "redemptions", BigDecimal.TWO)
                    .add(quotes, "quotes")
                    .add(balances, "balances")
                    .add(joins, "joins");
        }

        private BigDecimal writes() {
            return ordersByApi()
                    .add(refunds)
                    .add(redemptions.multiply(BigDecimal.TWO))
                    .add(joins);
        }

        private BigDecimal keyed() {
            return writes().multiply(number(Input.KEYED)).divideToIntegralValue(HUNDRED);
        }

        private BigDecimal postings() {
            return orders.add(refunds)
                    .add(redemptions.multiply(BigDecimal.TWO))
                    .add(joins)
                    .add(settled);
        }

        /** By function, those of the schedules left out. */
        private Map<String, BigDecimal> invocations() {
            BigDecimal requests = requests().sum();
            BigDecimal authorizations = number(Input.KEYS)
                    .multiply(Month.SECONDS)
                    .divideToIntegralValue(BigDecimal.valueOf(deployment.authorizerSeconds()));
            Map<String, BigDecimal> invocations = new LinkedHashMap<>();
            invocations.put("orders and refunds", ordersByApi().add(refunds));
            invocations.put("holds and their ends", redemptions.multiply(BigDecimal.TWO));
            invocations.put("quotes", quotes);
            invocations.put("balances and joins", balances.add(joins));
            invocations.put("authorizations", authorizations.min(requests));
            invocations.put("orders of the queue", queued);
            invocations.put("settlements", settled);
            return invocations;
        }

        private void requests(Map<String, BigDecimal> invocations) {
            Group group = Group.REQUESTS;
            BigDecimal requests = requests().sum();
            BigDecimal passedOver = deployment.followsAll() ? postings() : BigDecimal.ZERO;
            term(group, "API requests", "api-request", requests());

            Count invoked = new Count();
            invocations.forEach((what, many) -> invoked.add(many, what));
            BigDecimal working = invoked.sum();
            invoked.add(passedOver, "postings passed over");
            term(group, "Lambda invocations", "lambda-request", invoked);

            BigDecimal second = gigabytes.divide(MILLIS);
            term(
                    group,
                    "Lambda at work",
                    "lambda-gb-second",
                    new Count()
                            .add(working, "invocations", number(Input.MILLIS).multiply(second))
                            .add(passedOver, "postings passed over", PASSED_OVER.multiply(second)));
            term(
                    group,
                    "Lambda, cold starts",
                    "lambda-gb-second",
                    new Count()
                            .add(
                                    working.multiply(number(Input.COLD)).divide(MILLIS),
                                    "cold starts",
                                    number(Input.COLD_MILLIS).multiply(second)));
            term(group, "Table writes", "table-write", tableWrites());
            term(group, "Table reads", "table-read", tableReads(invocations));
            term(
                    group,
                    "Queue",
                    "queue-request",
                    new Count()
                            .add(queued, "orders of the queue", OF_A_MESSAGE)
                            .add(settled, "settlements", OF_A_MESSAGE));
            BigDecimal line = BigDecimal.valueOf(deployment.accessLogBytes()).add(EVENT_OVERHEAD);
            term(
                    group,
                    "Log of the API",
                    "log-ingestion",
                    requests.multiply(line).divide(GIGABYTE),
                    bytes(new Count().add(requests, "lines", line)));
            if (deployment.traced()) {
                Count traces = new Count();
                invocations.forEach((what, many) -> traces.add(traced(many), what));
                traces.add(traced(passedOver), "postings passed over");
                term(group, "Traces", "trace", traces);
            }
            Count out = answers();
            term(group, "Data out", "data-out", out.sum().divide(GIGABYTE), bytes(out));
        }

        private static String bytes(Count count) {
            return "(" + count.words() + ") bytes";
        }

        private static BigDecimal traced(BigDecimal invocations) {
            BigDecimal first = invocations.min(Month.SECONDS);
            return first.add(invocations.subtract(first).multiply(TRACED_OF_THE_REST));
        }

        private Count tableWrites() {
            return new Count()
                    .add(orders, "orders", counted.orderWrites(shop.number(Input.LINES)))
                    .add(joins, "first orders")
                    .add(
                            orders.multiply(number(Input.DUE)).divideToIntegralValue(HUNDRED),
                            "orders that are due next",
                            MOVED_IN_INDEX)
                    .add(refunds, "refunds", counted.refund().writes())
                    .add(redemptions, "holds", counted.hold().writes())
                    .add(redemptions, "ends of holds", counted.end().writes())
                    .add(joins, "joins", counted.join().writes())
                    .add(settled, "settlements", counted.settlement().writes())
                    .add(keyed(), "remembered answers", answerUnits());
        }

        private BigDecimal answerUnits() {
            return counted.order().answer().add(ANSWER_OVERHEAD).divide(WRITE_UNIT, 0, RoundingMode.CEILING);
        }

        private Count tableReads(Map<String, BigDecimal> invocations) {
            return new Count()
                    .add(orders, "orders", counted.order().reads())
                    .add(refunds, "refunds", counted.refund().reads())
                    .add(redemptions, "holds", counted.hold().reads())
                    .add(redemptions, "ends of holds", counted.end().reads())
                    .add(quotes, "quotes", counted.quote().reads())
                    .add(balances, "balances", counted.balance().reads())
                    .add(joins, "joins", counted.join().reads())
                    // The settling function looks at the account before it names the operation.
                    .add(settled, "settlements", counted.settlement().reads().add(BigDecimal.ONE))
                    .add(invocations.getOrDefault("authorizations", BigDecimal.ZERO), "authorizations")
                    .add(keyed(), "keys looked up");
        }

        private Count answers() {
            return new Count()
                    .add(ordersByApi(), "orders", counted.order().answer())
                    .add(refunds, "refunds", counted.refund().answer())
                    .add(redemptions, "holds", counted.hold().answer())
                    .add(redemptions, "ends of holds", counted.end().answer())
                    .add(quotes, "quotes", counted.quote().answer())
                    .add(balances, "balances", counted.balance().answer())
                    .add(joins, "joins", counted.join().answer());
        }

        // ------------------------------------------------------------------------------------------- what is kept

        private Count postingsKept() {
            BigDecimal months = number(Input.MONTHS);
            BigInteger order = counted.orderPosting(shop.number(Input.LINES));
            Count kept = new Count();
            each(kept, orders.multiply(months), "orders", new BigDecimal(order));
            each(kept, refunds.multiply(months), "refunds", counted.refund());
            each(kept, redemptions.multiply(months), "holds", counted.hold());
            each(kept, redemptions.multiply(months), "ends of holds", counted.end());
            each(kept, joins.multiply(months), "joins", counted.join());
            each(kept, settled.multiply(months), "settlements", counted.settlement());
            return kept;
        }

        private static void each(Count kept, BigDecimal many, String what, Operation operation) {
            each(kept, many, what, operation.posting());
        }

        private static void each(Count kept, BigDecimal many, String what, BigDecimal posting) {
            kept.add(many, what, posting.add(ITEM_OVERHEAD));
        }

        private void kept() {
            Group group = Group.KEPT;
            Count tables = postingsKept()
                    .add(members, "accounts", ACCOUNT.add(ITEM_OVERHEAD))
                    .add(
                            keyed().multiply(number(Input.MONTHS)),
                            "remembered answers",
                            counted.order().answer().add(ANSWER_OVERHEAD));
            Count indexes = postingsKept().add(members, "accounts that are due", DUE_KEYS.add(ITEM_OVERHEAD));
            term(group, "Tables", "table-storage", tables.sum().divide(GIGABYTE), bytes(tables));
            term(group, "Indexes", "table-storage", indexes.sum().divide(GIGABYTE), bytes(indexes));
            term(group, "Point-in-time recovery", "table-recovery", tables.sum().divide(GIGABYTE), "the tables");
            Count logs = new Count()
                    .add(
                            requests().sum(),
                            "lines",
                            BigDecimal.valueOf(deployment.accessLogBytes())
                                    .multiply(COMPRESSED)
                                    .add(EVENT_OVERHEAD));
            term(
                    group,
                    "Log of the API, kept",
                    "log-storage",
                    logs.sum()
                            .multiply(BigDecimal.valueOf(deployment.logDays()))
                            .multiply(HOURS_OF_A_DAY)
                            .divide(Month.HOURS.multiply(GIGABYTE), DIGITS, RoundingMode.HALF_UP),
                    bytes(logs) + " for " + deployment.logDays() + " days");
        }

        // ----------------------------------------------------------------------------------------- round the clock

        private void roundTheClock() {
            Group group = Group.ROUND_THE_CLOCK;
            BigDecimal environments = number(Input.ENVIRONMENTS);
            term(group, "Alarms", "alarm", new Count().add(BigDecimal.valueOf(deployment.alarms()), "alarms"));
            term(
                    group,
                    "Metrics of the audit",
                    "metric",
                    deployment.audits().multiply(AUDIT_METRICS).divide(Month.HOURS, DIGITS, RoundingMode.HALF_UP),
                    "2 metrics in an hour of each day");
            if (deployment.routeMetrics()) {
                term(
                        group,
                        "Metrics of each route",
                        "metric",
                        new Count().add(BigDecimal.valueOf(routesInUse()), "routes in use", ROUTE_METRICS));
            }
            term(
                    group,
                    "Waiting at queues",
                    "queue-request",
                    new Count()
                            .add(BigDecimal.valueOf(deployment.queues()), "queues", WAITING.multiply(Month.MINUTES)));
            term(
                    group,
                    "Sweeps and audits, invocations",
                    "lambda-request",
                    new Count().add(deployment.sweeps(), "sweeps").add(deployment.audits(), "audits"));
            term(
                    group,
                    "Sweeps and audits, at work",
                    "lambda-gb-second",
                    new Count()
                            .add(deployment.sweeps(), "sweeps", gigabytes)
                            .add(
                                    deployment.audits(),
                                    "audits",
                                    gigabytes.multiply(BigDecimal.valueOf(deployment.batchSeconds()))));
            term(
                    group,
                    "Reads of sweeps, audits and rules",
                    "table-read",
                    new Count()
                            .add(deployment.sweeps(), "sweeps", SWEEP_READS)
                            .add(
                                    deployment.audits(),
                                    "audits",
                                    AUDITED.min(members).multiply(AUDIT_READS))
                            .add(environments, "functions awake", HEADS.multiply(Month.HOURS)));
            term(
                    group,
                    "Keys of tables",
                    "key-request",
                    new Count()
                            .add(
                                    environments.multiply(BigDecimal.valueOf(deployment.keyedTables())),
                                    "functions awake and their tables",
                                    KEY_REQUESTS.multiply(Month.HOURS)));
        }

        private long routesInUse() {
            return Arrays.stream(
                            new BigDecimal[] {ordersByApi(), refunds, redemptions, redemptions, quotes, balances, joins
                            })
                    .filter(many -> many.signum() != 0)
                    .count();
        }
    }
}
