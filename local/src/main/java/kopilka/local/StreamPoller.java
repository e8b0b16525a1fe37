package kopilka.local;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.Template.Section;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Feeds a function from a table's stream as Lambda does: in order, from a checkpoint, a failed batch again and again up to
 * its retries, halved if the template says so, and what still fails is told to the on-failure destination and left behind.
 */
final class StreamPoller {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int UNBOUNDED = -1;

    private final DynamoDbStreamsClient streams;
    private final SqsClient sqs;
    private final String stream;
    private final String arn;
    private final LambdaFunction function;
    private final StreamFilter filter;
    private final int batchSize;
    private final int retries;
    private final boolean halves;
    private final boolean partial;
    private final boolean fromStart;
    private final Optional<String> setAside;
    private final Optional<Path> checkpointFile;
    private final FunctionLog log;
    private final Semaphore news = new Semaphore(0);
    private final Set<String> finished = new HashSet<>();
    private volatile boolean running = true;
    private volatile long lastEmptyLook = Long.MIN_VALUE;
    private @Nullable Thread thread;
    private @Nullable Checkpoint checkpoint;
    private @Nullable String shard;
    private @Nullable String iterator;

    /** Up to where the records of a stream have been delivered. */
    private record Checkpoint(String shard, String sequenceNumber) {}

    /**
     * @param stream the stream's name in DynamoDB Local
     * @param setAside address of the queue for what cannot be delivered
     * @param checkpointFile where the checkpoint outlives the process, if it does
     */
    StreamPoller(
            DynamoDbStreamsClient streams,
            SqsClient sqs,
            String stream,
            Section event,
            LambdaFunction function,
            Optional<String> setAside,
            Optional<Path> checkpointFile,
            FunctionLog log) {
        this.streams = streams;
        this.sqs = sqs;
        this.stream = stream;
        this.arn = event.text("Stream");
        this.function = function;
        this.filter = StreamFilter.of(event);
        this.batchSize = event.numberOr("BatchSize", 100);
        this.retries = event.numberOr("MaximumRetryAttempts", UNBOUNDED);
        this.halves = event.flagOr("BisectBatchOnFunctionError", false);
        this.partial = event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures");
        this.fromStart = event.text("StartingPosition").equals("TRIM_HORIZON");
        this.setAside = setAside;
        this.checkpointFile = checkpointFile;
        this.log = log;
    }

    void start() throws IOException {
        if (checkpointFile.isPresent() && Files.exists(checkpointFile.get())) {
            List<String> lines = Files.readAllLines(checkpointFile.get());
            if (lines.size() == 2) {
                checkpoint = new Checkpoint(lines.get(0), lines.get(1));
            }
        } else if (!fromStart) {
            // What is there before the first start is not news.
            skipToEnd();
        }
        thread = Thread.ofVirtual().name(function.id() + " follows " + stream).start(this::run);
    }

    void stop() {
        running = false;
        Thread follower = thread;
        if (follower != null) {
            follower.interrupt();
        }
    }

    /** Something may have been written. */
    void wake() {
        news.release();
    }

    /** Whether a look at the stream that began after that moment, in nanoseconds of the system, found nothing more. */
    boolean caughtUpSince(long nanos) {
        return lastEmptyLook != Long.MIN_VALUE && lastEmptyLook - nanos >= 0;
    }

    private void run() {
        while (running) {
            try {
                if (!look()) {
                    news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    news.drainPermits();
                }
            } catch (InterruptedException stopping) {
                return;
            } catch (TrimmedDataAccessException | ExpiredIteratorException lost) {
                if (lost instanceof TrimmedDataAccessException) {
                    checkpoint = null;
                }
                shard = null;
                iterator = null;
            } catch (SdkException | IOException unavailable) {
                if (running) {
                    log.line(function.id(), LogLevel.WARN, "cannot read " + stream + ": " + unavailable.getMessage());
                }
                shard = null;
                iterator = null;
            }
        }
    }

