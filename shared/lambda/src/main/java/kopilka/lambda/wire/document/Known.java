package kopilka.lambda.wire.document;

import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.Amounts;
import kopilka.program.Segment;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules.Unit;
import kopilka.program.Worth;

/**
 * What other places of a document refer to. It is looked up before anything is decoded, and as far as it is well formed:
 * so a fault in a wallet, say, does not hide whether the rules name wallets that there are.
 *
 * @param currency of all amounts
 * @param wallets the wallets; none where there is nothing to be named
 * @param tiers the levels
 * @param segments the segments
 */
record Known(
        Optional<Currency> currency,
        Map<WalletId, Purse> wallets,
        Optional<Set<TierId>> tiers,
        Optional<Set<Segment>> segments) {
    /**
     * What matters of a wallet elsewhere.
     *
     * @param unit what it holds
     * @param worth what its points are worth
     * @param redeemable whether it is spent at all
     */
    record Purse(Optional<Unit> unit, Optional<Worth> worth, boolean redeemable) {
        /** Whether it is known to hold that. */
        boolean holds(Unit what) {
            return unit.equals(Optional.of(what));
        }
    }

    static Known of(JsonObject document) {
        Optional<Currency> currency = valid(document.member("currency"), Amounts.currency());
        Map<WalletId, Purse> wallets = new LinkedHashMap<>();
        document.object("wallets")
                .ifPresent(all -> all.members().forEach((id, wallet) -> {
                    if (Values.WORD_ID.matcher(id).matches()) {
                        wallets.put(new WalletId(id), purse(wallet, currency));
                    }
                }));
        return new Known(currency, wallets, tiers(document), segments(document));
    }

    private static Purse purse(JsonValue wallet, Optional<Currency> currency) {
        JsonObject fields = wallet instanceof JsonObject object ? object : JsonObject.EMPTY;
        Optional<Unit> unit = valid(fields.member("unit"), WalletFields.UNIT);
        Optional<Worth> worth = unit.equals(Optional.of(Unit.MONEY))
                ? Optional.of(WalletFields.FACE_VALUE)
                : fields.object("redemption")
                        .flatMap(redemption -> redemption.member("worth"))
                        .filter(told -> currency.isPresent())
                        .flatMap(told -> valid(Optional.of(told), WalletFields.worth(currency)));
        return new Purse(unit, worth, fields.member("redemption").isPresent());
    }

    private static Optional<Set<TierId>> tiers(JsonObject document) {
        if (document.member("tiers").isEmpty()) {
            return Optional.of(Set.of());
        }
        Set<TierId> tiers = new LinkedHashSet<>();
        for (JsonValue level : document.object("tiers").orElse(JsonObject.EMPTY).items("levels")) {
            if (level instanceof JsonObject object) {
                valid(object.member("id"), Values.ID_DECODER).map(TierId::new).ifPresent(tiers::add);
            }
        }
        return tiers.isEmpty() ? Optional.empty() : Optional.of(tiers);
    }

    private static Optional<Set<Segment>> segments(JsonObject document) {
        if (document.member("segments").isEmpty()) {
            return Optional.of(Set.of());
        }
        Set<Segment> segments = new LinkedHashSet<>();
        for (JsonValue segment : document.items("segments")) {
            valid(Optional.of(segment), Decoder.identifier()).map(Segment::new).ifPresent(segments::add);
        }
        return Optional.of(segments);
    }

    private static <T> Optional<T> valid(Optional<JsonValue> value, Decoder<T> decoder) {
        return value.flatMap(told -> switch (decoder.decode(told, Place.BODY)) {
            case Decoded.Valid<T>(T valid) -> Optional.of(valid);
            case Decoded.Invalid<T> invalid -> Optional.empty();
        });
    }

    /** The name of a wallet that there is. */
    Decoder<WalletId> wallet() {
        return reference(
                Values.WORD_ID_DECODER.map(WalletId::new),
                wallets.isEmpty() ? Optional.empty() : Optional.of(wallets.keySet()),
                WalletId::value,
                Flaw.UNKNOWN_WALLET,
                "wallets");
    }

    /** The name of a level that there is. */
    Decoder<TierId> tier() {
        return reference(Values.ID_DECODER.map(TierId::new), tiers, TierId::value, Flaw.UNKNOWN_TIER, "tiers");
    }

    /** What is wrong with the name of a level that is the name of a field. */
    List<FieldError> tier(String name, Place place) {
        return tier().decode(new JsonString(name), place).errors();
    }

    /** A segment that is on the list. */
    Decoder<Segment> segment() {
        return reference(
                Decoder.identifier().map(Segment::new), segments, Segment::value, Flaw.UNKNOWN_SEGMENT, "segments");
    }

    /** What is known of a wallet; nothing where it is not there. */
    Purse purse(WalletId wallet) {
        Purse known = wallets.get(wallet);
        return known == null ? new Purse(Optional.empty(), Optional.empty(), true) : known;
    }

    /** A decoder that takes what is in a set; anything where the set itself could not be read. */
    private static <T> Decoder<T> reference(
            Decoder<T> form,
            Optional<? extends Collection<T>> among,
            Function<T, String> name,
            Flaw flaw,
            String what) {
        return (value, place) -> form.decode(value, place)
                .then(id -> among.isEmpty() || among.get().contains(id)
                        ? new Decoded.Valid<>(id)
                        : flaw.refused(place, sentence(among.get(), name, what)));
    }

    private static <T> String sentence(Collection<T> among, Function<T, String> name, String what) {
        return among.isEmpty()
                ? "the document has no " + what
                : "must be one of the document's " + what + ": "
                        + Values.listed(among.stream().map(name).toList());
    }
}
