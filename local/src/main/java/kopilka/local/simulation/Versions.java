package kopilka.local.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;

/** The versions of a world's programs. */
final class Versions implements Programs {
    private final Map<ProgramId, List<ProgramVersion>> all = new HashMap<>();

    void publish(ProgramId program, Program rules, Instant from) {
        List<ProgramVersion> versions = all.computeIfAbsent(program, first -> new ArrayList<>());
        versions.add(new ProgramVersion(program, versions.size() + 1, from, rules));
    }

    @Override
    public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
        List<ProgramVersion> versions = all.getOrDefault(program, List.of());
        for (ProgramVersion version : versions.reversed()) {
            if (!version.effectiveFrom().isAfter(instant)) {
                return Optional.of(version);
            }
        }
        return versions.stream().findFirst();
    }

    @Override
    public Optional<ProgramVersion> version(ProgramId program, int number) {
        List<ProgramVersion> versions = all.getOrDefault(program, List.of());
        return number < 1 || number > versions.size() ? Optional.empty() : Optional.of(versions.get(number - 1));
    }
}
