package ai.sphinxv.functions.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.batch.BatchItem.Result;
import ai.sphinxv.functions.store.FolderStore;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();

    @Test
    void everyLineGetsALineAndTheFileIsDone() throws IOException {
        Path questions = questions("{\"custom_id\":\"a\"}\n\n{\"custom_id\":\"ü\"}\n");

        assertThat(file(questions).run(this::answer)).isEqualTo(2);

        assertThat(ids()).containsExactly("a", "ü");
        assertThat(questions).doesNotExist();
        assertThat(folder.resolve("some.jsonl.done")).exists();
    }

    @Test
    void aLineThatCannotBeReadHasItsProblemUnderItsNumber() throws IOException {
        Path questions = questions("{\"custom_id\":\"a\"}\n{oops\n{\"custom_id\":7}\n[]\n");

        file(questions).run(this::answer);

        assertThat(asked).containsExactly("a");
        assertThat(ids()).containsExactly("a", "line 2", "line 3", "line 4");
        assertThat(JSON.readTree(results().get(1))
                        .path("problem")
                        .path("detail")
                        .asText())
                .isEqualTo("the line is not JSON, or has a field twice: column 2");
        assertThat(JSON.readTree(results().get(2)).path("status").asInt()).isEqualTo(400);
    }

    @Test
    void aByteOrderMarkAndLineEndsOfWindowsAreNoPartOfALine() throws IOException {
        file(questions("\uFEFF{\"custom_id\":\"a\"}\r\n\r\n{\"custom_id\":\"b\"}\r\n"))
                .run(this::answer);

        assertThat(asked).containsExactly("a", "b");
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void aLineThatIsNoTextIsAMistakeOfThatLineAlone() throws IOException {
        Path questions = questions("{\"custom_id\":\"a\"}\n?\n{\"custom_id\":\"b\"}\n");
        byte[] bytes = Files.readAllBytes(questions);
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;
        Files.write(questions, bytes);

        file(questions).run(this::answer);

        assertThat(ids()).containsExactly("a", "line 2", "b");
        assertThat(results().get(1)).contains("the line is not UTF-8");
    }

    @Test
    void aLineIsAsLongAsItMayBeAndTheNextIsReadAllTheSame() throws IOException {
        try (var lines = new Lines(new ByteArrayInputStream("1234\n12345\n12".getBytes(StandardCharsets.UTF_8)), 4)) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.text()).isEqualTo("1234");
            assertThat(lines.next()).isTrue();
            assertThatThrownBy(lines::text).hasMessage("the line has more than 4 bytes");
            assertThat(lines.next()).isTrue();
            assertThat(lines.text()).isEqualTo("12");
            assertThat(lines.number()).isEqualTo(3);
            assertThat(lines.next()).isFalse();
        }
    }

    @Test
    void aLastResultWithHolesWasNotSafeAndIsAskedAgain() throws IOException {
        String lines = "{\"custom_id\":\"a\"}\n{\"custom_id\":\"b\"}\n";
        file(questions(lines)).run(this::answer);
        byte[] whole = Files.readAllBytes(folder.resolve("some.results.jsonl"));
        byte[] torn = whole.clone();
        torn[whole.length - 9] = 0;
        Path questions = questions(lines);
        Files.write(folder.resolve("some.results.jsonl"), torn);

        assertThat(file(questions).run(this::answer)).isEqualTo(1);

        assertThat(Files.readAllBytes(folder.resolve("some.results.jsonl"))).isEqualTo(whole);
    }

    @Test
    void damageBeforeTheLastResultIsSaidAndNothingIsCutOff() throws IOException {
        String lines = "{\"custom_id\":\"a\"}\n{\"custom_id\":\"b\"}\n";
        file(questions(lines)).run(this::answer);
        byte[] damaged = Files.readAllBytes(folder.resolve("some.results.jsonl"));
        damaged[9] = 0;
        Path questions = questions(lines);
        Files.write(folder.resolve("some.results.jsonl"), damaged);

        assertThatThrownBy(() -> file(questions).run(this::answer)).hasMessageContaining("the results are damaged");

        assertThat(Files.readAllBytes(folder.resolve("some.results.jsonl"))).isEqualTo(damaged);
    }

    @Test
    void anIdThatComesTwiceIsAnsweredOnce() throws IOException {
        file(questions("{\"custom_id\":\"a\"}\n{\"custom_id\":\"a\"}\n")).run(this::answer);

        assertThat(asked).containsExactly("a");
    }

    @Test
    void afterAStopWhatIsAnsweredIsNotAskedAgain() throws IOException {
        Path questions = questions("{\"custom_id\":\"a\"}\n{\"custom_id\":\"b\"}\n{\"custom_id\":\"c\"}\n");
        assertThatThrownBy(() -> file(questions).run(item -> {
                    if (item.id().equals("b")) {
                        throw new IllegalStateException("killed");
                    }
                    return answer(item);
                }))
                .hasMessage("killed");
        assertThat(questions).exists();

        assertThat(file(questions).run(this::answer)).isEqualTo(2);

        assertThat(asked).containsExactly("a", "b", "c");
        assertThat(ids()).containsExactly("a", "b", "c");
    }

    @Test
    void aKillAtAnyByteOfTheResultsLosesAndDoublesNothing() throws IOException {
        String lines = "{\"custom_id\":\"ä\"}\n{\"custom_id\":\"b\"}\n{\"custom_id\":\"c\"}\n";
        file(questions(lines)).run(this::answer);
        byte[] whole = Files.readAllBytes(folder.resolve("some.results.jsonl"));

        for (int length = 0; length <= whole.length; length++) {
            Path questions = questions(lines);
            Files.write(folder.resolve("some.results.jsonl"), java.util.Arrays.copyOf(whole, length));

            file(questions).run(this::answer);

            assertThat(Files.readAllBytes(folder.resolve("some.results.jsonl"))).isEqualTo(whole);
        }
    }

    @Test
    void resultsAreNoQuestions() {
        assertThat(BatchFile.isQuestions("a.jsonl")).isTrue();
        assertThat(BatchFile.isQuestions("a.results.jsonl")).isFalse();
        assertThat(BatchFile.isQuestions("a.jsonl.done")).isFalse();
    }

    private Result answer(BatchItem item) {
        asked.add(item.id());
        return Result.of(item.id(), Problem.of(404));
    }

    private BatchFile file(Path questions) {
        return new BatchFile(new FolderStore(folder), questions.getFileName().toString(), JSON);
    }

    private Path questions(String lines) throws IOException {
        return Files.writeString(
                folder.resolve("some.jsonl"), lines, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private List<String> results() throws IOException {
        return Files.readAllLines(folder.resolve("some.results.jsonl"));
    }

    private List<String> ids() throws IOException {
        var ids = new ArrayList<String>();
        for (String line : results()) {
            ids.add(JSON.readTree(line).path("custom_id").asText());
        }
        return ids;
    }
}
