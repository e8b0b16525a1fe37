package kopilka.local.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kopilka.audit.Finding;
import kopilka.audit.Flaw;
import kopilka.audit.Tally;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.wire.Findings;
import kopilka.ledger.MemberKey;

/** What an audit found, written as it goes along. */
sealed interface AuditReport {
    /** Takes a finding. Those of an account come one after the other, its first bad posting first. */
    void found(Finding finding);

    /** Ends the report. */
    void end(Tally tally);

    /** A line of JSON for each finding, and one for the counts. */
    record ForMachines(PrintStream out) implements AuditReport {
        @Override
        public void found(Finding finding) {
            line(JsonWriter.object(json -> Findings.facts(finding).forEach(json::put)));
        }

        @Override
        public void end(Tally tally) {
            line(JsonWriter.object(json -> json.put("accounts", tally.accounts())
                    .put("postings", tally.postings())
                    .put("findings", tally.findings())
                    .put("moving", tally.moving())
                    .put("sound", tally.isSound())));
        }

        private void line(byte[] json) {
            out.println(new String(json, StandardCharsets.UTF_8));
        }
    }

    /** A line for the first thing that is wrong with an account, and how many more there are; then the counts. */
    final class ForPeople implements AuditReport {
        private final PrintStream out;
        private Optional<Finding> first = Optional.empty();
        private long more;

        ForPeople(PrintStream out) {
            this.out = out;
        }

        @Override
        public void found(Finding finding) {
            Optional<MemberKey> whose = finding.place().whose();
            boolean goesOn = whose.isPresent()
                    && first.filter(begun -> begun.place().whose().equals(whose))
                            .isPresent();
            if (goesOn) {
                more++;
            } else {
                flush();
                first = Optional.of(finding);
            }
        }

        private void flush() {
            first.ifPresent(finding -> out.println(place(finding.place()) + ": " + words(finding.flaw())
                    + (more == 0 ? "" : " (and " + more + " more of this member)")));
            first = Optional.empty();
            more = 0;
        }

        @Override
        public void end(Tally tally) {
            flush();
            out.println(tally.accounts() + " accounts, " + tally.postings() + " postings, " + tally.findings()
                    + " findings: " + (tally.isSound() ? "sound" : "not sound"));
            if (tally.moving() > 0) {
                out.println(tally.moving()
                        + " accounts were written to all the while: what is kept beside them was not audited");
            }
        }

        private static String place(Finding.Place place) {
            String whose = place.whose()
                    .map(member -> "program " + member.program() + ", member " + member.member() + ", ")
                    .orElse("");
            return whose
                    + switch (place) {
                        case Finding.OfAccount account -> "account";
                        case Finding.OfPosting posting ->
                            "posting " + posting.sequence()
                                    + posting.operation()
                                            .map(operation -> " (" + operation + ")")
                                            .orElse("");
                        case Finding.OfOrder order -> "order " + order.order();
                        case Finding.OfRedemption redemption -> "redemption " + redemption.redemption();
                        case Finding.OfCode code -> "referral code";
                        case Finding.OfItem item -> "item " + item.key();
                    };
        }

        private static String words(Flaw flaw) {
            return flaw
                    + " - "
                    + switch (flaw) {
                        case MISSING -> "it is not there";
                        case UNREADABLE -> "it can't be read";
                        case STRAY -> "it is outside the chain of its account";
                        case NO_ACCOUNT -> "there is no account for it";
                        case BEHIND -> "the account ends before it, and is older than its postings";
                        case SEQUENCE -> "its number does not follow";
                        case TAMPERED -> "its content is not what its hash was taken over";
                        case CHAIN -> "it does not follow the one before it";
                        case TIME -> "it is dated before the one before it";
                        case OVERDRAWN -> "it takes more points than there are";
                        case BALANCE -> "its sums are not what the movements come to";
                        case MOVEMENTS -> "its movements are not what it says of itself";
                        case VERSION -> "the version of the program that it names is not there";
                        case RECOMPUTED -> "computed again, it comes to something else";
                        case WALLET -> "its points are not what the postings come to";
                        case ACCOUNT -> "what it says of the member is not what the postings tell";
                        case HEAD -> "the account does not end with it";
                        case ORDER -> "how it stands is not what its postings tell";
                        case REDEMPTION -> "what it paid for is not what the postings tell";
                        case CODE -> "it is somebody else's, or nobody's";
                    };
        }
    }
}
