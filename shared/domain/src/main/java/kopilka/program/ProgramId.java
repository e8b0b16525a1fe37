package kopilka.program;

/** The tenant: one loyalty program. Nothing of one program is ever seen or moved by another. */
public record ProgramId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
