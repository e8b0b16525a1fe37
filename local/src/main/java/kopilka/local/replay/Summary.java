package kopilka.local.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import kopilka.ledger.Balance;
import kopilka.ledger.MemberId;
import kopilka.ledger.Movement;
import kopilka.ledger.OperationId;
import kopilka.local.replay.Planned.Shape;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import kopilka.tiers.TierChange;

/**
 * What came of a replay.
 *
 * @param unreadable rows of the file that could not be read, and why
 * @param entries all other rows, by time
 * @param refused rows that Kopilka refused, and why
 * @param notes what was noticed on the way
 * @param books the accounts as they are
 * @param versions of the program, under which it went
 * @param end the moment that the accounts are taken at
 * @param before the fingerprint of the last complete run on the same data
 * @param byQueue whether it went through the queue, which tells of what it does not take by its dead letters alone
 */
record Summary(
        Map<Integer, String> unreadable,
        List<Entry> entries,
        Map<Integer, String> refused,
        Notes notes,
        Books books,
        Versions versions,
        Instant end,
        Optional<String> before,
        boolean byQueue) {

    private static final String NOT_RECORDED = "no posting";
    private static final String DEAD_LETTER = "left in the dead letters of the queue";

    /** Copies what it is given. */
    Summary {
        unreadable = Map.copyOf(unreadable);
        entries = List.copyOf(entries);
        refused = Map.copyOf(refused);
    }

    /**
     * A row.
     *
     * @param shape as what it was sent; empty: it was not
     * @param operations what it asked for
     * @param rejected why it was not sent; empty for one that repeats another
     */
    record Entry(Row row, Optional<Shape> shape, List<OperationId> operations, Optional<String> rejected) {
        /** Copies what it is given. */
        Entry {
            operations = List.copyOf(operations);
        }
    }

    /** What became of a row: every one is of exactly one class. */
    enum RowClass {
        /** An order. */
        ORDER("orders recorded"),
        /** A refund. */
        REFUND("refunds of one order"),
        /** A refund of several orders, or in part of an unknown one. */
        SPLIT("refunds split over several orders, one of which may be unknown"),
        /** A refund of an unknown order. */
        UNKNOWN("refunds of an unknown order, recorded; they move no points"),
        /** A repetition. */
        REPEATED("rows that repeat another"),
        /** Not recorded. */
        REJECTED("rows rejected");

        private final String words;

        RowClass(String words) {
            this.words = words;
        }
    }

    /** How many rows there are. */
    int rows() {
        return unreadable.size() + entries.size();
    }

    /** Why a row was rejected. Empty: it was not. */
    private Optional<String> rejection(Entry entry) {
        Optional<String> reason = entry.rejected()
                .or(() -> Optional.ofNullable(refused.get(entry.row().number())));
        boolean recorded = books.operations().containsAll(entry.operations());
        return reason.isPresent() || recorded ? reason : Optional.of(byQueue ? DEAD_LETTER : NOT_RECORDED);
    }

    private RowClass classOf(Entry entry) {
        if (rejection(entry).isPresent()) {
            return RowClass.REJECTED;
        }
        return entry.shape()
                .map(shape -> switch (shape) {
                    case ORDER -> RowClass.ORDER;
                    case REFUND -> RowClass.REFUND;
                    case SPLIT -> RowClass.SPLIT;
                    case UNKNOWN -> RowClass.UNKNOWN;
                })
                .orElse(RowClass.REPEATED);
    }

    /** How many rows of each class there are. */
    SortedMap<RowClass, Integer> classes() {
        SortedMap<RowClass, Integer> classes = new TreeMap<>();
        for (RowClass name : RowClass.values()) {
            classes.put(name, 0);
        }
        entries.forEach(entry -> classes.merge(classOf(entry), 1, Integer::sum));
        classes.merge(RowClass.REJECTED, unreadable.size(), Integer::sum);
        return classes;
    }

    /** How many rows were rejected, by reason. */
    SortedMap<String, Integer> rejections() {
        SortedMap<String, Integer> reasons = new TreeMap<>();
        unreadable.values().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        entries.forEach(entry -> rejection(entry).ifPresent(reason -> reasons.merge(reason, 1, Integer::sum)));
        return reasons;
    }

    private int recordedAs(Shape shape, int parts) {
        return (int) entries.stream()
                .filter(entry -> entry.shape().equals(Optional.of(shape)))
                .filter(entry ->
                        entry.operations().size() == parts && rejection(entry).isEmpty())
                .count();
    }

    private BigDecimal money(RowClass... classes) {
        Set<RowClass> wanted = Set.of(classes);
        return entries.stream()
                .filter(entry -> wanted.contains(classOf(entry)))
                .map(entry -> entry.row().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What is wrong; empty: every row is accounted for, and the books are in order. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(books.faults());
        Set<OperationId> explained = new HashSet<>();
        for (Entry entry : entries) {
            explained.addAll(entry.operations());
            explained.add(OperationId.enrolled(new MemberId(entry.row().customer())));
            if (classOf(entry) == RowClass.REJECTED && rejection(entry).equals(Optional.of(NOT_RECORDED))) {
                faults.add("row " + entry.row().number() + " has no posting");
            }
        }
        long unexplained = books.operations().stream()
                .filter(operation -> !explained.contains(operation))
                .count();
        if (unexplained > 0) {
            faults.add(unexplained + " postings that no row explains");
        }
        if (books.unsettled() > 0) {
            faults.add(books.unsettled() + " accounts that the sweep left behind");
        }
        int sum = classes().values().stream().mapToInt(Integer::intValue).sum();
        if (sum != rows()) {
            faults.add("the classes come to " + sum + " rows of " + rows());
        }
        if (before.isPresent() && !before.get().equals(fingerprint())) {
            faults.add("the run before ended in another state: " + before.get());
        }
        return faults;
    }

    /** Of the state at the end: the same files come to the same, however often the run was stopped or repeated. */
    String fingerprint() {
        return books.fingerprint().hex();
    }

    // ------------------------------------------------------------------------------------------------- as a report

    /** A group of figures. */
    record Section(String title, Map<String, String> figures) {}

    /** The summary in figures. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Rows of the file", rowFigures()));
        sections.add(new Section("What was noticed", noteFigures()));
        if (versions.list().size() > 1) {
            sections.add(new Section("Versions of the program, and what was posted under each", versionFigures()));
        }
        versions.wallets().forEach(wallet -> sections.add(new Section(title(wallet), walletFigures(wallet))));
        if (!books.levels().isEmpty()) {
            sections.add(new Section("Levels", levelFigures()));
        }
        sections.add(new Section("Members and money", moneyFigures()));
        sections.add(new Section("Audit", auditFigures()));
        return sections;
    }

    private static String title(WalletRules wallet) {
        return wallet.id().equals(WalletId.POINTS) ? "Points" : "Wallet " + wallet.id();
    }

    private Map<String, String> versionFigures() {
        Map<String, String> figures = new LinkedHashMap<>();
        for (Versions.Version version : versions.list()) {
            Books.Postings made = books.postings().getOrDefault(version.number(), Books.Postings.NONE);
            figures.put(
                    "version " + version.number() + ", since " + versions.since(version),
                    number(made.business()) + ", and " + number(made.sweep()) + " of the sweep");
        }
        return figures;
    }

    private Map<String, String> levelFigures() {
        Map<String, String> figures = new LinkedHashMap<>();
        for (TierId level : versions.levels()) {
            figures.put("members who are " + level, number(books.levels().getOrDefault(level, 0)));
        }
        for (TierChange.Reason reason : TierChange.Reason.values()) {
            figures.put("changes: " + reason.code(), number(books.levelChanges().getOrDefault(reason, 0)));
        }
        return figures;
    }

    private Map<String, String> rowFigures() {
        Map<String, String> figures = new LinkedHashMap<>();
        classes().forEach((name, count) -> {
            figures.put(name.words, number(count));
            if (name == RowClass.SPLIT) {
                entries.stream()
                        .filter(entry -> classOf(entry) == RowClass.SPLIT)
                        .map(entry -> entry.operations().size())
                        .sorted(Comparator.naturalOrder())
                        .distinct()
                        .forEach(parts -> figures.put("- into " + parts, number(recordedAs(Shape.SPLIT, parts))));
            }
        });
        rejections().forEach((reason, count) -> figures.put("- " + reason, number(count)));
        figures.put("all rows", number(rows()));
        figures.put("amount of the orders", amount(money(RowClass.ORDER)));
        figures.put(
                "amount of the refunds",
                amount(money(RowClass.REFUND, RowClass.SPLIT, RowClass.UNKNOWN).negate()));
        return figures;
    }

    private Map<String, String> noteFigures() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("lines", number(notes.lines()));
        figures.put("order lines whose total was rounded half up", number(notes.roundedLines()));
        figures.put("- in so many orders", number(notes.roundedRows()));
        figures.put(
                "orders whose lines then differ from their amount",
                number(notes.otherTotals()) + " (by " + amount(notes.otherBy()) + " in all)");
        figures.put("lines of 0.00, kept", number(notes.freeLines()));
        figures.put("lines that sell gift vouchers", number(notes.giftVouchers()));
        if (notes.discounts() > 0) {
            figures.put("negative lines, sent as a discount of the order", number(notes.discounts()));
        }
        if (notes.emptyLines() > 0) {
            figures.put("lines without a quantity, left out", number(notes.emptyLines()));
        }
        figures.put("refund lines above the price paid, valued at that price", number(notes.dearerRefunds()));
        notes.unknown()
                .forEach((reason, part) -> figures.put("refund lines of an unknown order: " + reason, text(part)));
        notes.unmatched().forEach((reason, part) -> figures.put("refund lines left out: " + reason, text(part)));
        return figures;
    }

    private String text(Notes.Part part) {
        return number(part.count()) + " (" + amount(part.money()) + ")";
    }

    private Map<String, String> walletFigures(WalletRules wallet) {
        Books.Sums sums = books.in(wallet.id());
        LongFunction<String> text = switch (wallet.unit()) {
            case POINTS -> Summary::number;
            case MONEY -> this::money;
        };
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("earned", text.apply(sums.moved(Movement.Kind.ACCRUE)));
        figures.put("matured (became available)", text.apply(sums.moved(Movement.Kind.MATURE)));
        figures.put("reversed (taken back with refunds)", text.apply(sums.moved(Movement.Kind.REVERSE)));
        figures.put("- of which had expired already", text.apply(sums.forfeited()));
        figures.put("- beyond these, owed by the member", text.apply(sums.moved(Movement.Kind.INCUR_DEBT)));
        figures.put("- beyond these, written off", text.apply(sums.moved(Movement.Kind.WRITE_OFF)));
        figures.put("spent (the file has no redemptions)", text.apply(sums.moved(Movement.Kind.CAPTURE)));
        figures.put("expired", text.apply(sums.moved(Movement.Kind.EXPIRE)));
        figures.put("available at the end", text.apply(sums.balance().available()));
        figures.put("pending at the end", text.apply(sums.balance().pending()));
        figures.put("held at the end", text.apply(sums.balance().held()));
        figures.put("debt at the end", text.apply(sums.balance().debt()));
        return figures;
    }

    private Map<String, String> moneyFigures() {
        long available = 0;
        long pending = 0;
        for (WalletRules wallet : versions.wallets()) {
            if (wallet.worth().isPresent()) {
                Worth worth = wallet.worth().get();
                Balance balance = books.in(wallet.id()).balance();
                long spendable = balance.available() + balance.held();
                available += worth.of(Points.of(spendable));
                pending += worth.of(Points.of(spendable + balance.pending()));
            }
        }
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("members", number(books.members()));
        long business = books.operations().size();
        long all = books.postings().values().stream()
                .mapToLong(Books.Postings::all)
                .sum();
        figures.put("postings of members, orders and refunds", number(business));
        figures.put("postings of the sweep (they depend on its timing)", number(all - business));
        figures.put("liability: worth of available points", money(available));
        figures.put("liability with pending points", money(pending));
        return figures;
    }

    /** Minor units. */
    private String money(long minor) {
        return amount(new BigDecimal(new Money(minor, versions.currency()).amount()));
    }

    private Map<String, String> auditFigures() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("accounts audited", number(books.members()));
        figures.put("faults", number(faults().size()));
        figures.put("state at", end.toString());
        figures.put("state fingerprint", fingerprint());
        before.ifPresent(fingerprint ->
                figures.put("the run before", fingerprint.equals(fingerprint()) ? "the same" : fingerprint));
        return figures;
    }

    private String amount(BigDecimal amount) {
        Currency currency = versions.currency();
        int decimals = Math.max(amount.stripTrailingZeros().scale(), currency.getDefaultFractionDigits());
        return String.format(Locale.ROOT, "%,." + decimals + "f %s", amount, currency.getCurrencyCode());
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
