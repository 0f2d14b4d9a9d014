package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.bundle.BundleException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A tokenizer.json, read: the part of Hugging Face's format that LLaMA-2's file uses.
 *
 * @param pieces text of each id, "" for an id that has none
 * @param plain id of each piece that a text may become: neither a special token nor a byte
 * @param byteIds [256] id of each byte's token
 * @param specials ids of the added tokens
 * @param prepend whether a text gets a space in front
 */
record TokenizerFile(
        List<String> pieces,
        Map<String, Integer> plain,
        int[] byteIds,
        int[] specials,
        int bos,
        int eos,
        boolean prepend,
        Merges merges) {

    /** Every piece is the name of one field, so there is nothing to gain from looking each up among those read before. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());

    static TokenizerFile read(Path file) {
        try {
            JsonNode root = JSON.readTree(file.toFile());
            return of(root, file);
        } catch (IOException e) {
            throw new BundleException(file + " cannot be read: " + e, e);
        }
    }

    private static TokenizerFile of(JsonNode root, Path file) {
        JsonNode model = root.path("model");
        require(model.path("byte_fallback").asBoolean(), file, "its model is not BPE with byte_fallback");
        require(root.path("pre_tokenizer").isEmpty(), file, "it has a pre_tokenizer, LLaMA-2's has none");

        var ids = new HashMap<String, Integer>();
        model.path("vocab")
                .properties()
                .forEach(piece -> ids.put(piece.getKey(), piece.getValue().asInt()));
        var plain = new HashMap<>(ids);
        var specials = new LinkedHashSet<String>();
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asText();
            ids.put(content, token.path("id").asInt());
            specials.add(content);
            plain.remove(content);
        }
        int[] byteIds = new int[256];
        for (int value = 0; value < byteIds.length; value++) {
            String piece = "<0x%02X>".formatted(value);
            byteIds[value] = idOf(ids, piece, file);
            plain.remove(piece);
        }
        return new TokenizerFile(
                pieces(ids, file),
                plain,
                byteIds,
                specials.stream().mapToInt(ids::get).toArray(),
                idOf(ids, "<s>", file),
                idOf(ids, "</s>", file),
                prepends(root.path("normalizer"), file),
                merges(model.path("merges"), plain, file));
    }

    private static List<String> pieces(Map<String, Integer> ids, Path file) {
        int last = Collections.max(ids.values());
        require(Collections.min(ids.values()) >= 0 && last < 2 * ids.size(), file, "its ids are not 0, 1, 2, ...");
        var pieces = new ArrayList<>(Collections.nCopies(last + 1, ""));
        ids.forEach((piece, id) -> pieces.set(id, piece));
        return pieces;
    }

    /** A merge that would spell a special token or a byte's name is left out: a text must never become one. */
    private static Merges merges(JsonNode rules, Map<String, Integer> plain, Path file) {
        var merges = new Merges();
        for (JsonNode rule : rules) {
            String[] pair = rule.isTextual()
                    ? rule.asText().split(" ", 2)
                    : new String[] {rule.path(0).asText(), rule.path(1).asText()};
            require(pair.length == 2, file, "merge \"" + rule.asText() + "\" does not name two pieces");
            Integer left = plain.get(pair[0]);
            Integer right = plain.get(pair[1]);
            Integer whole = plain.get(pair[0] + pair[1]);
            if (left != null && right != null && whole != null) {
                merges.add(left, right, whole);
            }
        }
        return merges;
    }

    private static boolean prepends(JsonNode normalizer, Path file) {
        boolean prepends = false;
        boolean replaces = false;
        Iterable<JsonNode> steps = normalizer.has("normalizers") ? normalizer.path("normalizers") : List.of(normalizer);
        for (JsonNode step : steps) {
            prepends |= step.path("type").asText().equals("Prepend");
            replaces |= step.path("type").asText().equals("Replace");
        }
        require(replaces, file, "its normalizer does not replace spaces");
        return prepends;
    }

    private static int idOf(Map<String, Integer> ids, String piece, Path file) {
        Integer id = ids.get(piece);
        if (id == null) {
            throw new BundleException("%s is not a LLaMA tokenizer: it lacks the token %s".formatted(file, piece));
        }
        return id;
    }

    private static void require(boolean condition, Path file, String otherwise) {
        if (!condition) {
            throw new BundleException("%s is not a LLaMA tokenizer: %s".formatted(file, otherwise));
        }
    }
}
