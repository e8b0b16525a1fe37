package kopilka.lambda.http;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;

/**
 * Who calls, as the authorizer found out from the key. The program of a request is this one's and never comes from its
 * path or body.
 *
 * @param program the program that the key belongs to
 * @param shop the shop that holds the key
 * @param scopes what the key lets it do
 * @param keyId the public part of the key
 */
public record Caller(ProgramId program, ShopId shop, Set<Scope> scopes, String keyId) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /**
     * The caller of whom the authorizer tells in an event; empty where anything of it is missing. That is what an
     * unknown or revoked key looks like, and a route that somebody wired without the authorizer.
     */
    public static Optional<Caller> from(JsonObject context) {
        return filled(context, "program")
                .flatMap(program -> filled(context, "shop")
                        .flatMap(shop -> filled(context, "keyId")
                                .map(keyId -> new Caller(
                                        new ProgramId(program),
                                        new ShopId(shop),
                                        scopes(context.text("scopes").orElse("")),
                                        keyId))));
    }

    /** Whether the key lets its holder do that. */
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** The scopes as the authorizer passes them on: their codes, with spaces between, always in one order. */
    public String scopeCodes() {
        return scopes.stream().sorted().map(Scope::code).collect(Collectors.joining(" "));
    }

    private static Optional<String> filled(JsonObject context, String name) {
        return context.text(name).filter(value -> !value.isBlank());
    }

    /** A scope that this version does not know lets nobody do anything. */
    private static Set<Scope> scopes(String codes) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(codes.split(" ")).forEach(code -> Scope.of(code).ifPresent(scopes::add));
        return scopes;
    }
}
