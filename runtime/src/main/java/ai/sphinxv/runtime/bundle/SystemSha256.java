package ai.sphinxv.runtime.bundle;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SHA-256 by the system's OpenSSL. The JVM's is as fast only after its second compiler has seen it: a process that
 * starts, or one that has but the quick compiler, spends most of a second on the embedded model's 58 MB, this a tenth.
 */
final class SystemSha256 {
    private static final System.Logger LOG = System.getLogger(SystemSha256.class.getName());
    private static final String LIBRARY = "libcrypto.so.3";
    private static final int BLOCK = 1 << 20;
    private static final int DIGEST = 32;

    /** Of no bytes at all. What a library says of them shows whether its functions are those that are meant. */
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Empty where there is no OpenSSL 3. */
    static final Optional<SystemSha256> FOUND = find();

    private final MethodHandle create;
    private final MethodHandle init;
    private final MethodHandle update;
    private final MethodHandle end;
    private final MethodHandle free;
    private final MemorySegment algorithm;

    private SystemSha256(SymbolLookup library) throws Throwable {
        Linker linker = Linker.nativeLinker();
        create = linker.downcallHandle(library.findOrThrow("EVP_MD_CTX_new"), FunctionDescriptor.of(ADDRESS));
        init = linker.downcallHandle(
                library.findOrThrow("EVP_DigestInit_ex"), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        update = linker.downcallHandle(
                library.findOrThrow("EVP_DigestUpdate"), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        end = linker.downcallHandle(
                library.findOrThrow("EVP_DigestFinal_ex"), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        free = linker.downcallHandle(library.findOrThrow("EVP_MD_CTX_free"), FunctionDescriptor.ofVoid(ADDRESS));
        algorithm =
                (MemorySegment) linker.downcallHandle(library.findOrThrow("EVP_sha256"), FunctionDescriptor.of(ADDRESS))
                        .invokeExact();
    }

    private static Optional<SystemSha256> find() {
        try {
            var found = new SystemSha256(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
            String nothing = found.hex((context, block) -> {});
            if (nothing.equals(OF_NOTHING)) {
                return Optional.of(found);
            }
            LOG.log(DEBUG, "{0} says that the SHA-256 of nothing is {1}", LIBRARY, nothing);
        } catch (Throwable e) { // what a downcall declares
            LOG.log(DEBUG, "SHA-256 is the JVM's, since {0} cannot be used: {1}", LIBRARY, e);
        }
        return Optional.empty();
    }

    /** As 64 lower-case hex digits. */
    String of(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return hex((context, block) -> {
                var bytes = block.asByteBuffer();
                for (int read = channel.read(bytes); read >= 0; read = channel.read(bytes.clear())) {
                    require((int) update.invokeExact(context, block, (long) read));
                }
            });
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("SHA-256 by " + LIBRARY, e);
        }
    }

    private interface Reading {
        void into(MemorySegment context, MemorySegment block) throws Throwable;
    }

    private String hex(Reading reading) throws Throwable {
        var context = (MemorySegment) create.invokeExact();
        if (context.address() == 0) {
            throw new OutOfMemoryError("OpenSSL has no memory for a digest");
        }
        try (Arena arena = Arena.ofConfined()) {
            require((int) init.invokeExact(context, algorithm, MemorySegment.NULL));
            reading.into(context, arena.allocate(BLOCK));
            MemorySegment digest = arena.allocate(DIGEST);
            require((int) end.invokeExact(context, digest, MemorySegment.NULL));
            return HexFormat.of().formatHex(digest.toArray(JAVA_BYTE));
        } finally {
            free.invokeExact(context);
        }
    }

    private static void require(int done) {
        if (done != 1) {
            throw new IllegalStateException("OpenSSL could not go on with a SHA-256");
        }
    }
}
