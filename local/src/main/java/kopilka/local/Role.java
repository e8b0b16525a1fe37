package kopilka.local;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;

/**
 * What a function may do to the tables and queues, as its role in the template says. The local run holds functions to it,
 * so that a permission that is missing shows here and not first in AWS.
 */
final class Role {
    private final String name;
    private final List<Grant> grants;

    private Role(String name, List<Grant> grants) {
        this.name = name;
        this.grants = grants;
    }

    /** The inline policies of a role in the template. */
    static Role of(Resource role) {
        List<Grant> grants = role.properties().sections("Policies").stream()
                .flatMap(policy -> policy.section("PolicyDocument").sections("Statement").stream())
                .map(Role::grant)
                .toList();
        return new Role(role.id(), grants);
    }

    private static Grant grant(Section statement) {
        if (!statement.text("Effect").equals("Allow")
                || statement.has("Condition")
                || statement.has("NotAction")
                || statement.has("NotResource")) {
            throw statement.mistake("Effect", "is more than a plain Allow, which the local run does not judge");
        }
        return new Grant(
                statement.texts("Action").stream().collect(Collectors.toUnmodifiableSet()),
                statement.texts("Resource").stream().collect(Collectors.toUnmodifiableSet()));
    }

    String name() {
        return name;
    }

    boolean allows(String action, String resource) {
        return grants.stream().anyMatch(grant -> matches(grant.actions, action) && matches(grant.resources, resource));
    }

    private static boolean matches(Set<String> patterns, String value) {
        return patterns.contains(value)
                || patterns.stream().anyMatch(p -> p.endsWith("*") && value.startsWith(p.substring(0, p.length() - 1)));
    }

    private record Grant(Set<String> actions, Set<String> resources) {}
}
