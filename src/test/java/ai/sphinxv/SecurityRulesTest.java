package ai.sphinxv;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** What no class of the application does, whoever writes the next one (infra/threat-model.md says whom it hit). */
class SecurityRulesTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("ai.sphinxv.runtime", "ai.sphinxv.onnx", "ai.sphinxv.training", "ai.sphinxv.functions");

    private static final String[] CONNECTING = {
        "java.net.http..", "javax.net..", "io.vertx.ext.web.client..", "org.apache.http..", "org.apache.hc.."
    };

    /** CVE-2026-3059, -3060, -3989, -7301, CVE-2025-10164 and ShadowMQ: objects of strangers were brought to life. */
    @Test
    void nothingIsReadOrWrittenAsJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .check(CODE);
    }

    /** And where a library would, the JVM of the image refuses. */
    @Test
    void theImagesJvmReadsNoJavaObjects() throws IOException {
        for (String file : new String[] {"Containerfile", "Containerfile.cuda"}) {
            assertThat(Files.readString(Path.of("../../infra", file))).as(file).contains("-Djdk.serialFilter=!*");
        }
    }

    @Test
    void noProcessIsStarted() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai.sphinxv.onnx.bench") // starts the server that it measures
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Process.class)
                .check(CODE);
    }

    /** vLLM #43117: beside the one fetcher that was made safe, a model's own code opened addresses and files. */
    @Test
    void addressesAreOpenedInKnownRoomsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "ai.sphinxv.functions.picture..", // the fetcher
                        "ai.sphinxv.training.teacher..",
                        "ai.sphinxv.training.benchmark.run..",
                        "ai.sphinxv.onnx.bench") // asks the server that it measures
                .and()
                .doNotHaveFullyQualifiedName("ai.sphinxv.functions.ask.Rehearsal") // asks itself
                .should()
                .dependOnClassesThat(resideInAnyPackage(CONNECTING))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Socket.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(SocketChannel.class)
                .orShould()
                .callMethod(URL.class, "openStream")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .check(CODE);
    }

    @Test
    void theRuntimeKnowsNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage("ai.sphinxv.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "javax.net..", "java.rmi..")
                .check(CODE);
    }

    /** The wall clock jumps; whoever waits or measures asks System.nanoTime. What is dated for people or for others may ask it. */
    @Test
    void onlyWhatIsDatedAsksTheWallClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages("ai.sphinxv.functions.batch..", "ai.sphinxv.functions.store..")
                .and()
                .haveSimpleNameNotContaining("Traced") // spans have dates
                .and()
                .doNotHaveSimpleName("LoadedModel") // the system tells a process' start as one
                .and()
                .resideOutsideOfPackages("ai.sphinxv.training", "ai.sphinxv.training.teacher..", "ai.sphinxv.onnx")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(
                        JavaClass.Predicates.type(Clock.class).or(JavaClass.Predicates.type(LocalDateTime.class)))))
                .check(CODE);
    }

    @Test
    void theRulesSeeTheWholeApplication() {
        assertThat(CODE.size()).isGreaterThan(300);
        assertThat(CODE.that(not(resideInAnyPackage("ai.sphinxv.."))).isEmpty()).isTrue();
    }
}