    /** Reads once and delivers what is there. Whether there was something. */
    private boolean look() throws InterruptedException, IOException {
        long began = System.nanoTime();
        if (iterator == null && !open()) {
            lastEmptyLook = began;
            return false;
        }
        GetRecordsResponse found =
                streams.getRecords(request -> request.shardIterator(iterator).limit(batchSize));
        List<Record> wanted = found.records().stream()
                .filter(record -> filter.passes(json(record)))
                .toList();
        if (!wanted.isEmpty()) {
            deliver(wanted);
        }
        if (!running) {
            return false;
        }
        if (!found.records().isEmpty()) {
            reached(found.records().getLast());
        }
        iterator = found.nextShardIterator();
        if (iterator == null && shard != null) {
            finished.add(shard);
            shard = null;
            return true;
        }
        if (found.records().isEmpty()) {
            lastEmptyLook = began;
            return false;
        }
        return true;
    }

    /** Opens the first shard that is not finished: DynamoDB Local lists a parent before its children. */
    private boolean open() {
        List<Shard> shards = streams.describeStream(request -> request.streamArn(stream))
                .streamDescription()
                .shards();
        Checkpoint from = checkpoint;
        boolean known =
                from != null && shards.stream().anyMatch(s -> s.shardId().equals(from.shard));
        boolean passed = !known;
        for (Shard candidate : shards) {
            String id = candidate.shardId();
            boolean here = known && from != null && id.equals(from.shard);
            passed |= here;
            if (!passed || finished.contains(id)) {
                continue;
            }
            GetShardIteratorRequest.Builder request =
                    GetShardIteratorRequest.builder().streamArn(stream).shardId(id);
            if (here && from != null) {
                request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(from.sequenceNumber);
            } else {
                request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            }
            iterator = streams.getShardIterator(request.build()).shardIterator();
            shard = id;
            return true;
        }
        return false;
    }

    private void skipToEnd() {
        List<Shard> shards = streams.describeStream(request -> request.streamArn(stream))
                .streamDescription()
                .shards();
        if (!shards.isEmpty()) {
            String last = shards.getLast().shardId();
            shards.forEach(s -> finished.add(s.shardId()));
            finished.remove(last);
            shard = last;
            iterator = streams.getShardIterator(request ->
                            request.streamArn(stream).shardId(last).shardIteratorType(ShardIteratorType.LATEST))
                    .shardIterator();
        }
    }

    private void deliver(List<Record> records) throws InterruptedException, IOException {
        List<Record> rest = records;
        int failures = 0;
        while (running) {
            int delivered = invoke(rest);
            if (!running) {
                return;
            }
            if (delivered > 0) {
                reached(rest.get(delivered - 1));
                rest = rest.subList(delivered, rest.size());
                failures = 0;
            }
            if (rest.isEmpty()) {
                return;
            }
            failures++;
            if (halves && delivered == 0 && rest.size() > 1) {
                deliver(rest.subList(0, rest.size() / 2));
                deliver(rest.subList(rest.size() / 2, rest.size()));
                return;
            }
            if (retries != UNBOUNDED && failures > retries) {
                leave(rest, failures);
                reached(rest.getLast());
                return;
            }
            Thread.sleep(Math.min(LONGEST_PAUSE.toMillis(), 20L << Math.min(failures, 10)));
        }
    }

    /** How many records, from the first, the function is through with. */
    private int invoke(List<Record> records) {
        return switch (function.invoke(Json.bytes(event(records)))) {
            case Failed failed -> 0;
            case Answered answered when !partial -> records.size();
            case Answered answered ->
                QueuePoller.BatchReport.failures(answered.text())
                        .map(failed -> firstOf(failed, records))
                        .orElse(0);
        };
    }

    private static int firstOf(List<String> failed, List<Record> records) {
        int known = 0;
        for (int i = 0; i < records.size(); i++) {
            if (failed.contains(records.get(i).dynamodb().sequenceNumber())) {
                return i;
            }
            known++;
        }
        // An id that is not of this batch fails all of it.
        return failed.isEmpty() ? known : 0;
    }

