package ai.sphinxv.functions.store;

import java.io.IOException;

/** Results, a line each, known by the custom_id in it: each id has one whole line or none, whatever is killed when. */
public sealed interface ResultLog extends AutoCloseable permits FileLog, SegmentLog {
    /** The name of the id in a line. */
    String ID = "custom_id";

    boolean has(String id);

    /**
     * The line is safe before this returns.
     *
     * @param line becomes JSON with {@link #ID} in it
     * @throws IOException if it is not, or another process has gone on with the log
     */
    void append(String id, Object line) throws IOException;

    @Override
    void close() throws IOException;
}
