package ai.sphinxv;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.net.URL;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The map of the code, kept true: functions -> runtime <- onnx-export <- training-jobs. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
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
        onlyIn("ai.onnxruntime..", "ai.sphinxv.runtime.graph");
        onlyIn("io.opentelemetry..", "ai.sphinxv.functions");
        onlyIn("software.amazon..", "ai.sphinxv.functions.store");
        onlyIn("com.google.protobuf..", "ai.sphinxv.onnx.graph", "ai.sphinxv.training.source"); // TFRecords
        onlyIn("org.bytedeco..", "ai.sphinxv.training.torch");
        onlyIn("edu.stanford..", "ai.sphinxv.training.benchmark.metrics"); // GPL
    }

    /** What a request names is fetched by the one room that checks where it leads; Rehearsal asks this process itself. */
    @Test
    void oneRoomAsksOtherServersForPictures() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "ai.sphinxv.runtime..",
                        "ai.sphinxv.functions.ask..",
                        "ai.sphinxv.functions.chain..",
                        "ai.sphinxv.functions.event..",
                        "ai.sphinxv.functions.function..")
                .and()
                .doNotHaveSimpleName("Rehearsal")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.http\\..*|java\\.net\\.(Http)?URLConnection|java\\.net\\.Socket"
                        + "|io\\.vertx\\..*(HttpClient|WebClient|NetClient).*")
                .orShould()
                .callMethod(URL.class, "openStream")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .check(CODE);
    }

    @Test
    void nobodyReadsSerializedJavaObjects() {
        noClasses()
                .that()
                .resideInAnyPackage("ai.sphinxv.runtime..", "ai.sphinxv.functions..", "ai.sphinxv.onnx..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CODE);
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

    private static void onlyIn(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CODE);
    }
}
