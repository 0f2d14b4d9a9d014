package ai.sphinxv.runtime;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Expert.GridCode;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.runtime.text.TokenizerJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A bundle whose graphs are real but empty: whatever it sees, its answer to a question of a known length is what it was
 * told to say. The length of the sequence, which the decoder gets with every step, picks the next token from a table.
 */
final class ScriptedModel {
    static final ModelConfig CONFIG = new ModelConfig(
            "scripted",
            new ModelConfig.Image(
                    8, 1, Padding.AROUND, List.of(0, 0, 0), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), false),
            List.of(new GridCode("grid", 2)),
            null,
            new ModelConfig.Prompts(3, 1, 2, Encoding.CENTRED, false),
            new ModelConfig.Language(4, 1, 1, 1, 8, 260, 512, 1e-5, 10_000, false),
            new ModelConfig.Template("Sys", "Q", "A", "###"));

    private ScriptedModel() {}

    /** Writes the bundle; it answers {@code question} with {@code script}, then ends. */
    static Path write(Path folder, String question, String script) throws IOException {
        var tokenizer = Tokenizer.read(new TokenizerJson(false, List.of("▁"), List.of()).write(folder));
        int[] asked = tokenizer.encode(text(question));
        int[] said = tokenizer.encode(script);
        int width = CONFIG.language().width();

        write(folder, Subgraph.VISION_ENCODER, vision(width));
        write(folder, Subgraph.PROMPT_ENCODER, prompts(width));
        write(folder, Subgraph.LLM_DECODER, decoder(1 + CONFIG.prefixTokens() + asked.length, said, tokenizer.eos()));
        Files.write(
                folder.resolve(Bundle.TOKEN_EMBEDDING),
                ByteBuffer.allocate(4 * CONFIG.language().vocabulary() * width).array());

        var names = List.of(
                Subgraph.VISION_ENCODER.file(),
                Subgraph.PROMPT_ENCODER.file(),
                Subgraph.LLM_DECODER.file(),
                Bundle.TOKEN_EMBEDDING,
                Bundle.TOKENIZER);
        var files = names.stream().map(folder::resolve).map(Manifest::describe).toList();
        new Manifest(
                        Manifest.FORMAT,
                        CONFIG,
                        new Provenance("by hand", "none", "2026-11-24T00:00:00Z", Map.of()),
                        files)
                .write(folder);
        return folder;
    }

    /** The text that a first question becomes. */
    static String text(String question) {
        return "Sys\n\n### Q: " + question + "\n### A:";
    }

    private static void write(Path folder, Subgraph subgraph, OnnxFile graph) throws IOException {
        Files.write(folder.resolve(subgraph.file()), graph.write());
    }

    private static OnnxFile vision(int width) {
        int size = CONFIG.image().size();
        return new OnnxFile()
                .input(Subgraph.IMAGE, OnnxFile.FLOAT, -1, 3, size, size)
                .input(Subgraph.VISIBLE, OnnxFile.FLOAT, -1, 5)
                .longs("shape", 1, CONFIG.imageTokens(), width)
                .node("ConstantOfShape", List.of("shape"), Subgraph.IMAGE_EMBEDS)
                .output(Subgraph.IMAGE_EMBEDS, OnnxFile.FLOAT, 1, CONFIG.imageTokens(), width);
    }

    private static OnnxFile prompts(int width) {
        int slots = CONFIG.prompts().slots();
        return new OnnxFile()
                .input(Subgraph.CORNERS, OnnxFile.FLOAT, -1, slots, 4)
                .input(Subgraph.IS_BOX, OnnxFile.FLOAT, -1, slots, 1)
                .input(Subgraph.IS_VALID, OnnxFile.FLOAT, -1, slots, 1)
                .longs("shape", 1, slots + 2, width)
                .node("ConstantOfShape", List.of("shape"), Subgraph.PROMPT_EMBEDS)
                .output(Subgraph.PROMPT_EMBEDS, OnnxFile.FLOAT, 1, slots + 2, width);
    }

    private static OnnxFile decoder(int prompt, int[] script, int eos) {
        var language = CONFIG.language();
        float[] table = new float[(language.maxTokens() + 1) * language.vocabulary()]; // [total length, V]
        for (int length = 0; length <= language.maxTokens(); length++) {
            int said = length - prompt;
            int next = said >= 0 && said < script.length ? script[said] : eos;
            table[length * language.vocabulary() + next] = 1;
        }
        long[] cache = {-1, language.kvHeads(), language.maxTokens(), language.headWidth()};
        return new OnnxFile()
                .input(Subgraph.INPUTS_EMBEDS, OnnxFile.FLOAT, -1, -1, language.width())
                .input(Subgraph.SEQLENS_K, OnnxFile.INT32, -1)
                .input(Subgraph.TOTAL_SEQUENCE_LENGTH, OnnxFile.INT32)
                .input(Subgraph.pastKey(0), OnnxFile.FLOAT, cache)
                .input(Subgraph.pastValue(0), OnnxFile.FLOAT, cache)
                .floats("table", table, language.maxTokens() + 1, language.vocabulary())
                .longs("shape", 1, 1, language.vocabulary())
                .node("Gather", List.of("table", Subgraph.TOTAL_SEQUENCE_LENGTH), "row")
                .node("Reshape", List.of("row", "shape"), Subgraph.LOGITS)
                .node("Identity", List.of(Subgraph.pastKey(0)), Subgraph.presentKey(0))
                .node("Identity", List.of(Subgraph.pastValue(0)), Subgraph.presentValue(0))
                .output(Subgraph.LOGITS, OnnxFile.FLOAT, 1, 1, language.vocabulary())
                .output(Subgraph.presentKey(0), OnnxFile.FLOAT, cache)
                .output(Subgraph.presentValue(0), OnnxFile.FLOAT, cache);
    }
}
