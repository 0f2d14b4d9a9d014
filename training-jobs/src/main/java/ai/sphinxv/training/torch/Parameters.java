package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.checkpoint.Safetensors;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Everything that is learned, by name. Owns its tensors, which lie on the CPU until they are moved. */
public final class Parameters implements AutoCloseable {
    private static final String FREQUENCIES = "vp_encoder.pe_layer.positional_encoding_gaussian_matrix";

    /** They have to be seen beside marks that come out of a norm. */
    private static final String SLOTS = "slot_vp";

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private Processor processor = Processor.CPU;

    private Parameters() {}

    /**
     * Fresh parameters, the same for the same seed: norms at one, biases at zero, layers scaled to keep the variance of
     * what passes through, learned tokens small.
     *
     * @param layers of the language model; what adds to its stream is damped by the square root of their sum
     */
    public static Parameters initial(Map<String, Shape> shapes, int layers, long seed) {
        torch.manual_seed(seed);
        var parameters = new Parameters();
        shapes.forEach((name, shape) -> {
            long[] sizes = shape.sizes().stream().mapToLong(Long::longValue).toArray();
            parameters.tensors.put(name, initial(name, sizes, layers));
        });
        return parameters;
    }

    private static Tensor initial(String name, long[] sizes, int layers) {
        if (name.endsWith(".bias")) {
            return torch.zeros(sizes);
        }
        boolean scale = sizes.length == 1 && (name.endsWith(".weight") || name.endsWith("gamma"));
        if (scale) {
            return torch.ones(sizes);
        }
        double deviation = 0.1;
        if (name.equals(FREQUENCIES)) {
            deviation = 1;
        } else if (name.equals(SLOTS)) {
            deviation = 0.5;
        } else if (name.endsWith(".weight") && !name.startsWith("tok_embeddings") && sizes[0] > 1) {
            long in = 1;
            for (int i = 1; i < sizes.length; i++) {
                in *= sizes[i];
            }
            boolean addsToStream = name.endsWith(".wo.weight") || name.endsWith(".w2.weight");
            deviation = 1 / Math.sqrt(addsToStream ? in * 2.0 * layers : in);
        }
        Tensor values = torch.randn(sizes);
        return values.mul_(new org.bytedeco.pytorch.Scalar(deviation));
    }

    /** Parameters of a checkpoint, all of whose names and shapes must be as asked. */
    public static Parameters read(Path checkpoint, Map<String, Shape> shapes) throws IOException {
        var parameters = new Parameters();
        try (Safetensors file = Safetensors.open(checkpoint)) {
            file.require(shapes);
            for (String name : shapes.keySet()) {
                parameters.tensors.put(
                        name, Tensor.create(file.read(name), file.shape(name).toArray()));
            }
        }
        return parameters;
    }

    /** All that is computed with them from now on is computed there. No learner may hold them. */
    public void moveTo(Processor other) {
        try (var frozen = new NoGradGuard()) {
            tensors.replaceAll((name, tensor) -> {
                Tensor moved = other.move(tensor);
                tensor.close();
                return moved;
            });
        }
        processor = other;
    }

    Processor processor() {
        return processor;
    }

    /** Puts values in the place of those that are there. */
    public void set(Map<String, float[]> values) {
        try (var frozen = new NoGradGuard()) {
            values.forEach((name, value) -> {
                Tensor tensor = get(name);
                if (tensor.numel() != value.length) {
                    throw new IllegalArgumentException(
                            "%s has %d numbers, got %d".formatted(name, tensor.numel(), value.length));
                }
                try (Tensor source = Tensor.create(value, tensor.sizes().vec().get())) {
                    tensor.copy_(source);
                }
            });
        }
    }

    /** Writes those whose names pass, through a temporary file. */
    public void write(Path checkpoint, Predicate<String> wanted) throws IOException {
        var shapes = new LinkedHashMap<String, long[]>();
        tensors.forEach((name, tensor) -> {
            if (wanted.test(name)) {
                shapes.put(name, tensor.sizes().vec().get());
            }
        });
        Safetensors.write(checkpoint, shapes, name -> values(get(name)));
    }

    public long count(Predicate<String> wanted) {
        return tensors.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().numel())
                .sum();
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no parameter " + name);
        }
        return tensor;
    }

    /** From now on only these have gradients; the random frequencies never do. */
    TensorVector train(Predicate<String> trained) {
        List<Tensor> chosen = tensors.entrySet().stream()
                .filter(entry -> {
                    boolean train =
                            trained.test(entry.getKey()) && !entry.getKey().equals(FREQUENCIES);
                    entry.getValue().set_requires_grad(train);
                    return train;
                })
                .map(Map.Entry::getValue)
                .toList();
        return new TensorVector(chosen.toArray(Tensor[]::new));
    }

    static float[] values(Tensor tensor) {
        Tensor plain = tensor.detach().cpu().contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        new FloatPointer(plain.data_ptr_float()).get(values);
        return values;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
