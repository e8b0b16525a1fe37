package kopilka.local.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import kopilka.audit.LedgerAudit;
import kopilka.audit.Tally;
import kopilka.dynamodb.DynamoDbArchive;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.local.KeptTables;
import kopilka.local.LocalCloud;
import kopilka.local.Tool;
import kopilka.program.ProgramId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Audits all accounts, those of a program, or one. It only reads, one account at a time, and others may go on writing.
 *
 * <p>Exit statuses: 0 all is sound; 1 something is wrong, and named; 2 it could not be audited, and nothing is said about it.
 */
public final class AuditTool implements Tool {
    private static final int SOUND = 0;
    private static final int UNSOUND = 1;
    private static final int NOT_AUDITED = 2;

    private static final String USAGE =
            "audit needs --data DIR, or --accounts TABLE --postings TABLE --programs TABLE [--region REGION]"
                    + " [--endpoint URL]; it takes --program PROGRAM [--member MEMBER], and --json";

    /** How long one attempt of a call may take: a page of a scan is up to 1 MB. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    /** How long a call may take with all its retries. */
    private static final Duration CALL = Duration.ofSeconds(60);

    /** The longest wait before an account that others write to is read again. */
    private static final long LONGEST_PAUSE_MILLIS = 200;

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String summary() {
        return "check every account of kept tables, or of an AWS account's, against its postings";
    }

    /**
     * What is to be audited.
     *
     * @param tables where it is
     * @param program of this program alone
     * @param member of this member alone
     * @param json whether the report is for a machine
     */
    private record Arguments(Where tables, Optional<ProgramId> program, Optional<MemberKey> member, boolean json) {
        static Arguments parse(List<String> arguments) {
            Deque<String> left = new ArrayDeque<>(arguments);
            @Nullable String data = null;
            @Nullable String accounts = null;
            @Nullable String postings = null;
            @Nullable String programs = null;
            @Nullable String program = null;
            @Nullable String member = null;
            Optional<Region> region = Optional.empty();
            Optional<URI> endpoint = Optional.empty();
            boolean json = false;
            while (!left.isEmpty()) {
                String option = left.removeFirst();
                switch (option) {
                    case "--data" -> data = value(option, left);
                    case "--accounts" -> accounts = value(option, left);
                    case "--postings" -> postings = value(option, left);
                    case "--programs" -> programs = value(option, left);
                    case "--program" -> program = value(option, left);
                    case "--member" -> member = value(option, left);
                    case "--region" -> region = Optional.of(Region.of(value(option, left)));
                    case "--endpoint" -> endpoint = Optional.of(URI.create(value(option, left)));
                    case "--json" -> json = true;
                    default -> throw new IllegalArgumentException("audit has no option " + option + "; " + USAGE);
                }
            }
            if (member != null && program == null) {
                throw new IllegalArgumentException("--member needs --program");
            }
            Optional<ProgramId> one = Optional.ofNullable(program).map(ProgramId::new);
            Optional<MemberKey> whose =
                    Optional.ofNullable(member).map(MemberId::new).flatMap(id -> one.map(of -> new MemberKey(of, id)));
            boolean account = accounts != null || postings != null || programs != null || endpoint.isPresent();
            if (data != null && !account) {
                return new Arguments(new Where.Folder(Path.of(data)), one, whose, json);
            }
            if (data == null && accounts != null && postings != null && programs != null) {
                Where where = new Where.Account(accounts, postings, programs, region, endpoint);
                return new Arguments(where, one, whose, json);
            }
            throw new IllegalArgumentException(USAGE);
        }

        private static String value(String option, Deque<String> left) {
            if (left.isEmpty() || left.getFirst().isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return left.removeFirst();
        }
    }

    /** Where the tables are. */
    private sealed interface Where {
        /** In a folder that the local run kept. */
        record Folder(Path path) implements Where {}

        /** In an AWS account, by the credentials that the SDK finds. */
        record Account(
                String accounts, String postings, String programs, Optional<Region> region, Optional<URI> endpoint)
                implements Where {}
    }

    @Override
    public int run(List<String> arguments, PrintStream out) {
        Arguments parsed = Arguments.parse(arguments);
        try {
            return switch (parsed.tables()) {
                case Where.Folder(Path path) -> folder(path, parsed, out);
                case Where.Account account -> account(account, parsed, out);
            };
        } catch (NoSuchFileException none) {
            return failed("there are no tables in " + none.getFile(), none);
        } catch (LedgerUnavailable e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return failed(String.valueOf(cause.getMessage()), e);
        } catch (SdkException | IOException e) {
            return failed(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException fault) {
            // Whatever it is, it is no finding: the status must not say so.
            fault.printStackTrace(System.err);
            return failed(fault.toString(), fault);
        }
    }

    private static int failed(String message, Exception cause) {
        System.err.println("cannot audit: " + message.lines().findFirst().orElse(cause.toString()));
        return NOT_AUDITED;
    }

    private static int folder(Path folder, Arguments arguments, PrintStream out) throws IOException {
        Path template =
                LocalCloud.nearestTemplate().orElseThrow(() -> new NoSuchFileException("template.yaml, here or above"));
        try (KeptTables tables = KeptTables.open(template, folder)) {
            DynamoDbArchive archive = new DynamoDbArchive(
                    tables.client(),
                    tables.tableName("AccountsTable"),
                    tables.tableName("PostingsTable"),
                    tables.tableName("ProgramsTable"),
                    ProgramDocument::parse);
            return audit(archive, arguments, out);
        }
    }

    private static int account(Where.Account tables, Arguments arguments, PrintStream out) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(
                        calls -> calls.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
        tables.region().ifPresent(builder::region);
        tables.endpoint().ifPresent(endpoint -> {
            builder.endpointOverride(endpoint);
            if (tables.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
            }
        });
        try (DynamoDbClient client = builder.build()) {
            DynamoDbArchive archive = new DynamoDbArchive(
                    client, tables.accounts(), tables.postings(), tables.programs(), ProgramDocument::parse);
            return audit(archive, arguments, out);
        }
    }

    private static int audit(DynamoDbArchive archive, Arguments arguments, PrintStream out) {
        LedgerAudit audit = new LedgerAudit(archive, archive, (after, times) -> pause(times));
        AuditReport report = arguments.json() ? new AuditReport.ForMachines(out) : new AuditReport.ForPeople(out);
        Tally tally = arguments.member().isPresent()
                ? audit.member(arguments.member().get(), report::found)
                : audit.all(arguments.program(), report::found);
        report.end(tally);
        if (!tally.isSound()) {
            return UNSOUND;
        }
        if (tally.accounts() == 0 && arguments.program().isPresent()) {
            System.err.println("cannot audit: there is no such account");
            return NOT_AUDITED;
        }
        return SOUND;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, 10L << attempt));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
