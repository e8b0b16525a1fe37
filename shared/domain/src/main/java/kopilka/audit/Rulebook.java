package kopilka.audit;

import java.util.Optional;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;

/** The versions of programs as an audit knows them: one that can't be read is not there. */
public interface Rulebook extends Programs {
    /** The rules of a version. Empty: it is not there, or can't be read. */
    default Optional<Program> rules(ProgramId program, int version) {
        return version(program, version).map(ProgramVersion::rules);
    }
}
