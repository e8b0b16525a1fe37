package kopilka.program;

/** Names a group of rules that exclude one another. */
public record RuleGroup(String value) {
    @Override
    public String toString() {
        return value;
    }
}
