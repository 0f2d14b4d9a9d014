package ai.sphinxv.functions.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a message between steps, or are refused in our words. */
class ChainMessageFuzzTest {
    private static final SphinxConfig.Limits LIMITS = TestConfig.with(Map.of()).limits();
    private static final long MOST_BYTES = 16L << 20;

    static Stream<byte[]> messages() {
        return Stream.of(
                Cbor.write(new ChainMessage(
                        "sha256:" + "0".repeat(64),
                        true,
                        new byte[8],
                        List.of(),
                        "marks",
                        new byte[4],
                        "?",
                        0.5,
                        1.0,
                        7L,
                        3)),
                Cbor.write(new ChainMessage(null, null, null, null, null, null, "", null, null, null, null)),
                new byte[] {(byte) 0x9f, (byte) 0x9f, (byte) 0xbf, 0x5b, 0x7f, -1, -1, -1, -1, -1, -1, -1});
    }

    @MethodSource("messages")
    @FuzzTest
    void anyMessageIsReadOrRefused(byte[] bytes) {
        Bounds.within(MOST_BYTES, () -> {
            try {
                assertThat(Cbor.message(bytes, () -> LIMITS, "message")).isNotNull();
            } catch (InvalidRequestException e) {
                assertThat(e.getMessage()).isEqualTo("message is damaged, or nothing that this server gave");
            }
        });
    }
}
