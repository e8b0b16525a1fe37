package kopilka.function.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kopilka.audit.LedgerAudit;
import kopilka.audit.Tally;
import kopilka.dynamodb.DynamoDbArchive;
import kopilka.lambda.Deadline;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.Log;
import kopilka.lambda.Platform;
import kopilka.lambda.wire.Findings;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.LedgerUnavailable;

/**
 * Audits a sample of the accounts by the schedule, and counts what it finds where an alarm looks. It starts at a place drawn by
 * chance, so that in the course of time each account has its turn; it only reads; and it reports nothing that it has not read
 * a second time.
 */
public final class AuditFunction implements RequestStreamHandler {
    /** The most accounts of one run: a table of fewer is audited whole, and of more a sample is taken. */
    static final int SAMPLE = 1_000;

    private static final String AUDITED = "AuditedAccounts";
    private static final String FINDINGS = "AuditFindings";

    private final Platform platform;
    private final LedgerAudit audit;
    private final Log log;
    private final String name;
    private final Entrance entrance;

    /** In AWS. */
    public AuditFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public AuditFunction(Platform platform) {
        this.platform = platform;
        DynamoDbArchive archive = new DynamoDbArchive(
                platform.dynamoDb(),
                platform.require("ACCOUNTS_TABLE"),
                platform.require("POSTINGS_TABLE"),
                platform.require("PROGRAMS_TABLE"),
                ProgramDocument::parse);
        this.audit = new LedgerAudit(archive, archive, Engine.pause(platform));
        this.log = Log.of(platform);
        this.name = platform.require("AWS_LAMBDA_FUNCTION_NAME");
        this.entrance = Entrance.of(platform).schedule(this::sample);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private void sample(Deadline deadline) {
        AtomicLong found = new AtomicLong();
        try {
            Tally tally = audit.sample(platform.random().nextLong(), SAMPLE, deadline::isNear, finding -> {
                found.incrementAndGet();
                log.error("audit_finding", deadline.requestId(), Findings.facts(finding));
            });
            log.count(name, Map.of(AUDITED, tally.accounts(), FINDINGS, tally.findings()));
        } catch (LedgerUnavailable e) {
            // What was found until then is true whatever became of the rest.
            if (found.get() > 0) {
                log.count(name, Map.of(FINDINGS, found.get()));
            }
            throw e;
        }
    }
}
