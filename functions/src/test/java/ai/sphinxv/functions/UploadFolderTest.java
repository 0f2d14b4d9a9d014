package ai.sphinxv.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UploadFolderTest {
    @Inject
    @ConfigProperty(name = UploadFolder.KEY)
    Path folder;

    @Test
    void aFileLiesWhereNobodyElseMayLookForAsLongAsItComes() throws Exception {
        try (var client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream().write(beginning().getBytes(US_ASCII));
            client.getOutputStream().write(new byte[100_000]);
            client.getOutputStream().flush();

            Observed.await(
                    () -> uploads().stream().anyMatch(file -> file.toFile().length() > 50_000));

            assertThat(folder.getFileName().toString()).startsWith("sphinxv-uploads");
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------");
            }
        }
        Observed.await(() -> uploads().isEmpty());
    }

    private List<Path> uploads() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(".sphinxv-lock")).toList();
        }
    }

    private static String beginning() {
        return """
                POST /v1/understand HTTP/1.1\r
                Host: localhost\r
                Content-Type: multipart/form-data; boundary=b\r
                Content-Length: 1000000\r
                \r
                --b\r
                Content-Disposition: form-data; name="image"; filename="a.png"\r
                Content-Type: image/png\r
                \r
                """;
    }
}
