package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says what could have hit us names tests that there are, and says openly what has none. */
class ThreatModelTest {
    private static final Path PAGE = Path.of("../../infra/threat-model.md");

    /** {@code [Class.method](file)}. */
    private static final Pattern TEST = Pattern.compile("\\[(\\w+)\\.(\\w+)]\\(([^)]+)\\)");

    private static final Pattern IS_TEST = Pattern.compile("(?m)^ +@(Parameterized|Fuzz)?Test$");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<MatchResult> named = TEST.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named).hasSizeGreaterThan(50);
        for (MatchResult test : named) {
            Path file = PAGE.resolveSibling(test.group(3)).normalize();
            assertThat(file).isRegularFile().hasFileName(test.group(1) + ".java");
            String method = " void %s(".formatted(test.group(2));
            assertThat(Files.readString(file).split("\\R\\R"))
                    .as(test.group())
                    .anyMatch(part ->
                            part.contains(method) && IS_TEST.matcher(part).find());
        }
    }

    @Test
    void aRowWithoutATestSaysThatItIsOpen() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(70)
                .allMatch(row -> TEST.matcher(row).find() || row.contains("pen**"));
    }

    /** Of the tables with tests. */
    private static Stream<String> rows() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf("## Could this"), page.indexOf("## Fuzzing"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.contains("| tests |"));
    }
}
