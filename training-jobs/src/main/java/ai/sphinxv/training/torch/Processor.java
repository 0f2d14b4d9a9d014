package ai.sphinxv.training.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What computes: the CPU, or the first CUDA device, which needs the build of LibTorch that {@code -Pgpu} brings. */
public enum Processor {
    CPU(torch.DeviceType.CPU),
    CUDA(torch.DeviceType.CUDA);

    private final torch.DeviceType type;

    Processor(torch.DeviceType type) {
        this.type = type;
    }

    /** What a recipe may ask for. */
    public enum Wanted {
        /** CUDA where it can be had, the CPU elsewhere. */
        AUTO,
        CPU,
        CUDA;

        /** @throws IllegalStateException if there is no CUDA where nothing else was wanted */
        Processor here() {
            boolean cuda = this != CPU && torch.cuda_is_available();
            if (this == CUDA && !cuda) {
                throw new IllegalStateException(
                        torch.hasCUDA()
                                ? "train.processor=cuda, but this LibTorch finds no CUDA device: is there a driver?"
                                : "train.processor=cuda, but this LibTorch knows the CPU only: build with -Pgpu");
            }
            return cuda ? Processor.CUDA : Processor.CPU;
        }
    }

    /**
     * A forward pass in bf16 where that is exact enough: products, attention. Norms, losses and the parameters
     * themselves stay fp32.
     */
    Tensor autocast(Supplier<Tensor> forward) {
        torch.set_autocast_dtype(type, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(type, true);
        torch.increment_nesting();
        try {
            return forward.get();
        } finally {
            if (torch.decrement_nesting() == 0) {
                torch.clear_cache();
            }
            torch.set_autocast_enabled(type, false);
        }
    }

    /** The same numbers there. */
    Tensor move(Tensor tensor) {
        try (var device = new Device(type)) {
            return tensor.to(device, tensor.scalar_type());
        }
    }
}
