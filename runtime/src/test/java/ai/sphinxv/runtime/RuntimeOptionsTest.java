package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.graph.Provider;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeOptionsTest {
    @Test
    void withoutAWordTheModelRunsOnTheWholeProcessor() {
        assertThat(RuntimeOptions.defaults()).isEqualTo(new RuntimeOptions(List.of(Provider.CPU), 0));
    }

    @Test
    void threadsAreANumberThatAMachineMayHave() {
        assertThatThrownBy(() -> new RuntimeOptions(List.of(), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be from 0 to 1024, got -1");
        assertThatThrownBy(() -> new RuntimeOptions(List.of(), 1025))
                .hasMessage("threads must be from 0 to 1024, got 1025");
    }
}
