package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the packaged server consists of, in the words of CycloneDX 1.6, which Quarkus writes beside it. */
class BillOfMaterialsIT {
    private static final Path SERVER = Path.of("../../functions/target/quarkus-app");
    private static final Path BILL = SERVER.resolveSibling("quarkus-run-cyclonedx.json");

    /** Where a jar is under one of several, the choice is its user's: of EPL and GPL, EPL. Ask before a line is added. */
    private static final List<String> MAY_BE_SHIPPED =
            List.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT", "MIT-0");

    @Test
    void eachFileOfTheServerIsListedWithItsDigest() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        for (JsonNode component : shipped()) {
            listed.put(location(component), sha256(component));
        }
        Map<String, String> here = new TreeMap<>();
        try (var files = Files.walk(SERVER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                here.put(SERVER.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
            }
        }
        assertThat(listed).isEqualTo(here);
    }

    @Test
    void eachJarOfOthersIsUnderALicenceThatIsKnown() throws Exception {
        Map<String, Integer> census = new TreeMap<>();
        var unknown = new ArrayList<String>();
        for (JsonNode component : shipped()) {
            String group = component.path("group").asText();
            if (group.isEmpty() || group.equals("ai.sphinxv")) {
                continue; // what the build wrote
            }
            List<String> licences = licences(component);
            census.merge(String.join(" or ", licences), 1, Integer::sum);
            if (licences.stream().noneMatch(MAY_BE_SHIPPED::contains)) {
                unknown.add(location(component) + " " + licences);
            }
        }
        System.out.println("Licences: " + census);
        assertThat(unknown).as("jars under no licence of the list").isEmpty();
        assertThat(census.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(100);
    }

    /** The components that have a place in the server's folder; the others are what it was built with. */
    private static List<JsonNode> shipped() throws IOException {
        JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
        var shipped = new ArrayList<JsonNode>(List.of(bill.path("metadata").path("component")));
        bill.path("components").forEach(shipped::add);
        shipped.removeIf(component -> location(component).isEmpty());
        return shipped;
    }

    private static String location(JsonNode component) {
        return component.at("/evidence/occurrences/0/location").asText();
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        return "none";
    }

    private static List<String> licences(JsonNode component) {
        var names = new ArrayList<String>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            names.add(choice.path("expression")
                    .asText(licence.path("id").asText(licence.path("name").asText())));
        }
        return names;
    }
}
