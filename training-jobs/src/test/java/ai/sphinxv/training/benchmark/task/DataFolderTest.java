package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void aPublishedFileIsFoundInItsFolderAndByAFlatName() throws IOException {
        var published = new Published(folder)
                .file("ferret/refer_caption/question.jsonl", "")
                .file("flat/ml-ferret__data_refer_reason_question.jsonl", "");

        assertThat(published.data().file("refer_caption/question.jsonl"))
                .isEqualTo(folder.resolve("ferret/refer_caption/question.jsonl"));
        assertThat(published.data().file("refer_reason/question.jsonl"))
                .isEqualTo(folder.resolve("flat/ml-ferret__data_refer_reason_question.jsonl"));
    }

    @Test
    void aFileThatIsThereTwiceIsNotChosenFrom() throws IOException {
        var published = new Published(folder).file("a/val.jsonl", "").file("b/val.jsonl", "");

        assertThatThrownBy(() -> published.data().file("val.jsonl"))
                .hasMessage("val.jsonl is there twice, as %s and %s: leave one"
                        .formatted(folder.resolve("a/val.jsonl"), folder.resolve("b/val.jsonl")));
    }

    @Test
    void aNameThatOnlyEndsAlikeIsAnotherFile() throws IOException {
        var published = new Published(folder).file("interval.jsonl", "");

        assertThatThrownBy(() -> published.data().file("val.jsonl"))
                .isInstanceOf(MissingDataException.class)
                .hasMessage("val.jsonl is not in " + folder);
    }
}
