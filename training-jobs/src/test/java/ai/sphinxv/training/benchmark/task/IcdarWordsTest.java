package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcdarWordsTest {
    @TempDir
    private Path folder;

    private List<Item> read(String lines) throws IOException {
        return new IcdarWords()
                .read(new Published(folder)
                        .picture("pictures/img_1.jpg")
                        .file("gt_img_1.txt", lines)
                        .data());
    }

    @Test
    void wordsAreMarkedWhereTheyAreAnnotatedAndThoseNobodyCaresForAreNot() throws IOException {
        List<Item> items = read("\uFEFF10,5,30,7,30,17,10,15,EXIT, now\n1,1,2,1,2,2,1,2,###\n");

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.marks()).containsExactly(new Box(10, 5, 30, 17));
            assertThat(item.truth().path(0).path("text").asText()).isEqualTo("EXIT, now");
        });
    }

    @Test
    void aWordThatIsLeftOutIsNotDetected() throws IOException {
        List<Item> items = read("10,5,30,5,30,15,10,15,EXIT\n50,5,70,5,70,15,50,15,Way\n");
        try (var scorer = new Scorer(folder, folder)) {
            Scored scored =
                    new IcdarWords().score(List.of(new Answered(items.getFirst(), "<Region 2>: way", null)), scorer);

            assertThat(scored.strict().at("/endToEnd.recall/value").asDouble()).isEqualTo(0.5);
            assertThat(scored.strict().at("/endToEnd.precision/value").asDouble())
                    .isEqualTo(1);
        }
    }

    @Test
    void aLineThatIsNoWordIsNamed() {
        assertThatThrownBy(() -> read("10,5,30,5,EXIT\n"))
                .hasMessage("gt_img_1.txt: line 1: eight coordinates and a word are needed, this is 10,5,30,5,EXIT");
    }
}
