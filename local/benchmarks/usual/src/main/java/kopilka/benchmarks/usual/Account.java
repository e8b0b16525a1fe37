package kopilka.benchmarks.usual;

import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;

/** A member's points. */
@DynamoDbBean
public class Account {
    private String member = "";
    private long points;
    private long version;

    @DynamoDbPartitionKey
    public String getMember() {
        return member;
    }

    public void setMember(String member) {
        this.member = member;
    }

    public long getPoints() {
        return points;
    }

    public void setPoints(long points) {
        this.points = points;
    }

    public long getVersion() {
        return version;
    }

    public void setVersion(long version) {
        this.version = version;
    }
}
