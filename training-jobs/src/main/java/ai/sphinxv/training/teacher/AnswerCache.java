package ai.sphinxv.training.teacher;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.training.files.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Replies of servers on the disk, letter for letter, under the SHA-256 of where the request went and what it was. */
record AnswerCache(Path folder) {

    /** The request's name here. */
    static String key(URI url, byte[] request) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(url.toString().getBytes(StandardCharsets.UTF_8));
        all.write('\n');
        all.writeBytes(request);
        return Sha256.of(all.toByteArray());
    }

    Optional<byte[]> find(String key) {
        try {
            Path file = file(key);
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer %s cannot be read".formatted(file(key)), e);
        }
    }

    void keep(String key, byte[] reply) {
        try {
            WholeFile.write(file(key), reply);
        } catch (IOException e) {
            throw new UncheckedIOException("the answer %s cannot be kept".formatted(file(key)), e);
        }
    }

    private Path file(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key + ".json");
    }
}
