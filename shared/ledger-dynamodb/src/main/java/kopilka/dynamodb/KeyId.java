package kopilka.dynamodb;

/** The id of an API key: the part of it that is no secret. */
public record KeyId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
