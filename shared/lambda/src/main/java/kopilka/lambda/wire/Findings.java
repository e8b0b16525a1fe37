package kopilka.lambda.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kopilka.audit.Finding;
import kopilka.ledger.MemberKey;

/** What an audit found, as logs and reports name it: ids and codes, and nothing that is secret or a person's. */
public final class Findings {
    private Findings() {}

    /** The flaw, and where it is, by name and in a fixed sequence. */
    public static Map<String, String> facts(Finding finding) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("flaw", finding.flaw().name().toLowerCase(Locale.ROOT));
        finding.place().whose().ifPresent(member -> member(facts, member));
        switch (finding.place()) {
            case Finding.OfAccount account -> {}
            case Finding.OfPosting posting -> {
                facts.put("sequence", Long.toString(posting.sequence()));
                posting.operation().ifPresent(operation -> facts.put("operation", operation.value()));
            }
            case Finding.OfOrder order -> facts.put("order", order.order().value());
            case Finding.OfRedemption redemption ->
                facts.put("redemption", redemption.redemption().value());
            // A code is worth points to whoever knows it; the member tells which one it is.
            case Finding.OfCode code -> {}
            case Finding.OfItem item -> facts.put("item", item.key());
        }
        return facts;
    }

    private static void member(Map<String, String> facts, MemberKey member) {
        facts.put("program", member.program().value());
        facts.put("member", member.member().value());
    }
}
