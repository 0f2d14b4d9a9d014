package ai.sphinxv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.Locale;

/** The Helm chart, rendered by Helm itself. */
final class Chart {
    static final Path FOLDER = Path.of("../../infra/helm/sphinxv");

    private Chart() {}

    static TemplateCommand template() {
        return new Helm(FOLDER).template();
    }

    /** Of the deployment among these manifests. */
    static JsonNode container(String manifests) {
        return Manifests.read(manifests).stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec/containers/0");
    }

    static void assumeHelm() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        assumeTrue(
                system.contains("linux") && System.getProperty("os.arch").equals("amd64"),
                "Helm inside this JVM is fetched for linux-amd64 only");
    }
}
