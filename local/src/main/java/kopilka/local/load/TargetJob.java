package kopilka.local.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import kopilka.local.Job;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ProgramAccess;
import kopilka.program.ProgramId;

/**
 * The local run as the load meets it: not throttled, with a program for each name behind the word. For each it prints
 * {@code program NAME KEY}, and at the end {@code ready}. Without a name it only serves what its folder holds.
 */
public final class TargetJob implements Job {
    /** The word that asks for it. */
    static final String NAME = "load-target";

    /** What it prints when it answers. */
    static final String READY = "ready";

    /** What a line about a program begins with. */
    static final String PROGRAM = "program";

    /** More than any machine does: the load is to be held up by the work, and not by the throttling. */
    private static final String UNTHROTTLED = "100000";

    /** Found by the local run. */
    public TargetJob() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "what load starts for itself: serve programs by their names, without throttling";
    }

    @Override
    public LocalCloud.Options prepare(List<String> arguments, LocalCloud.Options options) {
        return options.withParameter("RequestsPerSecond", UNTHROTTLED).withParameter("RequestBurst", UNTHROTTLED);
    }

    @Override
    public boolean run(LocalCloud cloud, List<String> arguments) throws IOException {
        for (String name : arguments) {
            ProgramAccess access = ProgramAccess.open(cloud, new ProgramId(name), document());
            System.out.println(PROGRAM + " " + name + " " + access.key());
        }
        System.out.println(READY);
        return true;
    }

    private static String document() throws IOException {
        try (InputStream resource = Objects.requireNonNull(TargetJob.class.getResourceAsStream("program.json"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
