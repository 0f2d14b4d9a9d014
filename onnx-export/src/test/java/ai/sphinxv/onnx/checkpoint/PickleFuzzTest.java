package ai.sphinxv.onnx.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a pickle of tensors, or are refused, whatever they ask to be run. */
class PickleFuzzTest {
    private static final long MOST_BYTES = 16L << 20;

    static Stream<byte[]> pickles() {
        String storage = "(X\7\0\0\0storagectorch\nBFloat16Storage\nX\1\0\0\0000X\3\0\0\0cpuK\4tQ";
        String tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "K\0K\2K\2\u0086K\2K\1\u0086\u0089"
                + "ccollections\nOrderedDict\n)RtR";
        return Stream.of(
                        "\u0080\2}q\0X\5\0\0\0modelq\1ccollections\nOrderedDict\n)R(X\1\0\0\0a" + tensor + "us.",
                        "\u0080\2}X\5\0\0\0model}s.",
                        "cos\nsystem\n(X\2\0\0\0lstR.")
                .map(pickle -> pickle.getBytes(ISO_8859_1));
    }

    @MethodSource("pickles")
    @FuzzTest
    void anyPickleIsReadOrRefused(byte[] bytes) {
        Bounds.within(MOST_BYTES, () -> {
            try {
                assertThat(Pickle.model(bytes)).doesNotContainKey(null);
            } catch (CheckpointException e) {
                assertThat(e.getMessage()).startsWith("the pickle ");
            }
        });
    }
}
