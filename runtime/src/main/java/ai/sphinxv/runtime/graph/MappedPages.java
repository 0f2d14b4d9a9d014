package ai.sphinxv.runtime.graph;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Pages of a bundle's files that this process has mapped. Weights are packed for the processor when a graph opens, and
 * what they were packed from stays in memory, 1.5 GB of the published model, until somebody else needs the room.
 */
final class MappedPages {
    private static final System.Logger LOG = System.getLogger(MappedPages.class.getName());
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) \\S+ \\S+ \\S+ \\d+ +(/.*)");

    /** Of Linux: the pages leave memory, and are read again if they are asked for again. */
    private static final int MADV_PAGEOUT = 21;

    /** A smaller bundle's pages are not worth reading some of them again. */
    private static final long LARGE = 1L << 30;

    private MappedPages() {}

    /** Lets them go if the bundle is large; does nothing where there is no Linux. */
    static void letGo(Bundle bundle) {
        var madvise = Linker.nativeLinker().defaultLookup().find("madvise");
        long bytes =
                bundle.manifest().files().stream().mapToLong(BundleFile::bytes).sum();
        if (bytes < LARGE || madvise.isEmpty() || !Files.isReadable(MAPS)) {
            return;
        }
        var call = Linker.nativeLinker()
                .downcallHandle(madvise.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        try {
            Path folder = bundle.folder().toRealPath();
            for (String line : Files.readAllLines(MAPS)) {
                var mapping = MAPPING.matcher(line);
                if (mapping.matches() && Path.of(mapping.group(3)).startsWith(folder)) {
                    long from = Long.parseUnsignedLong(mapping.group(1), 16);
                    letGo(call, from, Long.parseUnsignedLong(mapping.group(2), 16) - from);
                }
            }
        } catch (IOException e) {
            LOG.log(DEBUG, "the pages of {0} stay in memory: {1}", bundle.folder(), e);
        }
    }

    private static void letGo(MethodHandle madvise, long from, long bytes) {
        try { // advice: whether it was taken changes nothing
            int _ = (int) madvise.invokeExact(MemorySegment.ofAddress(from), bytes, MADV_PAGEOUT);
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("madvise", e);
        }
    }
}
