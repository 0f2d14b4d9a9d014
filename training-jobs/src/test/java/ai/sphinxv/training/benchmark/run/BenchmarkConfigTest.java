package ai.sphinxv.training.benchmark.run;

import static ai.sphinxv.training.benchmark.run.Runs.run;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkConfigTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit | 0 | -Dlimit is at least 1, got 0",
                "parallel | 65 | -Dparallel is 1 to 64, got 65",
                "bundle | some | give one of -Dbundle, -Dendpoint and -Dserver",
                "compare | one | -Dcompare takes two folders with a comma between",
                "compare | one,two | one is no folder of an earlier run",
                "data | no/folder | the folder ",
                "task | mdvp | there is no task \"mdvp\": -Dtask takes all, or some of lvis-point"
            })
    void whatIsOutOfRangeOrDoesNotGoTogetherIsSaidBeforeAnythingStarts(String name, String value, String message) {
        var settings = new Runs(folder).settings("all", "out");
        settings.put("benchmark.endpoint", "http://localhost:1");
        settings.put("benchmark." + name, value);

        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
