package ai.sphinxv.onnx.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network on shapes alone: no numbers, no memory. It finds a wrong width where it is written, infers the outputs
 * of models of any size, and lists the weights that a network asks for.
 */
public final class ShapeOps implements Ops<ShapeOps.Shape> {

    /** Sizes of a tensor's axes, outermost first. */
    public record Shape(List<Long> sizes) {
        public Shape {
            sizes = List.copyOf(sizes);
        }

        public static Shape of(long... sizes) {
            return new Shape(Arrays.stream(sizes).boxed().toList());
        }

        /** The sizes, as an array of its own. */
        public long[] toArray() {
            return sizes.stream().mapToLong(Long::longValue).toArray();
        }

        int rank() {
            return sizes.size();
        }

        int axis(int axis) {
            int counted = axis < 0 ? axis + rank() : axis;
            if (counted < 0 || counted >= rank()) {
                throw new IllegalArgumentException("%s has no axis %d".formatted(this, axis));
            }
            return counted;
        }

        long size(int axis) {
            return sizes.get(axis(axis));
        }

        /** How many numbers a tensor of it has. */
        public long count() {
            return sizes.stream().reduce(1L, Math::multiplyExact);
        }

        Shape with(int axis, long size) {
            var changed = new ArrayList<>(sizes);
            changed.set(axis(axis), size);
            return new Shape(changed);
        }

        @Override
        public String toString() {
            return sizes.toString();
        }
    }

    private final Map<String, Shape> weights = new LinkedHashMap<>();

    /** The weights asked for so far, in order of first use. */
    public Map<String, Shape> weights() {
        return weights;
    }

    @Override
    public Shape weight(String name, long... shape) {
        Shape declared = Shape.of(shape);
        Shape before = weights.putIfAbsent(name, declared);
        check(before == null || before.equals(declared), "%s is %s here and %s elsewhere", name, declared, before);
        return declared;
    }

    @Override
    public Shape constant(float[] values, long... shape) {
        Shape declared = Shape.of(shape);
        check(declared.count() == values.length, "a constant of shape %s has %d values", declared, values.length);
        return declared;
    }

    @Override
    public Shape add(Shape a, Shape b) {
        return broadcast("add", a, b);
    }

    @Override
    public Shape multiply(Shape a, Shape b) {
        return broadcast("multiply", a, b);
    }

    @Override
    public Shape affine(Shape x, double scale, double shift) {
        return x;
    }

    @Override
    public Shape select(Shape condition, Shape ifOne, Shape ifZero) {
        return broadcast("select", condition, broadcast("select", ifOne, ifZero));
    }

    @Override
    public Shape bfloat16(Shape x) {
        return x;
    }

    @Override
    public Shape sin(Shape x) {
        return x;
    }

    @Override
    public Shape cos(Shape x) {
        return x;
    }

    @Override
    public Shape gelu(Shape x) {
        return x;
    }

    @Override
    public Shape silu(Shape x) {
        return x;
    }

    @Override
    public Shape sigmoid(Shape x) {
        return x;
    }

    @Override
    public Shape leakyRelu(Shape x, double slope) {
        return x;
    }

    @Override
    public Shape larger(Shape a, Shape b) {
        return broadcast("larger", a, b);
    }

    @Override
    public Shape matmul(Shape a, Shape b) {
        check(b.rank() == 2 && a.size(-1) == b.size(0), "matmul cannot combine %s with %s", a, b);
        return a.with(-1, b.size(1));
    }

    @Override
    public Shape linear(Shape x, Shape weight, @Nullable Shape bias) {
        check(weight.rank() == 2 && x.size(-1) == weight.size(1), "linear cannot apply %s to %s", weight, x);
        check(bias == null || bias.equals(Shape.of(weight.size(0))), "linear %s has a bias %s", weight, bias);
        return x.with(-1, weight.size(0));
    }

    @Override
    public Shape conv2d(Shape x, Shape weight, @Nullable Shape bias, int stride, int padding, int groups) {
        check(x.rank() == 4 && weight.rank() == 4, "conv2d takes [B, C, H, W] and [O, C, k, k], got %s, %s", x, weight);
        check(x.size(1) == weight.size(1) * groups, "conv2d cannot apply %s in %d groups to %s", weight, groups, x);
        check(bias == null || bias.equals(Shape.of(weight.size(0))), "conv2d %s has a bias %s", weight, bias);
        long height = (x.size(2) + 2L * padding - weight.size(2)) / stride + 1;
        long width = (x.size(3) + 2L * padding - weight.size(3)) / stride + 1;
        return Shape.of(x.size(0), weight.size(0), height, width);
    }

    @Override
    public Shape maxPool(Shape x, int window, int stride, int padding) {
        check(x.rank() == 4, "maxPool takes [B, C, H, W], got %s", x);
        long height = (x.size(2) + 2L * padding - window) / stride + 1;
        long width = (x.size(3) + 2L * padding - window) / stride + 1;
        return Shape.of(x.size(0), x.size(1), height, width);
    }

    @Override
    public Shape layerNorm(Shape x, Shape weight, Shape bias, double eps) {
        check(weight.equals(Shape.of(x.size(-1))), "layerNorm cannot apply %s to %s", weight, x);
        check(bias.equals(weight), "layerNorm %s has a bias %s", weight, bias);
        return x;
    }

