package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.Ops;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Networks as LibTorch tensors, with gradients where the parameters want them. Attention has no cache here: a whole
 * sequence goes through at once. Every tensor that it makes belongs to the caller's PointerScope.
 */
final class TorchOps implements Ops<Tensor> {
    private final Parameters parameters;

    TorchOps(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Tensor weight(String name, long... shape) {
        Tensor weight = parameters.get(name);
        if (!Arrays.equals(weight.sizes().vec().get(), shape)) {
            throw new IllegalArgumentException("%s has shape %s, the network wants %s"
                    .formatted(name, Arrays.toString(weight.sizes().vec().get()), Arrays.toString(shape)));
        }
        return weight;
    }

    @Override
    public Tensor constant(float[] values, long... shape) {
        return parameters.processor().move(Tensor.create(values, shape));
    }

    /** Rows of a table, or classes. */
    Tensor constant(long[] values, long... shape) {
        return parameters.processor().move(Tensor.create(values, shape));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor multiply(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public Tensor affine(Tensor x, double scale, double shift) {
        Tensor scaled = x.mul(new Scalar(scale));
        return shift == 0 ? scaled : scaled.add(new Scalar(shift));
    }

    @Override
    public Tensor select(Tensor condition, Tensor ifOne, Tensor ifZero) {
        return torch.where(condition.gt(new Scalar(0.5)), ifOne, ifZero);
    }

    @Override
    public Tensor bfloat16(Tensor x) {
        return x.to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float);
    }

    @Override
    public Tensor sin(Tensor x) {
        return x.sin();
    }

    @Override
    public Tensor cos(Tensor x) {
        return x.cos();
    }

    @Override
    public Tensor gelu(Tensor x) {
        return torch.gelu(x);
    }

    @Override
    public Tensor silu(Tensor x) {
        return torch.silu(x);
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor leakyRelu(Tensor x, double slope) {
        return torch.leaky_relu(x, new Scalar(slope));
    }

    @Override
    public Tensor larger(Tensor a, Tensor b) {
        return torch.maximum(a, b);
    }

    @Override
    public Tensor matmul(Tensor a, Tensor b) {
        return a.matmul(b);
    }

    @Override
    public Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return torch.linear(x, weight, optional(bias));
    }

    @Override
    public Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
        // Depthwise kernels are ten times faster with the channels last, and so is their backward pass.
        return torch.conv2d(
                x.contiguous(torch.MemoryFormat.ChannelsLast),
                weight,
                optional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                groups);
    }

    @Override
    public Tensor maxPool(Tensor x, int window, int stride, int padding) {
        return torch.max_pool2d(
                x,
                new long[] {window, window},
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                false);
    }

    @Override
    public Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
        return torch.layer_norm(x, new long[] {weight.size(0)}, optional(weight), optional(bias), eps, true);
    }

    @Override
    public Tensor rmsNorm(Tensor x, Tensor weight, double eps) {
        return torch.rms_norm(x, new long[] {weight.size(0)}, optional(weight), new DoubleOptional(eps));
    }

    @Override
    public Tensor mean(Tensor x, int axis) {
        return x.mean(new long[] {axis}, true, new ScalarTypeOptional());
    }

    @Override
    public Tensor largest(Tensor x, int axis) {
        return x.amax(new long[] {axis}, true);
    }

    @Override
    public Tensor concat(int axis, List<Tensor> parts) {
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), axis);
    }

    @Override
    public Tensor slice(Tensor x, int axis, int from, int to) {
        long length = x.size(axis);
        long start = from < 0 ? length + from : from;
        return x.narrow(axis, start, (to == END ? length : to) - start);
    }

    @Override
    public Tensor reshape(Tensor x, long... sizes) {
        long[] result = sizes.clone();
        for (int i = 0; i < result.length; i++) {
            if (result[i] == 0) {
                result[i] = x.size(i);
            }
        }
        return x.reshape(result);
    }

    @Override
    public Tensor transpose(Tensor x, int... axes) {
        return x.permute(Arrays.stream(axes).asLongStream().toArray());
    }

    @Override
    public Tensor repeat(Tensor x, int axis, Tensor like, int likeAxis) {
        long[] sizes = new long[(int) x.dim()];
        Arrays.fill(sizes, -1);
        sizes[axis] = like.size(likeAxis);
        return x.expand(sizes);
    }

    @Override
    public Tensor part(Tensor x, Tensor like) {
        return x.reshape(like.size(0), like.size(1), x.size(1));
    }

    @Override
    public Tensor resizeNearest(Tensor x, int from, int size) {
        return torch.upsample_nearest2d(x, new long[] {size, size}, new DoubleOptional(), new DoubleOptional());
    }

    @Override
    public Tensor halve(Tensor picture) {
        long[] half = {picture.size(2) / 2, picture.size(3) / 2};
        return torch.upsample_bicubic2d(picture, half, false, new DoubleOptional(), new DoubleOptional());
    }

    @Override
    public Tensor resizeBilinear(Tensor x, int size) {
        return torch.upsample_bilinear2d(x, new long[] {size, size}, false, new DoubleOptional(), new DoubleOptional());
    }

    @Override
    public Tensor embedding(Tensor table, Tensor rows) {
        return torch.embedding(table, rows);
    }

    @Override
    public Tensor attention(Tensor queries, Tensor keys, Tensor values, int heads) {
        long width = queries.size(2) / heads;
        return joinHeads(attend(
                splitHeads(queries, heads, width),
                splitHeads(keys, heads, width),
                splitHeads(values, heads, width),
                false));
    }

    @Override
    public Tensor causalAttention(Tensor queries, Tensor keys, Tensor values, CausalAttention layer) {
        int width = layer.headWidth();
        Rotary rotary = Rotary.of(this, (int) queries.size(1), layer);
        return joinHeads(attend(
                rotary.turn(splitHeads(queries, layer.heads(), width)),
                rotary.turn(splitHeads(keys, layer.kvHeads(), width)),
                splitHeads(values, layer.kvHeads(), width),
                true));
    }

    private static Tensor attend(Tensor queries, Tensor keys, Tensor values, boolean causal) {
        boolean grouped = queries.size(1) != keys.size(1);
        return torch.scaled_dot_product_attention(
                queries, keys, values, new TensorOptional(), 0.0, causal, new DoubleOptional(), grouped);
    }

    /** [B, T, heads * W] -> [B, heads, T, W]. */
    private static Tensor splitHeads(Tensor x, long heads, long width) {
        return x.reshape(x.size(0), x.size(1), heads, width).transpose(1, 2);
    }

    /** [B, heads, T, W] -> [B, T, heads * W]. */
    private static Tensor joinHeads(Tensor x) {
        return x.transpose(1, 2).reshape(x.size(0), x.size(2), x.size(1) * x.size(3));
    }

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }
}
