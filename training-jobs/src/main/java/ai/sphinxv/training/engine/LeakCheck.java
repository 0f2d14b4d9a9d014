package ai.sphinxv.training.engine;

import ai.sphinxv.training.files.JsonFault;
import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps benchmarks out of what is learned: no picture of theirs, by name or by looks, and no thirteen words in a row of an
 * answer that stand in one of their files.
 */
final class LeakCheck implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int WORDS = 13;
    private static final Set<String> IMAGE_FIELDS =
            Set.of("image", "image_name", "file_name", "filename", "image_path", "img_path", "img_fn", "image_id");

    private final HashMap<String, String> names = new HashMap<>();
    private final HashMap<String, String> contents = new HashMap<>();
    private final ArrayList<Fingerprint> looks = new ArrayList<>();
    private final ArrayList<String> looksOf = new ArrayList<>();
    private final HashMap<Long, String> words = new HashMap<>();
    private final TreeMap<String, Long> found = new TreeMap<>();

    private LeakCheck() {}

    /**
     * @param benchmarks JSON files, or one JSON value a line, of any shape: whatever stands in a field such as
     *     {@code image_name} is a picture, looked for beside the file and in its folder images
     */
    static LeakCheck read(List<Path> benchmarks) throws IOException {
        var check = new LeakCheck();
        for (Path file : benchmarks) {
            check.found.put(name(file), 0L);
            try (JsonParser json = new ObjectMapper().createParser(file.toFile())) {
                while (json.nextToken() != null) {
                    check.learn(file, null, json.readValueAsTree());
                }
            } catch (com.fasterxml.jackson.core.JsonParseException e) {
                throw new IOException(
                        "the benchmark %s is not JSON at line %d: %s"
                                .formatted(file, e.getLocation().getLineNr(), JsonFault.of(e)),
                        e);
            }
        }
        return check;
    }

    /** Benchmarks and how many of their pictures and passages are watched. */
    Map<String, Long> watched() {
        return new TreeMap<>(found);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private void learn(Path file, @Nullable String field, JsonNode node) throws IOException {
        if (node.isTextual() || node.isNumber() && "image_id".equals(field)) {
            if (field != null && IMAGE_FIELDS.contains(field)) {
                picture(file, node.asText());
            } else {
                passages(node.asText(), passage -> {
                    if (words.putIfAbsent(passage, name(file)) == null) {
                        found.merge(name(file), 1L, Long::sum);
                    }
                });
            }
        }
        for (var child : node.properties()) {
            learn(file, child.getKey(), child.getValue());
        }
        if (node.isArray()) {
            for (JsonNode child : node) {
                learn(file, field, child);
            }
        }
    }

    private void picture(Path file, String image) throws IOException {
        PictureKey.telling(image).ifPresent(key -> {
            if (names.putIfAbsent(key, name(file)) == null) {
                found.merge(name(file), 1L, Long::sum);
            }
        });
        Path folder = file.toAbsolutePath().getParent();
        for (String place : List.of(image, "images/" + image)) {
            Path picture = folder == null ? file : folder.resolve(place).normalize();
            if (!image.isEmpty() && folder != null && picture.startsWith(folder) && Files.isRegularFile(picture)) {
                Optional<Fingerprint> print = Fingerprint.of(picture);
                if (print.isPresent() && contents.putIfAbsent(print.get().sha256(), name(file)) == null) {
                    looks.add(print.get());
                    looksOf.add(name(file));
                }
                return;
            }
        }
    }

    /** Why nothing may be learned of that picture, if nothing may. */
    Optional<String> ofPicture(AnnotatedPicture picture, @Nullable Fingerprint print) {
        String named = PictureKey.telling(picture.image()).map(names::get).orElse(null);
        if (named != null) {
            return Optional.of("leak: a picture of " + named);
        }
        if (print != null) {
            String same = contents.get(print.sha256());
            if (same != null) {
                return Optional.of("leak: a picture of " + same);
            }
            for (int i = 0; i < looks.size(); i++) {
                if (looks.get(i).isNear(print)) {
                    return Optional.of("leak: looks like a picture of " + looksOf.get(i));
                }
            }
        }
        return Optional.empty();
    }

    /** Why nothing may be learned of these answers, if nothing may. */
    Optional<String> ofWords(List<Turn> turns) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        var leaks = new HashSet<String>();
        for (Turn turn : turns) {
            passages(turn.answer(), passage -> {
                String benchmark = words.get(passage);
                if (benchmark != null) {
                    leaks.add(benchmark);
                }
            });
        }
        return leaks.stream().min(String::compareTo).map(benchmark -> "leak: words of " + benchmark);
    }

    private static void passages(String text, LongConsumer sink) {
        String[] all = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
        for (int from = 0; from + WORDS <= all.length; from++) {
            sink.accept(PictureKey.hash(String.join(" ", List.of(all).subList(from, from + WORDS))));
        }
    }
}