    @Override
    public Shape rmsNorm(Shape x, Shape weight, double eps) {
        check(weight.equals(Shape.of(x.size(-1))), "rmsNorm cannot apply %s to %s", weight, x);
        return x;
    }

    @Override
    public Shape mean(Shape x, int axis) {
        return x.with(axis, 1);
    }

    @Override
    public Shape largest(Shape x, int axis) {
        return x.with(axis, 1);
    }

    @Override
    public Shape concat(int axis, List<Shape> parts) {
        Shape first = parts.getFirst();
        long length = 0;
        for (Shape next : parts) {
            check(
                    next.rank() == first.rank() && next.with(axis, 1).equals(first.with(axis, 1)),
                    "concat on axis %d cannot join %s and %s",
                    axis,
                    first,
                    next);
            length += next.size(axis);
        }
        return first.with(axis, length);
    }

    @Override
    public Shape slice(Shape x, int axis, int from, int to) {
        long length = x.size(axis);
        long start = from < 0 ? length + from : from;
        long end = to == END ? length : to;
        check(
                start >= 0 && start < end && end <= length,
                "slice cannot take %d to %d of axis %d of %s",
                from,
                to,
                axis,
                x);
        return x.with(axis, end - start);
    }

    @Override
    public Shape reshape(Shape x, long... sizes) {
        long[] result = sizes.clone();
        long known = 1;
        int inferred = -1;
        for (int i = 0; i < result.length; i++) {
            if (result[i] == 0) {
                result[i] = x.size(i);
            }
            if (result[i] == -1) {
                check(inferred < 0, "reshape %s infers more than one size", Arrays.toString(sizes));
                inferred = i;
            } else {
                known *= result[i];
            }
        }
        if (inferred >= 0) {
            result[inferred] = x.count() / known;
            known *= result[inferred];
        }
        check(known == x.count(), "reshape cannot make %s of %s", Arrays.toString(sizes), x);
        return Shape.of(result);
    }

    @Override
    public Shape transpose(Shape x, int... axes) {
        check(axes.length == x.rank(), "transpose %s does not fit %s", Arrays.toString(axes), x);
        return Shape.of(Arrays.stream(axes).mapToLong(x::size).toArray());
    }

    @Override
    public Shape repeat(Shape x, int axis, Shape like, int likeAxis) {
        check(x.size(axis) == 1, "repeat needs size 1 on axis %d, got %s", axis, x);
        return x.with(axis, like.size(likeAxis));
    }

    @Override
    public Shape part(Shape x, Shape like) {
        check(x.rank() == 2 && x.size(0) == like.size(0) * like.size(1), "cannot part %s like %s", x, like);
        return Shape.of(like.size(0), like.size(1), x.size(1));
    }

    @Override
    public Shape resizeNearest(Shape x, int from, int size) {
        check(
                x.rank() == 4 && x.size(2) == from && x.size(3) == from,
                "a map of %d by %d cells is resized, got %s",
                from,
                from,
                x);
        return Shape.of(x.size(0), x.size(1), size, size);
    }

    @Override
    public Shape halve(Shape picture) {
        check(
                picture.rank() == 4 && picture.size(1) == 3 && picture.size(2) % 2 == 0 && picture.size(3) % 2 == 0,
                "halve takes a picture [B, 3, H, W] of even sides, got %s",
                picture);
        return Shape.of(picture.size(0), 3, picture.size(2) / 2, picture.size(3) / 2);
    }

    @Override
    public Shape resizeBilinear(Shape x, int size) {
        return Shape.of(x.size(0), x.size(1), size, size);
    }

    @Override
    public Shape embedding(Shape table, Shape rows) {
        check(table.rank() == 2, "embedding takes a table [rows, W], got %s", table);
        var sizes = new ArrayList<>(rows.sizes());
        sizes.add(table.size(1));
        return new Shape(sizes);
    }

    @Override
    public Shape attention(Shape queries, Shape keys, Shape values, int heads) {
        check(
                keys.equals(values) && queries.size(0) == keys.size(0) && queries.size(-1) == keys.size(-1),
                "attention cannot combine %s with %s and %s",
                queries,
                keys,
                values);
        check(queries.size(-1) % heads == 0, "attention cannot split %s into %d heads", queries, heads);
        return queries;
    }

    @Override
    public Shape causalAttention(Shape queries, Shape keys, Shape values, CausalAttention layer) {
        check(
                queries.size(-1) == (long) layer.heads() * layer.headWidth()
                        && keys.equals(queries.with(-1, (long) layer.kvHeads() * layer.headWidth()))
                        && values.equals(keys),
                "causal attention of %d and %d heads cannot combine %s with %s and %s",
                layer.heads(),
                layer.kvHeads(),
                queries,
                keys,
                values);
        check(queries.size(1) <= layer.maxTokens(), "%s is longer than %d positions", queries, layer.maxTokens());
        return queries;
    }

    private static Shape broadcast(String word, Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        long[] sizes = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long left = i <= a.rank() ? a.size(-i) : 1;
            long right = i <= b.rank() ? b.size(-i) : 1;
            check(left == right || left == 1 || right == 1, "%s cannot combine %s with %s", word, a, b);
            sizes[rank - i] = Math.max(left, right);
        }
        return Shape.of(sizes);
    }

    private static void check(boolean fits, String message, @Nullable Object... values) {
        if (!fits) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
