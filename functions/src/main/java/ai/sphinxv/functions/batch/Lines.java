package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;

/** A file's lines; what is not UTF-8 in it ends the reading with a CharacterCodingException, as with a file's reader. */
final class Lines {
    private Lines() {}

    static BufferedReader of(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, UTF_8.newDecoder()));
    }
}
