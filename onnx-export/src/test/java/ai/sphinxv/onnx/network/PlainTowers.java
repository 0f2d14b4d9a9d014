package ai.sphinxv.onnx.network;

import static ai.sphinxv.onnx.network.PlainMath.add;
import static ai.sphinxv.onnx.network.PlainMath.attention;
import static ai.sphinxv.onnx.network.PlainMath.columns;
import static ai.sphinxv.onnx.network.PlainMath.gelu;
import static ai.sphinxv.onnx.network.PlainMath.scale;
import static ai.sphinxv.onnx.network.PlainMath.silu;
import static ai.sphinxv.onnx.network.PlainMath.stack;

/**
 * The four vision towers of the released model in plain loops, after reference-model 1.1 and 2.3 and nothing else. Each takes
 * one view [3][v][v], normalised with CLIP's mean and deviation.
 */
record PlainTowers(PlainMath math) {
    private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] CLIP_STD = {0.26862954, 0.26130258, 0.27577711};
    private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
    private static final double[] IMAGENET_STD = {0.229, 0.224, 0.225};

    /** CLIP: class token, positions, a norm before the blocks and one after; exact GELU. */
    double[][] clip(double[][][] view, int layers, int heads) {
        String name = "clip.visual";
        double[][] patches = PlainMath.rows(math.conv(view, name + ".conv1", 14, 14));
        int width = patches[0].length;
        double[][] x = stack(math.table(name + ".class_embedding", width), patches);
        x = add(x, math.table(name + ".positional_embedding", width));
        x = math.layerNorm(x, name + ".ln_pre", 1e-5);
        for (int i = 0; i < layers; i++) {
            String block = name + ".transformer.resblocks." + i;
            double[][] joined = PlainMath.linear(
                    math.layerNorm(x, block + ".ln_1", 1e-5),
                    math.weight(block + ".attn.in_proj_weight"),
                    math.weight(block + ".attn.in_proj_bias"));
            x = add(x, math.linear(joinedAttention(joined, heads), block + ".attn.out_proj"));
            double[][] hidden = gelu(math.linear(math.layerNorm(x, block + ".ln_2", 1e-5), block + ".mlp.c_fc"));
            x = add(x, math.linear(hidden, block + ".mlp.c_proj"));
        }
        return math.layerNorm(x, name + ".ln_post", 1e-5);
    }

    /** DINOv2: its own normalisation, SwiGLU, LayerScale, positions sampled from 37 by 37. */
    double[][] dino(double[][][] view, int layers, int heads) {
        String name = "dinov2_vitg14";
        double[][][] own = new double[3][view[0].length][view[0][0].length];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < own[c].length; y++) {
                for (int x = 0; x < own[c][y].length; x++) {
                    double pixel = view[c][y][x] * CLIP_STD[c] + CLIP_MEAN[c];
                    own[c][y][x] = (pixel - IMAGENET_MEAN[c]) / IMAGENET_STD[c];
                }
            }
        }
        double[][][] map = math.conv(own, name + ".patch_embed.proj", 14, 14);
        int width = map.length;
        double[][] x = stack(math.table(name + ".cls_token", width), PlainMath.rows(map));
        x = add(x, dinoPositions(math.table(name + ".pos_embed", width), map[0].length));
        for (int i = 0; i < layers; i++) {
            String block = name + ".blocks." + i;
            double[][] joined = math.linear(math.layerNorm(x, block + ".norm1", 1e-6), block + ".attn.qkv");
            double[][] attended = math.linear(joinedAttention(joined, heads), block + ".attn.proj");
            x = add(x, scale(attended, math.weight(block + ".ls1.gamma")));

            double[][] gates = math.linear(math.layerNorm(x, block + ".norm2", 1e-6), block + ".mlp.w12");
            int hidden = gates[0].length / 2;
            double[][] gated = new double[gates.length][hidden];
            for (int t = 0; t < gates.length; t++) {
                for (int j = 0; j < hidden; j++) {
                    gated[t][j] = silu(gates[t][j]) * gates[t][hidden + j];
                }
            }
            x = add(x, scale(math.linear(gated, block + ".mlp.w3"), math.weight(block + ".ls2.gamma")));
        }
        return math.layerNorm(x, name + ".norm", 1e-6);
    }

    /**
     * Bicubic, a = -0.75, at (d + 0.5) * 37 / (grid + 0.1) - 0.5, the border's cells repeated; the class token's row as it is.
     * Where the table is the grid's own already, all of it is.
     */
    private static double[][] dinoPositions(double[][] table, int grid) {
        if (table.length == 1 + grid * grid) {
            return table;
        }
        double[][] resized = new double[1 + grid * grid][table[0].length];
        resized[0] = table[0];
        for (int cell = 0; cell < grid * grid; cell++) {
            double y = (cell / grid + 0.5) * 37 / (grid + 0.1) - 0.5;
            double x = (cell % grid + 0.5) * 37 / (grid + 0.1) - 0.5;
            for (int i = -1; i <= 2; i++) {
                for (int j = -1; j <= 2; j++) {
                    int row = (int) Math.floor(y) + i;
                    int column = (int) Math.floor(x) + j;
                    double share = cubic(y - row) * cubic(x - column);
                    int from = Math.min(36, Math.max(0, row)) * 37 + Math.min(36, Math.max(0, column));
                    for (int c = 0; c < table[0].length; c++) {
                        resized[1 + cell][c] += share * table[1 + from][c];
                    }
                }
            }
        }
        return resized;
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        double a = -0.75;
        return x <= 1
                ? (a + 2) * x * x * x - (a + 3) * x * x + 1
                : x < 2 ? a * x * x * x - 5 * a * x * x + 8 * a * x - 4 * a : 0;
    }

    /** ConvNeXt: nearest to 8/7 of the size, four stages, the head's norm at every cell, cells twice, their mean in front. */
    double[][] convNext(double[][][] view, int[] depths) {
        String name = "openclip_convnext_xxl";
        int from = view[0].length;
        int to = from * 8 / 7;
        double[][][] x = new double[3][to][to];
        for (int c = 0; c < 3; c++) {
            for (int row = 0; row < to; row++) {
                for (int column = 0; column < to; column++) {
                    x[c][row][column] = view[c][(int) (0.875 * row)][(int) (0.875 * column)];
                }
            }
        }
        x = channelNorm(math.conv(x, name + ".stem.0", 4, 4), name + ".stem.1");
        for (int stage = 0; stage < depths.length; stage++) {
            String stageName = name + ".stages." + stage;
            if (stage > 0) {
                x = math.conv(channelNorm(x, stageName + ".downsample.0"), stageName + ".downsample.1", 2, 2);
            }
            for (int i = 0; i < depths[stage]; i++) {
                x = convNextBlock(x, stageName + ".blocks." + i);
            }
        }
        x = channelNorm(x, name + ".head.norm");
        int side = 2 * x[0].length;
        double[][] rows = new double[1 + side * side][x.length];
        for (int c = 0; c < x.length; c++) {
            for (int cell = 0; cell < side * side; cell++) {
                rows[1 + cell][c] = x[c][cell / side / 2][cell % side / 2];
                rows[0][c] += rows[1 + cell][c] / (side * side);
            }
        }
        return rows;
    }

    private double[][][] convNextBlock(double[][][] x, String name) {
        int width = x[0][0].length;
        double[][] rows = PlainMath.rows(math.depthwise(x, name + ".conv_dw", 7));
        rows = math.layerNorm(rows, name + ".norm", 1e-5);
        rows = math.linear(gelu(math.linear(rows, name + ".mlp.fc1")), name + ".mlp.fc2");
        rows = scale(rows, math.weight(name + ".gamma"));
        return PlainMath.map(add(PlainMath.rows(x), rows), width);
    }

    private double[][][] channelNorm(double[][][] x, String name) {
        return PlainMath.map(math.layerNorm(PlainMath.rows(x), name, 1e-5), x[0][0].length);
    }

    /** BLIP-2: EVA's vision transformer, then learned queries that look at all of its tokens in every second layer. */
    double[][] queries(double[][][] view, int imageLayers, int imageHeads, int layers, int heads) {
        double[][] image = eva(view, imageLayers, imageHeads);
        String name = "qformer.qformer";
        int width = math.weight(name + ".layernorm.weight").length;
        double[][] x = math.layerNorm(math.table("qformer.query_tokens", width), name + ".layernorm", 1e-12);
        for (int i = 0; i < layers; i++) {
            String layer = name + ".encoder.layer." + i;
            x = bertAttention(x, x, layer + ".attention", heads);
            if (i % 2 == 0) {
                x = bertAttention(x, image, layer + ".crossattention", heads);
            }
            double[][] hidden = gelu(math.linear(x, layer + ".intermediate_query.dense"));
            x = math.layerNorm(
                    add(math.linear(hidden, layer + ".output_query.dense"), x),
                    layer + ".output_query.LayerNorm",
                    1e-12);
        }
        return x;
    }

    private double[][] bertAttention(double[][] x, double[][] seen, String name, int heads) {
        double[][] attended = attention(
                math.linear(x, name + ".attention.query"),
                math.linear(seen, name + ".attention.key"),
                math.linear(seen, name + ".attention.value"),
                heads,
                false);
        return math.layerNorm(add(math.linear(attended, name + ".output.dense"), x), name + ".output.LayerNorm", 1e-12);
    }

    private double[][] eva(double[][][] view, int layers, int heads) {
        String name = "qformer.vision_model";
        double[][] patches = PlainMath.rows(math.conv(view, name + ".embeddings.patch_embedding", 14, 14));
        int width = patches[0].length;
        double[][] x = stack(math.table(name + ".embeddings.class_embedding", width), patches);
        x = add(x, math.table(name + ".embeddings.position_embedding", width));
        for (int i = 0; i < layers; i++) {
            String layer = name + ".encoder.layers." + i;
            double[][] joined = math.linear(math.layerNorm(x, layer + ".layer_norm1", 1e-5), layer + ".self_attn.qkv");
            x = add(x, math.linear(joinedAttention(joined, heads), layer + ".self_attn.projection"));
            double[][] hidden = gelu(math.linear(math.layerNorm(x, layer + ".layer_norm2", 1e-5), layer + ".mlp.fc1"));
            x = add(x, math.linear(hidden, layer + ".mlp.fc2"));
        }
        return math.layerNorm(x, name + ".post_layernorm", 1e-5);
    }

    private static double[][] joinedAttention(double[][] joined, int heads) {
        int width = joined[0].length / 3;
        return attention(
                columns(joined, 0, width),
                columns(joined, width, 2 * width),
                columns(joined, 2 * width, 3 * width),
                heads,
                false);
    }
}
