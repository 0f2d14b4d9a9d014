package ai.sphinxv;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The map of the code, kept true: functions -> runtime <- onnx-export <- training-jobs. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("ai.sphinxv.runtime", "ai.sphinxv.onnx", "ai.sphinxv.training", "ai.sphinxv.functions");

    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "(?i).*(Service|Impl|Manager|Helper|Utils?|Common|Dto|Mapper|Factory)$|Abstract.*|Base[A-Z].*");

    @Test
    void allFourModulesAreOnTheMap() {
        for (String room : new String[] {"runtime", "onnx", "training", "functions"}) {
            assertThat(CODE.that(JavaClass.Predicates.resideInAPackage("ai.sphinxv." + room + "..")))
                    .as(room)
                    .isNotEmpty();
        }
    }

    @Test
    void runtimeKnowsNoOtherModuleAndNoFramework() {
        forbid("ai.sphinxv.runtime..", "ai.sphinxv.onnx..", "ai.sphinxv.training..", "ai.sphinxv.functions..");
        forbid("ai.sphinxv.runtime..", "io.quarkus..", "jakarta..", "io.smallrye..", "io.opentelemetry..");
    }

    @Test
    void onnxExportLooksAtRuntimeOnly() {
        forbid("ai.sphinxv.onnx..", "ai.sphinxv.training..", "ai.sphinxv.functions..");
    }

    @Test
    void trainingDoesNotKnowTheDoors() {
        forbid("ai.sphinxv.training..", "ai.sphinxv.functions..", "io.quarkus..");
    }

    @Test
    void functionsLookAtRuntimeOnly() {
        forbid("ai.sphinxv.functions..", "ai.sphinxv.onnx..", "ai.sphinxv.training..");
    }

    @Test
    void oneRoomForEachForeignLibrary() {
        onlyIn("ai.sphinxv.runtime.graph", "ai.onnxruntime..");
        onlyIn("ai.sphinxv.functions", "io.opentelemetry..");
        onlyIn("ai.sphinxv.functions.store", "software.amazon..");
        onlyIn("ai.sphinxv.onnx.graph", "com.google.protobuf..");
        onlyIn("ai.sphinxv.training.torch", "org.bytedeco..");
        onlyIn("ai.sphinxv.training.benchmark.metrics", "edu.stanford.."); // GPL
    }

    @Test
    void insideRuntimeTheRoomsLookOneWay() {
        forbid("ai.sphinxv.runtime.bundle..", "ai.sphinxv.runtime.image..", "ai.sphinxv.runtime.graph..");
        forbid("ai.sphinxv.runtime.image..", "ai.sphinxv.runtime.prompt..", "ai.sphinxv.runtime.graph..");
        forbid("ai.sphinxv.runtime.decode..", "ai.sphinxv.runtime.graph..", "ai.sphinxv.runtime.text..");
        forbid("ai.sphinxv.runtime.text..", "ai.sphinxv.runtime.graph..", "ai.sphinxv.runtime.decode..");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("ai.sphinxv.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void noNameThatSaysNothing() {
        assertThat(CODE.stream().map(JavaClass::getSimpleName).filter(SAYS_NOTHING.asMatchPredicate()))
                .isEmpty();
    }

    private static void forbid(String room, String... foreign) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign)
                .check(CODE);
    }

    private static void onlyIn(String room, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CODE);
    }
}
