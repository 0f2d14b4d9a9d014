package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest under infra/, read by what its platform reads it with. */
class InfraTest {
    static final Path INFRA = Path.of("../../infra");

    static Stream<Path> manifests() throws IOException {
        return Stream.of("knative", "keda", "kubernetes").flatMap(folder -> {
            try (Stream<Path> files = Files.list(INFRA.resolve(folder))) {
                return files.sorted().toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFieldOfAManifestIsKnownAndOfItsType(Path file) throws IOException {
        List<JsonNode> documents = Manifests.read(Files.readString(file));

        assertThat(documents).isNotEmpty();
        for (JsonNode document : documents) {
            assertThat(Manifests.mistakes(document)).as(file.toString()).isEmpty();
        }
    }

    @Test
    void aMistakeInAManifestIsFound() throws IOException {
        String service = Files.readString(INFRA.resolve("knative/service.yaml"));

        assertThat(mistakes(service.replace("containerConcurrency: 18", "containerConcurrencies: 18")))
                .anyMatch(mistake -> mistake.endsWith("has no field containerConcurrencies"));
        assertThat(mistakes(service.replace("containerConcurrency: 18", "containerConcurrency: many")))
                .isNotEmpty();
        String scaled = Files.readString(INFRA.resolve("keda/http.yaml"));
        assertThat(mistakes(scaled.replace("threshold:", "treshold:"))).isNotEmpty();
        assertThat(mistakes(scaled.replace("pollingInterval: 5", "pollingInterval: often")))
                .isNotEmpty();
    }

    @Test
    void knativeLetsThroughWhatIsAdmittedAndWaitsAsLongAsAnAnswerMayTake() throws IOException {
        JsonNode spec = Manifests.read(Files.readString(INFRA.resolve("knative/service.yaml")))
                .getFirst()
                .at("/spec/template/spec");
        int admitted = 0;
        for (JsonNode variable : spec.at("/containers/0/env")) {
            admitted += Integer.parseInt(variable.path("value").asText());
        }

        assertThat(spec.path("containerConcurrency").asInt()).isEqualTo(admitted);
        assertThat(spec.path("timeoutSeconds").asInt()).isGreaterThanOrEqualTo(10 + 120);
    }

    @Test
    void theChartIsSoundAndItsManifestsAreToo() {
        Chart.assumeHelm();
        assertThat(new Helm(Chart.FOLDER).lint().call().isFailed()).isFalse();

        List<JsonNode> plain = Manifests.read(Chart.template().call());
        assertThat(plain)
                .extracting(manifest -> manifest.path("kind").asText())
                .containsExactlyInAnyOrder("Service", "Deployment", "NetworkPolicy", "PodDisruptionBudget");
        List<JsonNode> full = Manifests.read(Chart.template()
                .set("keda.enabled", "true")
                .set("model.claim", "models")
                .set("batches.claim", "batches")
                .set("gpus", "1")
                .set("env.QUARKUS_LOG_LEVEL", "DEBUG")
                .call());
        assertThat(full).hasSize(5);
        for (JsonNode manifest : Stream.concat(plain.stream(), full.stream()).toList()) {
            assertThat(Manifests.mistakes(manifest)).as(manifest.toString()).isEmpty();
        }
        JsonNode pod = full.stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
        assertThat(pod.at("/containers/0/resources/limits/nvidia.com~1gpu").asText())
                .isEqualTo("1");
        assertThat(pod.at("/containers/0/resources/limits/memory").asText()).isEqualTo("2Gi");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(140);
        assertThat(pod.path("volumes")).hasSize(3);
        assertMayDoLittle(pod, "the chart");
    }

    @Test
    void whatServesMayDoLittleAndTakesNoMoreThanItsShare() throws IOException {
        for (String manifest :
                List.of("knative/service.yaml", "kubernetes/queue-deployment.yaml", "kubernetes/batch-cronjob.yaml")) {
            JsonNode workload =
                    Manifests.read(Files.readString(INFRA.resolve(manifest))).getFirst();
            JsonNode pod = workload.at("/spec/template/spec");
            assertMayDoLittle(
                    pod.isMissingNode() ? workload.at("/spec/jobTemplate/spec/template/spec") : pod, manifest);
        }
    }

    /** The image's file system is read only, so that what is written goes to volumes: /tmp is one. */
    private static void assertMayDoLittle(JsonNode pod, String of) {
        JsonNode container = pod.at("/containers/0");
        JsonNode rights = container.path("securityContext");
        assertThat(rights.path("runAsNonRoot").asBoolean()).as(of).isTrue();
        assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).as(of).isTrue();
        assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true))
                .as(of)
                .isFalse();
        assertThat(rights.at("/capabilities/drop/0").asText()).as(of).isEqualTo("ALL");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                .as(of)
                .isFalse();
        assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                .as(of)
                .contains("/tmp");
        assertThat(pod.path("volumes").findValuesAsText("name"))
                .as(of)
                .containsAll(container.path("volumeMounts").findValuesAsText("name"));
        assertThat(container.at("/resources/requests/cpu").asText()).as(of).isNotEmpty();
        assertThat(container.at("/resources/limits/memory").asText()).as(of).isNotEmpty();
    }

    @Test
    void whatOthersReachAsksWhoTheyAre() throws IOException {
        for (String manifest : List.of("knative/service.yaml", "kubernetes/queue-deployment.yaml")) {
            JsonNode pod = Manifests.read(Files.readString(INFRA.resolve(manifest)))
                    .getFirst()
                    .at("/spec/template/spec");
            assertThat(pod.at("/containers/0/envFrom/0/secretRef/name").asText())
                    .as(manifest)
                    .isEqualTo("sphinxv-access");
        }
        JsonNode function = Manifests.read(Files.readString(INFRA.resolve("lambda/template.yaml")))
                .getFirst()
                .at("/Resources/Sphinxv/Properties/Environment/Variables");
        assertThat(function.has("SPHINXV_ACCESS_KEYS_CALLER")).isTrue();
    }

    @Test
    void theChartAsksWhoCallsUnlessItIsToldNotTo() {
        Chart.assumeHelm();

        JsonNode guarded = Chart.container(Chart.template().call());
        JsonNode open =
                Chart.container(Chart.template().set("access.open", "true").call());

        assertThat(guarded.at("/envFrom/0/secretRef/name").asText()).isEqualTo("sphinxv-access");
        assertThat(guarded.path("env").toString()).doesNotContain("SPHINXV_ACCESS_OPEN");
        assertThat(open.has("envFrom")).isFalse();
        assertThat(open.path("env").toString()).contains("SPHINXV_ACCESS_OPEN");
        assertThatThrownBy(() -> Chart.template().set("access.secret", "").call())
                .hasMessageContaining("secret");
    }

    @Test
    void aValueThatIsMisspeltOrOutOfRangeIsRefused() {
        Chart.assumeHelm();
        assertThatThrownBy(() -> Chart.template().set("replica", "2").call()).hasMessageContaining("replica");
        assertThatThrownBy(
                        () -> Chart.template().set("admission.concurrent", "0").call())
                .hasMessageContaining("concurrent");
    }

    @Test
    void theLambdaTemplateIsSamAndItsHandlerIsThere() throws IOException {
        // !Sub is a tag of YAML that plain readers pass over
        JsonNode template = Manifests.read(Files.readString(INFRA.resolve("lambda/template.yaml")))
                .getFirst();

        assertThat(Manifests.mistakes(template, "sam")).isEmpty();
        var modules = Map.of("Sphinxv", "lambda", "SphinxvEvents", "lambda-events");
        assertThat(template.path("Resources")).hasSameSizeAs(modules.keySet());
        modules.forEach((name, module) -> {
            JsonNode function = template.path("Resources").path(name).path("Properties");
            assertThat(function.path("Handler").asText())
                    .isEqualTo("io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
            assertThat(INFRA.resolve("lambda")
                            .resolve(function.path("CodeUri").asText())
                            .normalize())
                    .isEqualTo(Path.of("../../functions/" + module + "/target/function.zip"));
        });
    }

    @Test
    void theDashboardAsksOnlyForWhatIsMeasured() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(INFRA.resolve("grafana/dashboard.json").toFile());

        assertThat(dashboard.path("panels")).hasSizeGreaterThan(5);
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(panel.path("type").asText()).isEqualTo("timeseries");
            assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        }
    }

    private static List<String> mistakes(String yaml) {
        return Manifests.mistakes(Manifests.read(yaml).getFirst());
    }
}
