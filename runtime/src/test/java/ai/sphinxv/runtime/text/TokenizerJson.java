package ai.sphinxv.runtime.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small tokenizer.json: the special tokens, the bytes, then the given pieces, of which longer ones are merged. */
public record TokenizerJson(boolean prepend, List<String> characters, List<String> merges) {

    /** Writes it; ids are 0 to 2 for {@code <unk> <s> </s>}, 3 to 258 for the bytes, then characters, then merges. */
    public Path write(Path folder) {
        var vocabulary = new LinkedHashMap<String, Integer>();
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            vocabulary.put(special, vocabulary.size());
        }
        for (int value = 0; value < 256; value++) {
            vocabulary.put("<0x%02X>".formatted(value), vocabulary.size());
        }
        characters.forEach(piece -> vocabulary.put(piece, vocabulary.size()));
        merges.forEach(pair -> vocabulary.putIfAbsent(pair.replace(" ", ""), vocabulary.size()));

        var added = new ArrayList<Map<String, Object>>();
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            added.add(Map.of("id", vocabulary.get(special), "content", special));
        }
        var normalizers = new ArrayList<Map<String, Object>>();
        if (prepend) {
            normalizers.add(Map.of("type", "Prepend", "prepend", "▁"));
        }
        normalizers.add(Map.of("type", "Replace", "pattern", Map.of("String", " "), "content", "▁"));
        Path file = folder.resolve("tokenizer.json");
        try {
            new ObjectMapper()
                    .writeValue(
                            file.toFile(),
                            Map.of(
                                    "added_tokens",
                                    added,
                                    "normalizer",
                                    Map.of("type", "Sequence", "normalizers", normalizers),
                                    "model",
                                    Map.of(
                                            "type",
                                            "BPE",
                                            "byte_fallback",
                                            true,
                                            "vocab",
                                            vocabulary,
                                            "merges",
                                            merges)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