    private void reached(Record record) throws IOException {
        if (shard == null) {
            return;
        }
        checkpoint = new Checkpoint(shard, record.dynamodb().sequenceNumber());
        if (checkpointFile.isPresent()) {
            Path file = checkpointFile.get();
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, List.of(shard, record.dynamodb().sequenceNumber()));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void leave(List<Record> records, int failures) {
        log.line(function.id(), LogLevel.ERROR, "gave up on " + records.size() + " records of " + arn);
        if (setAside.isEmpty()) {
            return;
        }
        ObjectNode body = Json.object();
        body.putObject("requestContext")
                .put("requestId", java.util.UUID.randomUUID().toString())
                .put(
                        "functionArn",
                        "arn:aws:lambda:" + Template.REGION + ":" + Template.ACCOUNT + ":function:" + function.id())
                .put("condition", "RetryAttemptsExhausted")
                .put("approximateInvokeCount", failures);
        body.putObject("responseContext").put("statusCode", 200).put("executedVersion", "$LATEST");
        body.put("version", "1.0").put("timestamp", Instant.now().toString());
        body.putObject("DDBStreamBatchInfo")
                .put("shardId", String.valueOf(shard))
                .put("startSequenceNumber", records.getFirst().dynamodb().sequenceNumber())
                .put("endSequenceNumber", records.getLast().dynamodb().sequenceNumber())
                .put("batchSize", records.size())
                .put("streamArn", arn);
        sqs.sendMessage(request -> request.queueUrl(setAside.get()).messageBody(body.toString()));
    }

    private ObjectNode event(List<Record> records) {
        ObjectNode event = Json.object();
        ArrayNode array = event.putArray("Records");
        records.forEach(record -> array.add(json(record)));
        return event;
    }

    private ObjectNode json(Record record) {
        ObjectNode json = Json.object()
                .put("eventID", record.eventID())
                .put("eventName", record.eventNameAsString())
                .put("eventVersion", record.eventVersion())
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", Template.REGION);
        ObjectNode change = json.putObject("dynamodb")
                .put(
                        "ApproximateCreationDateTime",
                        record.dynamodb().approximateCreationDateTime().getEpochSecond());
        change.set("Keys", attributes(record.dynamodb().keys()));
        if (record.dynamodb().hasNewImage()) {
            change.set("NewImage", attributes(record.dynamodb().newImage()));
        }
        if (record.dynamodb().hasOldImage()) {
            change.set("OldImage", attributes(record.dynamodb().oldImage()));
        }
        change.put("SequenceNumber", record.dynamodb().sequenceNumber())
                .put("SizeBytes", record.dynamodb().sizeBytes())
                .put("StreamViewType", record.dynamodb().streamViewTypeAsString());
        return json.put("eventSourceARN", arn);
    }

    private static ObjectNode attributes(Map<String, AttributeValue> values) {
        ObjectNode json = Json.object();
        values.forEach((name, value) -> json.set(name, attribute(value)));
        return json;
    }

    /** By what is there: what comes from DynamoDB Local does not always say of what type it is. */
    private static JsonNode attribute(AttributeValue value) {
        ObjectNode json = Json.object();
        if (value.s() != null) {
            json.put("S", value.s());
        } else if (value.n() != null) {
            json.put("N", value.n());
        } else if (value.b() != null) {
            json.put("B", value.b().asByteArray());
        } else if (value.bool() != null) {
            json.put("BOOL", value.bool());
        } else if (value.nul() != null) {
            json.put("NULL", true);
        } else if (value.hasM()) {
            json.set("M", attributes(value.m()));
        } else if (value.hasL()) {
            ArrayNode list = json.putArray("L");
            value.l().forEach(entry -> list.add(attribute(entry)));
        } else if (value.hasSs()) {
            ArrayNode set = json.putArray("SS");
            value.ss().forEach(set::add);
        } else if (value.hasNs()) {
            ArrayNode set = json.putArray("NS");
            value.ns().forEach(set::add);
        } else if (value.hasBs()) {
            ArrayNode set = json.putArray("BS");
            value.bs().forEach(bytes -> set.add(bytes.asByteArray()));
        } else {
            // DynamoDB Local loses an empty list on the way into its stream.
            json.putArray("L");
        }
        return json;
    }
}
