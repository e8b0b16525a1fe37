package kopilka.audit;

import java.util.Optional;
import kopilka.program.Program;
import kopilka.program.ProgramId;

/** The rules of programs by their versions. */
@FunctionalInterface
public interface Rulebook {
    /** The rules of a version. Empty: it is not there, or can't be read. */
    Optional<Program> rules(ProgramId program, int version);
}
