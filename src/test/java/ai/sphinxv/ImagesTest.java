package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which images are started, of which version, and as whom they run. */
class ImagesTest {
    /** A tag that moves, or none, which is the same, would start something else tomorrow. */
    @Test
    void everyImageIsOfThisVersionWhereverItIsNamed() throws IOException {
        String pom = Files.readString(Path.of("../../pom.xml"));
        String version = pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        var own = Pattern.compile("(?:image: |-t |=true )\"?(sphinxv[a-z-]*)(?::([\\w.-]+))?");
        int found = 0;
        try (Stream<Path> all = Files.walk(InfraTest.INFRA)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertThat(text).as(file.toString()).doesNotContain(":latest");
                var images = own.matcher(file.endsWith("values.yaml") ? "" : text);
                while (images.find()) {
                    found++;
                    assertThat(images.group(2))
                            .as("%s: %s", file, images.group(1))
                            .startsWith(version);
                }
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(10);
        assertThat(Manifests.read(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
                        .getFirst()
                        .path("appVersion")
                        .asText())
                .isEqualTo(version);
    }

    @Test
    void theChartTakesItsOwnVersionATagOrADigest() {
        Chart.assumeHelm();
        String digest = "host:5000/you/sphinxv@sha256:" + "0".repeat(64);

        assertThat(Chart.container(Chart.template().call()).path("image").asText())
                .matches("sphinxv:\\d+\\.\\d+\\.\\d+.*");
        assertThat(Chart.container(Chart.template()
                                .set("image", "host:5000/you/sphinxv")
                                .call())
                        .path("image")
                        .asText())
                .matches("host:5000/you/sphinxv:\\d+\\.\\d+\\.\\d+.*");
        for (String image : List.of("you/sphinxv:1", digest)) {
            assertThat(Chart.container(Chart.template().set("image", image).call())
                            .path("image")
                            .asText())
                    .isEqualTo(image);
        }
    }

    @Test
    void noImageEndsAsRoot() throws IOException {
        for (String file :
                List.of("Containerfile", "Containerfile.cuda", "Containerfile.native", "Containerfile.training")) {
            List<String> users = Files.readAllLines(InfraTest.INFRA.resolve(file)).stream()
                    .filter(line -> line.startsWith("USER "))
                    .toList();
            assertThat(users.getLast()).as(file).isEqualTo("USER 10001");
        }
        String training = Files.readString(InfraTest.INFRA.resolve("Containerfile.training"));
        assertThat(training).contains("COPY --chown=10001:10001 . /sphinxv");
        assertThat(training.indexOf("USER 10001"))
                .as("what Maven fetches and compiles is the user's")
                .isLessThan(training.indexOf("RUN ./mvnw"));
        JsonNode pod = Manifests.read(Files.readString(InfraTest.INFRA.resolve("kubernetes/training-job.yaml")))
                .getFirst()
                .at("/spec/template/spec");
        assertThat(pod.at("/containers/0/securityContext/runAsNonRoot").asBoolean())
                .isTrue();
        assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(10001);
    }
}
