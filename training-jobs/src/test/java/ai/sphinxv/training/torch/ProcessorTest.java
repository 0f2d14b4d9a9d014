package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Batches.Texts;
import java.io.IOException;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    private static final int TOKENS = 64;

    @BeforeEach
    @AfterEach
    void theCpuIsThePlainOne() {
        LibTorch.start(1, Processor.Wanted.CPU);
    }

    @Test
    void cudaIsRefusedByNameWhereThereIsNone() {
        assumeFalse(torch.cuda_is_available(), "there is a CUDA device here");

        assertThatThrownBy(() -> LibTorch.start(1, Processor.Wanted.CUDA))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("train.processor=cuda");
        assertThat(LibTorch.start(1, Processor.Wanted.AUTO)).isEqualTo(Processor.CPU);
    }

    @Test
    void stepsOnCudaLoseWhatStepsOnTheCpuLose() throws IOException {
        assumeTrue(torch.cuda_is_available(), "there is no CUDA device here, or LibTorch was built without: -Pgpu");
        LibTorch.start(1, Processor.Wanted.CUDA);
        LibTorch.precise(true);

        double[] cuda = losses(Processor.CUDA, false);
        double[] cpu = losses(Processor.CPU, false);

        for (int step = 0; step < cpu.length; step++) {
            assertThat(cuda[step]).as("loss of step %d", step).isCloseTo(cpu[step], within(1e-3 * cpu[0]));
        }
    }

    @Test
    void stepsInBf16LearnLikeThoseInFp32() throws IOException {
        double[] plain = losses(Processor.CPU, false);
        double[] half = losses(Processor.CPU, true);

        assertThat(half[0]).isCloseTo(plain[0], within(0.02 * plain[0])).isNotEqualTo(plain[0]);
        assertThat(DoubleStream.of(half).min().orElseThrow()).isLessThan(half[0] / 2);
    }

    /** Of ten steps over the same tokens. */
    private static double[] losses(Processor processor, boolean bf16) throws IOException {
        ModelConfig nano = ModelConfig.named("nano");
        var shapes = NetworkShapes.of(nano, 1).weights();
        try (var parameters = Parameters.initial(shapes, nano.language().layers(), 3)) {
            parameters.moveTo(processor);
            var texts = texts();
            try (var learner = new Learner(nano, parameters, name -> true, 0, 1, bf16)) {
                return IntStream.range(0, 10)
                        .mapToDouble(step -> learner.learnText(texts, 3e-3))
                        .toArray();
            }
        }
    }

    private static Texts texts() {
        long[] tokens = new Random(1).longs(TOKENS, 3, 4000).toArray();
        long[] next = new long[TOKENS];
        System.arraycopy(tokens, 1, next, 0, TOKENS - 1);
        next[TOKENS - 1] = -100;
        return new Texts(1, TOKENS, tokens, next, new int[TOKENS], new float[TOKENS], 1);
    }
}
