package kopilka.program;

/** Names a rule within its program document. */
public record RuleId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
