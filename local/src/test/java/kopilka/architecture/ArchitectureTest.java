package kopilka.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String[] DOMAIN = {
        "kopilka.money..",
        "kopilka.program..",
        "kopilka.order..",
        "kopilka.earning..",
        "kopilka.tiers..",
        "kopilka.standing..",
        "kopilka.ledger..",
        "kopilka.accrual..",
        "kopilka.redemption..",
        "kopilka.expiry..",
        "kopilka.members..",
        "kopilka.activities..",
        "kopilka.quote..",
        "kopilka.referral..",
        "kopilka.audit.."
    };

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The contract of the ledger is tests as well, though in a jar of its own.
            .withImportOption(location -> !location.contains("-contract.jar"))
            .importPackages("kopilka");

    private static final JavaClasses PLANTED = new ClassFileImporter()
            .importPackages("kopilka")
            .that(DescribedPredicate.describe("planted or shipped", ArchitectureTest::isPlantedOrShipped));

    private static boolean isPlantedOrShipped(JavaClass type) {
        return type.getPackageName().endsWith(".planted") || SHIPPED.contain(type.getFullName());
    }

    private static final ArchRule DOMAIN_NEEDS_NOTHING = classes()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(DOMAIN)
                    .or(resideInAnyPackage("java..", "org.jspecify.annotations"))
                    .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
                    .or(DescribedPredicate.describe("array", JavaClass::isArray)))
            .as("the domain depends on nothing but the language");

    private static final ArchRule DOMAIN_ASKS_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .callMethodWhere(DescribedPredicate.describe("asks for the time", call -> {
                String owner = call.getTargetOwner().getFullName();
                String name = call.getTarget().getName();
                return (owner.startsWith("java.time.") && name.equals("now"))
                        || (owner.equals(System.class.getName())
                                && (name.equals("currentTimeMillis") || name.equals("nanoTime")));
            }))
            .orShould()
            .dependOnClassesThat(type(Clock.class))
            .as("time is data in the domain");

    private static final ArchRule DOMAIN_HAS_NO_CHANCE = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.random..")
                    .or(type(Random.class))
                    .or(HasName.Predicates.nameMatching("java\\.security\\.SecureRandom")
                            .<JavaClass>forSubtype()))
            .as("nothing in the domain is random");

    private static final ArchRule DOMAIN_COUNTS_EXACTLY = noMethods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(DOMAIN))
            .should()
            .haveRawParameterTypes(DescribedPredicate.describe(
                    "floating point", parameters -> parameters.stream().anyMatch(ArchitectureTest::isFloatingPoint)))
            .orShould()
            .haveRawReturnType(DescribedPredicate.describe("floating point", ArchitectureTest::isFloatingPoint))
            .as("the domain counts exactly");

    private static boolean isFloatingPoint(JavaClass type) {
        return type.isEquivalentTo(double.class)
                || type.isEquivalentTo(float.class)
                || type.isEquivalentTo(Double.class)
                || type.isEquivalentTo(Float.class);
    }

    private static final ArchRule FEATURES_FORM_NO_CYCLE =
            slices().matching("kopilka.(*)..").should().beFreeOfCycles().as("packages form no cycle");

    private static final ArchRule STORE_KNOWS_DOMAIN_AND_SDK = noClasses()
            .that()
            .resideInAPackage("kopilka.dynamodb..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "com.fasterxml..", "com.amazonaws..", "kopilka.lambda..", "kopilka.function..", "kopilka.local.."))
            .as("the store knows the domain and the SDK");

    private static final ArchRule NOTHING_KNOWS_LOCAL = noClasses()
            .that(not(resideInAnyPackage("kopilka.local..", "kopilka.architecture..")))
            .should()
            .dependOnClassesThat(resideInAPackage("kopilka.local.."))
            .as("nothing that ships knows the local run");

    private static final ArchRule FUNCTIONS_STAND_ALONE = slices().matching("kopilka.function.(*)..")
            .should()
            .notDependOnEachOther()
            .as("no function knows another");

    private static final ArchRule NAMES_SAY_WHAT = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .as("names say what a thing does");

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(DOMAIN_NEEDS_NOTHING, "KnowsTheStore"),
                Arguments.of(DOMAIN_ASKS_NO_CLOCK, "AsksTheClock"),
                Arguments.of(DOMAIN_HAS_NO_CHANCE, "DrawsLots"),
                Arguments.of(DOMAIN_COUNTS_EXACTLY, "CountsInFloats"),
                Arguments.of(FEATURES_FORM_NO_CYCLE, "KnowsTheLedger"),
                Arguments.of(STORE_KNOWS_DOMAIN_AND_SDK, "ReadsJson"),
                Arguments.of(NOTHING_KNOWS_LOCAL, "KnowsTheLocalRun"),
                Arguments.of(FUNCTIONS_STAND_ALONE, "CallsAnotherFunction"),
                Arguments.of(NAMES_SAY_WHAT, "PointsManager"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void what_ships_keeps_the_rule(ArchRule rule, String planted) {
        rule.check(SHIPPED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rules")
    void the_rule_catches_a_planted_violation(ArchRule rule, String planted) {
        assertThatThrownBy(() -> rule.check(PLANTED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(planted);
    }

    @Test
    void each_room_of_the_domain_is_there_to_be_checked() {
        for (String room : DOMAIN) {
            String name = room.replace("..", "");
            assertThat(SHIPPED.stream().anyMatch(type -> type.getPackageName().startsWith(name)))
                    .as(name)
                    .isTrue();
        }
        assertThat(SHIPPED.contain("kopilka.ledger.Teller")).isTrue();
        assertThat(SHIPPED.stream().anyMatch(type -> type.isAssignableTo(InstantSource.class)))
                .isTrue();
    }
}
