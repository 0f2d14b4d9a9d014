package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.Ops.CausalAttention;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary positions 0, 1, 2, …: each pair of a head's numbers is turned by an angle that grows with the position
 * (reference-model 1.4 and 2.5).
 *
 * @param cos [T, W / 2]
 * @param sin [T, W / 2]
 * @param interleaved whether a pair's numbers are neighbours, or half a head apart
 */
record Rotary(Tensor cos, Tensor sin, boolean interleaved) {

    static Rotary of(TorchOps ops, int tokens, CausalAttention layer) {
        int pairs = layer.headWidth() / 2;
        return new Rotary(
                ops.constant(layer.cosines(tokens), tokens, pairs),
                ops.constant(layer.sines(tokens), tokens, pairs),
                layer.interleaved());
    }

    /** [B, heads, T, W], turned. */
    Tensor turn(Tensor x) {
        long pairs = x.size(3) / 2;
        if (!interleaved) {
            return torch.cat(turned(x.narrow(3, 0, pairs), x.narrow(3, pairs, pairs)), 3);
        }
        Tensor paired = x.reshape(x.size(0), x.size(1), x.size(2), pairs, 2);
        Tensor turned = torch.stack(turned(paired.select(4, 0), paired.select(4, 1)), 4);
        return turned.reshape(x.size(0), x.size(1), x.size(2), 2 * pairs);
    }

    private TensorVector turned(Tensor first, Tensor second) {
        Tensor left = first.mul(cos).sub(second.mul(sin));
        Tensor right = second.mul(cos).add(first.mul(sin));
        return new TensorVector(left, right);
    }
}
