package kopilka.api;

import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The sample events on the local run. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class SampleEventsTest extends SampleStory {
    private final LocalCloud cloud;

    SampleEventsTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    Stage stage() {
        return new Stage() {
            @Override
            public String invoke(String function, String event) {
                return cloud.invoke(function, event).answer().orElseThrow();
            }

            @Override
            public void settle() throws InterruptedException {
                cloud.drain(OneCloud.SOON);
            }

            @Override
            public LocalClock clock() {
                return cloud.clock();
            }

            @Override
            public DynamoDbClient dynamoDb() {
                return cloud.dynamoDb();
            }

            @Override
            public String table(String id) {
                return cloud.tableName(id);
            }
        };
    }
}
