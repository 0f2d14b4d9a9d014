package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.files.JsonFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A published rule file: {role, prompt} by category. Draw-and-Understand's has a comma too many, which is passed over.
 *
 * @param name as it is published
 * @param file nothing where it is not there: a run without a judge needs none, one with a judge is refused
 */
record JudgeRules(String name, Optional<Field> file) {
    private static final double TEMPERATURE = 0.2;
    private static final int REVIEW_TOKENS = 1024;

    static JudgeRules notRead(String name) {
        return new JudgeRules(name, Optional.empty());
    }

    /** With what the file says, if it is there. */
    JudgeRules in(DataFolder data) throws IOException {
        Optional<Path> found = data.find(name);
        return found.isPresent() ? new JudgeRules(name, Optional.of(read(found.get()))) : notRead(name);
    }

    private static Field read(Path file) throws IOException {
        var mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();
        String name = String.valueOf(file.getFileName());
        try {
            return new Field(name + ": ", mapper.readTree(file.toFile()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not JSON: %s".formatted(name, JsonFault.of(e)), e);
        }
    }

    /**
     * What a judge is asked who reads of the picture instead of seeing it, as LLaVA's scripts and those after it do.
     *
     * @param lead what the published script puts before the context
     */
    JudgeQuestion ask(String lead, Item item, String question, String said) {
        return new JudgeQuestion(
                lead + item.truth().path("context").asText(),
                question,
                item.truth().path("answer").asText(),
                said,
                role(item.group()),
                prompt(item.group()),
                false,
                TEMPERATURE,
                REVIEW_TOKENS);
    }

    /** Who answers, in the rule's words. */
    String role(String category) {
        return of(category).get("role").text();
    }

    String prompt(String category) {
        return of(category).get("prompt").text();
    }

    /** @throws MissingDataException if the file is not there */
    private Field of(String category) {
        return file.orElseThrow(() ->
                        new MissingDataException("%s, by which the judge has to judge, is not there".formatted(name)))
                .get(category);
    }
}
