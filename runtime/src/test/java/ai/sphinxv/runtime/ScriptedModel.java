package ai.sphinxv.runtime;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Expert.GridCode;
import ai.sphinxv.runtime.bundle.Expert.NanoDet;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.bundle.TokenTable;
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
public final class ScriptedModel {
    static final ModelConfig CONFIG = new ModelConfig(
            "scripted",
            new ModelConfig.Image(
                    8, 1, Padding.AROUND, List.of(0, 0, 0), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), false),
            List.of(new GridCode("grid", 2)),
            null,
            new ModelConfig.Prompts(3, 1, 2, Encoding.CENTRED, false, false, 0),
            null,
            null,
            null,
            new ModelConfig.Language(4, 1, 1, 1, 8, 260, 512, 1e-5, 10_000, false),
            new ModelConfig.Template("Sys", "Q", "A", "###"));

    /**
     * It looks at regions and objects too: the object map is all the brightest value of the picture, and the marks'
     * embeddings are that of the cuts and that of the map, added.
     */
    static final ModelConfig SEEING = new ModelConfig(
            "seeing",
            new ModelConfig.Image(
                    16, 1, Padding.AROUND, List.of(0, 0, 0), List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), false),
            List.of(new NanoDet("nanodet", 2)),
            null,
            CONFIG.prompts(),
            new ModelConfig.Regions("regions", 4, List.of(2), List.of(1)),
            null,
            new ModelConfig.Objects("Thing", 0.6, 0, List.of("cup", "tea")),
            CONFIG.language(),
            CONFIG.template());

    /** It reads text too: whatever is bright says {@link #SAYS}, nine parts in ten sure; what is dark says nothing. */
    static final ModelConfig READING = new ModelConfig(
            "reading",
            CONFIG.image(),
            CONFIG.experts(),
            null,
            CONFIG.prompts(),
            null,
            new ModelConfig.Reader("Text", 0.8, 40, 0, 0),
            null,
            CONFIG.language(),
            CONFIG.template());

    /**
     * Its graphs never end on bright pictures: the vision encoder on those that are brighter than {@link #DAZZLING}, the
     * decoder, when it reads the picture, on the others above {@link #BRIGHT}.
     */
    static final ModelConfig ENDLESS = new ModelConfig(
            "endless",
            CONFIG.image(),
            CONFIG.experts(),
            null,
            CONFIG.prompts(),
            null,
            null,
            null,
            CONFIG.language(),
            CONFIG.template());

    static final float BRIGHT = 0.2f;
    static final float DAZZLING = 0.6f;

    static final String SAYS = "Sign in";

    private final ModelConfig config;

    private ScriptedModel(ModelConfig config) {
        this.config = config;
    }

    /** Writes the bundle; it answers {@code question} with {@code script}, then ends. */
    public static Path write(Path folder, String question, String script) throws IOException {
        return write(folder, CONFIG, text(question), script);
    }

    /** The same of another config with the same vocabulary; {@code asked} is all that stands before the answer. */
    static Path write(Path folder, ModelConfig config, String asked, String script) throws IOException {
        var tokenizer = Tokenizer.read(new TokenizerJson(false, List.of("▁"), List.of()).write(folder));
        new ScriptedModel(config).write(folder, tokenizer.encode(asked), tokenizer.encode(script), tokenizer.eos());
        return folder;
    }

    private void write(Path folder, int[] asked, int[] said, int eos) throws IOException {
        int width = config.language().width();

        write(folder, Subgraph.VISION_ENCODER, vision(width));
        write(folder, Subgraph.PROMPT_ENCODER, prompts(width));
        write(folder, Subgraph.LLM_DECODER, decoder(1 + config.prefixTokens() + asked.length, said, eos));
        if (config.reader() != null) {
            Files.write(folder.resolve(Bundle.TEXT_READER), reader().write());
            Files.write(folder.resolve(Bundle.TEXT_CHARACTERS), List.of("S", "i", "g", "n"));
        }
        Files.write(
                folder.resolve(TokenTable.SINGLE.file()),
                ByteBuffer.allocate(4 * config.language().vocabulary() * width).array());

        var files = Bundle.needed(config, TokenTable.SINGLE).stream()
                .map(folder::resolve)
                .map(Manifest::describe)
                .toList();
        new Manifest(
                        Manifest.FORMAT,
                        config,
                        new Provenance("by hand", "none", "2026-11-24T00:00:00Z", Map.of()),
                        files)
                .write(folder);
    }

    /** The text that a first question becomes. */
    static String text(String question) {
        return "Sys\n\n### Q: " + question + "\n### A:";
    }

    private static void write(Path folder, Subgraph subgraph, OnnxFile graph) throws IOException {
        Files.write(folder.resolve(subgraph.file()), graph.write());
    }

    private OnnxFile endlessVision(int width) {
        int size = config.image().size();
        return endlessAbove(DAZZLING, Subgraph.IMAGE)
                .input(Subgraph.IMAGE, OnnxFile.FLOAT, -1, 3, size, size)
                .input(Subgraph.VISIBLE, OnnxFile.FLOAT, -1, 5)
                .longs("shape", 1, config.imageTokens(), width)
                .node("Expand", List.of("brightest", "shape"), "seen")
                .endlessIf("endless", "seen", Subgraph.IMAGE_EMBEDS, 1, config.imageTokens(), width)
                .output(Subgraph.IMAGE_EMBEDS, OnnxFile.FLOAT, 1, config.imageTokens(), width);
    }

    private static OnnxFile endlessAbove(float level, String input) {
        return new OnnxFile()
                .floats("level", new float[] {level})
                .longs("scalar")
                .node("ReduceMax", List.of(input), "max")
                .node("Reshape", List.of("max", "scalar"), "brightest")
                .node("Greater", List.of("brightest", "level"), "endless");
    }

    private OnnxFile vision(int width) {
        if (config.equals(ENDLESS)) {
            return endlessVision(width);
        }
        int size = config.image().size();
        var graph = new OnnxFile()
                .input(Subgraph.IMAGE, OnnxFile.FLOAT, -1, 3, size, size)
                .input(Subgraph.VISIBLE, OnnxFile.FLOAT, -1, 5)
                .longs("shape", 1, config.imageTokens(), width)
                .node("ConstantOfShape", List.of("shape"), Subgraph.IMAGE_EMBEDS)
                .output(Subgraph.IMAGE_EMBEDS, OnnxFile.FLOAT, 1, config.imageTokens(), width);
        if (config.objectChannels() > 0) {
            graph.longs("objects", 1, config.objectChannels(), config.objectCells())
                    .node("ConstantOfShape", List.of("objects"), "nothing")
                    .node("ReduceMax", List.of(Subgraph.IMAGE), "brightest")
                    .longs("one", 1, 1, 1)
                    .node("Reshape", List.of("brightest", "one"), "bright")
                    .node("Add", List.of("nothing", "bright"), Subgraph.OBJECT_MAP)
                    .output(Subgraph.OBJECT_MAP, OnnxFile.FLOAT, 1, config.objectChannels(), config.objectCells());
        }
        return graph;
    }

    private OnnxFile prompts(int width) {
        int slots = config.prompts().slots();
        var graph = new OnnxFile()
                .input(Subgraph.CORNERS, OnnxFile.FLOAT, -1, slots, 4)
                .input(Subgraph.IS_BOX, OnnxFile.FLOAT, -1, slots, 1)
                .input(Subgraph.IS_VALID, OnnxFile.FLOAT, -1, slots, 1)
                .longs("shape", 1, slots + 2, width)
                .node("ConstantOfShape", List.of("shape"), "nothing")
                .output(Subgraph.PROMPT_EMBEDS, OnnxFile.FLOAT, 1, slots + 2, width);
        var regions = config.regions();
        if (regions == null) {
            return graph.node("Identity", List.of("nothing"), Subgraph.PROMPT_EMBEDS);
        }
        return graph.input(Subgraph.REGION_CUTS, OnnxFile.FLOAT, -1, -1, 2, 3, regions.crop(), regions.crop())
                .node("ReduceMax", List.of(Subgraph.REGION_CUTS), "brightest")
                .longs("one", 1, 1, 1)
                .node("Reshape", List.of("brightest", "one"), "cuts")
                .input(Subgraph.OBJECTS, OnnxFile.FLOAT, -1, -1, config.objectChannels())
                .node("ReduceMax", List.of(Subgraph.OBJECTS), "found")
                .node("Add", List.of("cuts", "found"), "seen")
                .node("Add", List.of("nothing", "seen"), Subgraph.PROMPT_EMBEDS);
    }

    private OnnxFile decoder(int prompt, int[] script, int eos) {
        var language = config.language();
        float[] table = new float[language.maxTokens() * language.vocabulary()]; // [last position, V]
        for (int last = 0; last < language.maxTokens(); last++) {
            int said = last + 1 - prompt;
            int next = said >= 0 && said < script.length ? script[said] : eos;
            table[last * language.vocabulary() + next] = 1;
        }
        long[] cache = {-1, language.kvHeads(), language.maxTokens(), language.headWidth()};
        var graph = config.equals(ENDLESS)
                ? endlessAbove(BRIGHT, Subgraph.INPUTS_EMBEDS)
                        .endlessIf("endless", "said", Subgraph.LOGITS, -1, 1, language.vocabulary())
                : new OnnxFile().node("Identity", List.of("said"), Subgraph.LOGITS);
        return graph.input(Subgraph.INPUTS_EMBEDS, OnnxFile.FLOAT, -1, -1, language.width())
                .input(Subgraph.SEQLENS_K, OnnxFile.INT32, -1)
                .input(Subgraph.TOTAL_SEQUENCE_LENGTH, OnnxFile.INT32)
                .input(Subgraph.pastKey(0), OnnxFile.FLOAT, cache)
                .input(Subgraph.pastValue(0), OnnxFile.FLOAT, cache)
                .floats("table", table, language.maxTokens(), language.vocabulary())
                .longs("shape", -1, 1, language.vocabulary())
                .node("Gather", List.of("table", Subgraph.SEQLENS_K), "row")
                .node("Reshape", List.of("row", "shape"), "said")
                .node("Identity", List.of(Subgraph.pastKey(0)), Subgraph.presentKey(0))
                .node("Identity", List.of(Subgraph.pastValue(0)), Subgraph.presentValue(0))
                .output(Subgraph.LOGITS, OnnxFile.FLOAT, -1, 1, language.vocabulary())
                .output(Subgraph.presentKey(0), OnnxFile.FLOAT, cache)
                .output(Subgraph.presentValue(0), OnnxFile.FLOAT, cache);
    }

    /** Each step of a line says one character, if the line has anything bright. */
    private static OnnxFile reader() {
        int steps = 256;
        String classes = "\0Sign "; // none comes first, the space last
        float[] table = new float[steps * classes.length()];
        for (int i = 0; i < steps; i++) {
            int said = i < SAYS.length() ? classes.indexOf(SAYS.charAt(i)) : 0;
            table[i * classes.length() + said] = 0.9f;
        }
        return line(table, classes.length())
                .longs("one", 1, 1, 1)
                .node("ReduceMax", List.of("x"), "brightest")
                .node("Relu", List.of("brightest"), "bright")
                .node("Reshape", List.of("bright", "one"), "seen")
                .node("Mul", List.of("said", "seen"), "softmax_11.tmp_0")
                .output("softmax_11.tmp_0", OnnxFile.FLOAT, 1, -1, classes.length());
    }

    /** A reader of text up to "said": of a line "x" as many steps of the table [steps, classes] as it has. */
    static OnnxFile line(float[] table, int classes) {
        return new OnnxFile()
                .input("x", OnnxFile.FLOAT, -1, 3, 48, -1)
                .floats("table", table, 1, table.length / classes, classes)
                .longs("start", 0)
                .longs("axis", 1)
                .longs("last", 3)
                .longs("columns", 8)
                .node("Shape", List.of("x"), "shape")
                .node("Gather", List.of("shape", "last"), "width")
                .node("Div", List.of("width", "columns"), "steps")
                .node("Slice", List.of("table", "start", "steps", "axis"), "said");
    }
}
