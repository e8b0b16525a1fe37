package kopilka.lambda;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.lambda.wire.Replies;
import kopilka.ledger.Ledger;
import kopilka.ledger.Operation;
import kopilka.ledger.Teller;

/**
 * The loyalty engine as functions use it: the ledger and the programs in their tables, the teller who carries operations
 * out, and the answers that are made of what came of it.
 *
 * @param ledger accounts and postings
 * @param programs the programs and their versions
 * @param teller carries operations out
 * @param replies answers writes
 */
public record Engine(Ledger ledger, DynamoDbPrograms programs, Teller teller, Replies replies) {
    /** The longest wait after a store did not answer; it doubles with each further time. The client has waited already. */
    private static final long UNANSWERED_MILLIS = 25;

    /** The longest wait after somebody was faster: a few writers get past one another in it. */
    private static final long OUTRUN_MILLIS = 400;

    /** And after that has happened twice, which only a crowd brings about: a hundred writers get past one another in it. */
    private static final long OUTRUN_AGAIN_MILLIS = 1500;

    /** The engine of a function that has the variables of the tables. */
    public static Engine of(Platform platform) {
        Ledger ledger = new DynamoDbLedger(
                platform.dynamoDb(), platform.require("ACCOUNTS_TABLE"), platform.require("POSTINGS_TABLE"));
        DynamoDbPrograms programs = programs(platform);
        Teller teller = new Teller(ledger, programs, platform.clock(), pause(platform));
        return new Engine(ledger, programs, teller, new Replies(ledger, programs));
    }

    /** The programs alone. */
    public static DynamoDbPrograms programs(Platform platform) {
        return new DynamoDbPrograms(
                platform.dynamoDb(), platform.require("PROGRAMS_TABLE"), ProgramDocument::parse, System::nanoTime);
    }

    /** This engine with other answers. */
    public Engine with(Replies others) {
        return new Engine(ledger, programs, teller, others);
    }

    /**
     * The bound of the random wait before another attempt.
     *
     * @param after why the one before came to nothing
     * @param times how often that has happened by now
     */
    public static Duration longestPause(Teller.After after, int times) {
        return Duration.ofMillis(
                switch (after) {
                    case UNANSWERED -> UNANSWERED_MILLIS << (times - 1);
                    case OUTRUN -> times == 1 ? OUTRUN_MILLIS : OUTRUN_AGAIN_MILLIS;
                });
    }

    /** Waits a random time under a bound that grows: those who met once are not likely to meet again. */
    public static Teller.Pause pause(Platform platform) {
        return (after, times) -> {
            long bound = longestPause(after, times).toMillis();
            try {
                Thread.sleep(platform.random().nextLong(bound) + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Carries out what a request asks for, or names what is wrong with the request. */
    public HttpResponse answer(Decoded<? extends Operation> asked) {
        return answer(asked, operation -> replies.to(operation, teller.carryOut(operation)));
    }

    /** Answers a request that is well-formed, or names what is wrong with it. */
    public static <T> HttpResponse answer(Decoded<T> asked, Function<? super T, HttpResponse> answer) {
        return switch (asked) {
            case Decoded.Valid<T>(T value) -> answer.apply(value);
            case Decoded.Invalid<T>(List<FieldError> errors) ->
                Problem.invalid(errors).response();
        };
    }
}
