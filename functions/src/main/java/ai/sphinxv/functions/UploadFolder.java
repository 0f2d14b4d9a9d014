package ai.sphinxv.functions;

import ai.sphinxv.runtime.bundle.ProcessFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Where files of a form lie while they come, unless a deployment says where: a folder of this process, into which nobody else
 * may look. Quarkus' own default is one folder for all users of the machine, where everybody may read them and only the first
 * user may write, and what a killed process left there stays.
 */
public final class UploadFolder implements ConfigSource {
    static final String KEY = "quarkus.http.body.uploads-directory";

    /** Below application.properties. */
    private static final int ORDINAL = 50;

    private static @Nullable ProcessFolder folder;

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(KEY) ? path() : null;
    }

    /** The settings of one process are read more than once. */
    private static synchronized String path() {
        if (folder == null) {
            try {
                folder = ProcessFolder.make("sphinxv-uploads");
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "no folder for uploads in %s (%s): name another by -Djava.io.tmpdir=FOLDER, or set %s"
                                .formatted(System.getProperty("java.io.tmpdir"), e.getMessage(), KEY),
                        e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(UploadFolder::delete, "delete-uploads"));
        }
        return folder.path().toString();
    }

    private static synchronized void delete() {
        try {
            if (folder != null) {
                folder.close();
            }
        } catch (IOException e) {
            // the next process deletes it
        }
    }

    /** None: it is a default, which is not told to the build. */
    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public String getName() {
        return "uploads";
    }
}
