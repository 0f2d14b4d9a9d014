package ai.sphinxv.onnx.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * A LLaMA of random weights for llama.cpp: GGUF version 3, matrices in Q4_0 (blocks of 32 weights: a 16-bit scale and 4
 * bits each). Its vocabulary has a character a token, so that a text of n characters is n tokens.
 */
final class GgufFile {
    private static final int ALIGNMENT = 32;
    private static final int Q4_0 = 2;
    private static final int F32 = 0;
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 18;
    private static final short SCALE = (short) 0x1c00; // 2^-8 as a 16-bit float

    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int NORMAL = 1;
    private static final int BYTE = 6;
    private static final int BYTES = 256;
    private static final int SPECIALS = 3;

    /** Ideographs begin here: 20,000 single characters. */
    private static final char FIRST_CHARACTER = '一';

    private static final int CHARACTERS = 20_000;

    private final Language net;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private final List<int[]> tensors = new ArrayList<>(); // columns, rows
    private int keys;
    private long offset;

    private GgufFile(Language net) {
        this.net = net;
    }

    /** Writes the file and gives the bytes of weights that a token needs: all but the table of embeddings. */
    static long write(Language net, Path file) throws IOException {
        var gguf = new GgufFile(net);
        byte[] keys = gguf.keys();
        byte[] tensors = gguf.tensors();
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            var start = buffer(24).put("GGUF".getBytes(UTF_8)).putInt(3);
            start.putLong(gguf.tensors.size()).putLong(gguf.keys);
            out.write(start.array());
            out.write(keys);
            out.write(tensors);
            out.write(new byte[padding(24L + keys.length + tensors.length)]);
            gguf.data(out);
        }
        return gguf.offset - bytes(gguf.tensors.getFirst());
    }

    /** So many tokens of text. */
    static String text(int tokens, long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append((char) (FIRST_CHARACTER + random.nextInt(CHARACTERS)));
        }
        return text.toString();
    }

    private byte[] keys() throws IOException {
        text("general.architecture", "llama");
        number("general.alignment", ALIGNMENT);
        number("general.file_type", Q4_0);
        number("llama.context_length", net.maxTokens());
        number("llama.embedding_length", net.width());
        number("llama.block_count", net.layers());
        number("llama.feed_forward_length", net.hidden());
        number("llama.attention.head_count", net.heads());
        number("llama.attention.head_count_kv", net.kvHeads());
        number("llama.rope.dimension_count", net.headWidth());
        number("llama.vocab_size", net.vocabulary());
        decimal("llama.attention.layer_norm_rms_epsilon", (float) net.eps());
        decimal("llama.rope.freq_base", (float) net.theta());
        text("tokenizer.ggml.model", "llama");
        array("tokenizer.ggml.tokens", 8, i -> string(piece(i)));
        array("tokenizer.ggml.scores", 6, i -> buffer(4).putFloat(-i).array());
        array("tokenizer.ggml.token_type", 5, i -> buffer(4).putInt(kind(i)).array());
        number("tokenizer.ggml.unknown_token_id", 0);
        number("tokenizer.ggml.bos_token_id", 1);
        number("tokenizer.ggml.eos_token_id", 2);
        return header.toByteArray();
    }

    private static String piece(int id) {
        if (id < SPECIALS) {
            return List.of("<unk>", "<s>", "</s>").get(id);
        }
        if (id < SPECIALS + BYTES) {
            return "<0x%02X>".formatted(id - SPECIALS);
        }
        int character = id - SPECIALS - BYTES;
        return character < CHARACTERS
                ? String.valueOf((char) (FIRST_CHARACTER + character))
                : "<unused%d>".formatted(id);
    }

    private static int kind(int id) {
        if (id < SPECIALS) {
            return id == 0 ? UNKNOWN : CONTROL;
        }
        return id < SPECIALS + BYTES ? BYTE : NORMAL;
    }

    private void text(String key, String value) throws IOException {
        key(key, 8, string(value));
    }

    private void number(String key, int value) throws IOException {
        key(key, 4, buffer(4).putInt(value).array());
    }

    private void decimal(String key, float value) throws IOException {
        key(key, 6, buffer(4).putFloat(value).array());
    }

    /** One value for each token of the vocabulary. */
    private void array(String key, int type, IntFunction<byte[]> value) throws IOException {
        key(key, 9, buffer(12).putInt(type).putLong(net.vocabulary()).array());
        for (int i = 0; i < net.vocabulary(); i++) {
            header.write(value.apply(i));
        }
    }

    private void key(String key, int type, byte[] value) throws IOException {
        header.write(string(key));
        header.write(buffer(4).putInt(type).array());
        header.write(value);
        keys++;
    }

    private byte[] tensors() throws IOException {
        var infos = new ByteArrayOutputStream();
        int width = net.width();
        int kvWidth = net.kvHeads() * net.headWidth();
        tensor(infos, "token_embd.weight", width, net.vocabulary());
        tensor(infos, "output_norm.weight", width, 1);
        tensor(infos, "output.weight", width, net.vocabulary());
        for (int layer = 0; layer < net.layers(); layer++) {
            String name = "blk." + layer + ".";
            tensor(infos, name + "attn_norm.weight", width, 1);
            tensor(infos, name + "attn_q.weight", width, width);
            tensor(infos, name + "attn_k.weight", width, kvWidth);
            tensor(infos, name + "attn_v.weight", width, kvWidth);
            tensor(infos, name + "attn_output.weight", width, width);
            tensor(infos, name + "ffn_norm.weight", width, 1);
            tensor(infos, name + "ffn_gate.weight", width, net.hidden());
            tensor(infos, name + "ffn_up.weight", width, net.hidden());
            tensor(infos, name + "ffn_down.weight", net.hidden(), width);
        }
        return infos.toByteArray();
    }

    private void tensor(OutputStream infos, String name, int columns, int rows) throws IOException {
        int[] tensor = {columns, rows};
        infos.write(string(name));
        boolean vector = rows == 1;
        var info = buffer(vector ? 24 : 32).putInt(vector ? 1 : 2).putLong(columns);
        if (!vector) {
            info.putLong(rows);
        }
        infos.write(info.putInt(vector ? F32 : Q4_0).putLong(offset).array());
        tensors.add(tensor);
        offset += bytes(tensor) + padding(bytes(tensor));
    }

    private void data(OutputStream out) throws IOException {
        var random = new SplittableRandom(1);
        for (int[] tensor : tensors) {
            if (tensor[1] == 1) {
                var ones = buffer(4 * tensor[0]);
                for (int i = 0; i < tensor[0]; i++) {
                    ones.putFloat(1);
                }
                out.write(ones.array());
            } else {
                blocks(out, bytes(tensor) / BLOCK_BYTES, random);
            }
            out.write(new byte[padding(bytes(tensor))]);
        }
    }

    private static void blocks(OutputStream out, long count, SplittableRandom random) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        for (long i = 0; i < count; i++) {
            random.nextBytes(block);
            ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putShort(SCALE);
            out.write(block);
        }
    }

    private static long bytes(int[] tensor) {
        return tensor[1] == 1 ? 4L * tensor[0] : (long) tensor[0] * tensor[1] / BLOCK * BLOCK_BYTES;
    }

    private static int padding(long bytes) {
        return (int) ((ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT);
    }

    private static byte[] string(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        return buffer(8 + bytes.length).putLong(bytes.length).put(bytes).array();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
