package kopilka.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.Teller;
import kopilka.local.load.Request.Kind;
import kopilka.members.EnrolMember;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reckoning finds what was lost, what is too much, and what was told otherwise. */
class ReckoningTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ProgramId PROGRAM = Load.HOT_PROGRAM;
    private static final MemberKey ANNA = new MemberKey(PROGRAM, new MemberId("anna"));
    private static final MemberKey BORIS = new MemberKey(PROGRAM, new MemberId("boris"));

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Acknowledged told = new Acknowledged();

    private static Programs programs() throws IOException {
        try (InputStream resource = Objects.requireNonNull(TargetJob.class.getResourceAsStream("program.json"))) {
            ProgramVersion only = new ProgramVersion(
                    PROGRAM,
                    1,
                    NOW,
                    ProgramDocument.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
            return new Programs() {
                @Override
                public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
                    return Optional.of(only);
                }

                @Override
                public Optional<ProgramVersion> version(ProgramId program, int number) {
                    return Optional.of(only);
                }
            };
        }
    }

    @BeforeEach
    void anna_has_joined() throws IOException {
        Teller teller = new Teller(ledger, programs(), () -> NOW, Teller.Pause.NONE);
        assertThat(teller.carryOut(new EnrolMember(ANNA))).isInstanceOf(Teller.Answer.Done.class);
    }

    private static Request enrolment(MemberKey member) {
        return Request.write(
                Kind.ENROL,
                member,
                "PUT",
                "/v1/members/" + member.member(),
                JsonNodeFactory.instance.objectNode(),
                OperationId.enrolled(member.member()));
    }

    private static Reply done(long sequence) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("sequence", sequence);
        return new Reply(201, body.toString(), body, false);
    }

    private List<String> faults() {
        return Reckoning.of(ledger, List.of(PROGRAM), told).faults();
    }

    @Test
    void what_was_told_and_is_there_is_no_fault() {
        told.note(enrolment(ANNA), done(1));

        Reckoning reckoning = Reckoning.of(ledger, List.of(PROGRAM), told);

        assertThat(reckoning).isEqualTo(new Reckoning(1, 1, 1, List.of()));
    }

    @Test
    void a_write_that_was_acknowledged_and_is_not_there_is_lost() {
        told.note(enrolment(ANNA), done(1));
        told.note(enrolment(BORIS), done(1));

        assertThat(faults()).containsExactly("member#boris#enrolled: acknowledged, and not in the ledger");
    }

    @Test
    void a_write_that_is_there_and_was_not_acknowledged_is_too_much() {
        assertThat(faults()).containsExactly("member#anna#enrolled: in the ledger, and never asked for");
    }

    @Test
    void a_write_that_is_there_and_was_refused_is_named_with_its_refusal() {
        ObjectNode problem = JsonNodeFactory.instance.objectNode().put("code", "conflict");
        told.note(enrolment(ANNA), new Reply(409, problem.toString(), problem, false));

        assertThat(faults()).containsExactly("member#anna#enrolled: refused with 409 conflict, and in the ledger");
    }

    @Test
    void a_write_that_was_told_with_another_place_in_the_ledger_is_found() {
        told.note(enrolment(ANNA), done(2));

        assertThat(faults()).singleElement().asString().startsWith("member#anna#enrolled: not as it was told");
    }

    @Test
    void a_write_that_was_told_with_another_balance_is_found() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("sequence", 1);
        body.putObject("balance")
                .put("available", 5)
                .put("pending", 0)
                .put("held", 0)
                .put("debt", 0);
        told.note(enrolment(ANNA), new Reply(201, body.toString(), body, false));

        assertThat(faults()).singleElement().asString().startsWith("member#anna#enrolled: not as it was told");
    }
}
