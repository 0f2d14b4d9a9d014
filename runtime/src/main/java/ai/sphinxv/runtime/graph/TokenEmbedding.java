package ai.sphinxv.runtime.graph;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.TokenTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The {@link TokenTable}: a token's id to its embedding. The table [V,H] is mapped, not loaded: pages come as their tokens
 * do, and processes share them. Safe for many threads.
 */
public final class TokenEmbedding implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment table;
    private final TokenTable numbers;
    private final int vocabulary;
    private final int width;

    private TokenEmbedding(FileChannel channel, TokenTable numbers, Language language) throws IOException {
        this.table = channel.map(READ_ONLY, 0, bytes(numbers, language), arena);
        this.numbers = numbers;
        this.vocabulary = language.vocabulary();
        this.width = language.width();
        NativeMemory.TABLE.take(1);
    }

    /** @throws BundleException if the table is not of the config's size */
    public static TokenEmbedding open(Bundle bundle) {
        TokenTable numbers = bundle.tokens();
        Path file = bundle.file(numbers.file());
        Language language = bundle.config().language();
        long bytes = bytes(numbers, language);
        try (var channel = FileChannel.open(file)) {
            if (channel.size() != bytes) {
                throw new BundleException("%s has %d bytes; %d tokens of width %d need %d"
                        .formatted(file, channel.size(), language.vocabulary(), language.width(), bytes));
            }
            return new TokenEmbedding(channel, numbers, language);
        } catch (IOException e) {
            throw new BundleException(file + " cannot be read: " + e, e);
        }
    }

    /** H. */
    public int width() {
        return width;
    }

    /** @return [H] */
    public float[] embed(int id) {
        float[] row = new float[width];
        copy(id, row, 0);
        return row;
    }

    /** Writes the token's [H] numbers into {@code target} from {@code at}. */
    public void copy(int id, float[] target, int at) {
        Objects.checkIndex(id, vocabulary);
        long row = (long) numbers.bytes() * id * width;
        switch (numbers) {
            case SINGLE -> MemorySegment.copy(table, FLOAT, row, target, at, width);
            case HALF -> {
                for (int i = 0; i < width; i++) {
                    target[at + i] = Float.float16ToFloat(table.get(HALF, row + (long) Short.BYTES * i));
                }
            }
        }
    }

    @Override
    public void close() {
        arena.close();
        NativeMemory.TABLE.giveBack(1);
    }

    private static long bytes(TokenTable numbers, Language language) {
        return (long) numbers.bytes() * language.vocabulary() * language.width();
    }
}
