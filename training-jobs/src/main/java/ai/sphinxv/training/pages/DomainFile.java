package ai.sphinxv.training.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeMap;

/** A domain's pictures and their regions on disk, as {@link ai.sphinxv.training.source.RegionFile} reads them. */
final class DomainFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Domain domain;
    private final String split;
    private final TreeMap<Integer, JsonNode> entries = new TreeMap<>();

    private DomainFile(Path folder, Domain domain, String split) {
        this.folder = folder;
        this.domain = domain;
        this.split = split;
    }

    /** What an earlier run has left there, or an empty one. */
    static DomainFile open(Path folder, Domain domain, String split) throws IOException {
        var file = new DomainFile(folder, domain, split);
        Files.createDirectories(folder.resolve(domain.word()));
        if (Files.exists(file.path())) {
            for (JsonNode entry : JSON.readTree(file.path().toFile())) {
                Path image = folder.resolve(entry.required("image").textValue());
                if (Files.exists(image)) {
                    file.entries.put(number(image), entry);
                }
            }
        }
        return file;
    }

    boolean has(int number) {
        return entries.containsKey(number);
    }

    /** Picture number n with its regions, if it is there. */
    Optional<JsonNode> entry(int number) {
        return Optional.ofNullable(entries.get(number));
    }

    /** Writes the picture; {@link #save} writes its regions. */
    void add(int number, Shot shot, int width, int height, boolean isPng) throws IOException {
        String name = "%s/%06d.%s".formatted(domain.word(), number, isPng ? "png" : "jpg");
        Files.deleteIfExists(folder.resolve("%s/%06d.%s".formatted(domain.word(), number, isPng ? "jpg" : "png")));
        Files.write(folder.resolve(name), shot.image());
        ObjectNode entry = JSON.createObjectNode()
                .put("image", name)
                .put("domain", domain.word())
                .put("split", split)
                .put("width", width)
                .put("height", height)
                .put("source", "drawn")
                .put("license", "own");
        ArrayNode regions = entry.putArray("regions");
        shot.regions().forEach(region -> regions.add(json(region)));
        entries.put(number, entry);
    }

    private static ObjectNode json(FoundRegion region) {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("box")
                .add(tenth(region.x()))
                .add(tenth(region.y()))
                .add(tenth(region.width()))
                .add(tenth(region.height()));
        node.put("label", region.label());
        if (region.text() != null) {
            node.put("text", region.text());
        }
        if (!region.attributes().isEmpty()) {
            ObjectNode attributes = node.putObject("attributes");
            region.attributes().forEach(attributes::put);
        }
        if (region.panel() != null) {
            node.put("panel", region.panel());
        }
        return node;
    }

    private static double tenth(double value) {
        return Math.round(10 * value) / 10.0;
    }

    /** All at once: a reader sees the old file or the new one. */
    void save() throws IOException {
        ArrayNode all = JSON.createArrayNode();
        entries.values().forEach(all::add);
        Path next = folder.resolve(domain.word() + ".json.next");
        JSON.writeValue(next.toFile(), all);
        Files.move(next, path(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path path() {
        return folder.resolve(domain.word() + ".json");
    }

    private static int number(Path image) {
        String name = image.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.indexOf('.')));
    }
}
