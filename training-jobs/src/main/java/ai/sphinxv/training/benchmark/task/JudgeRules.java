package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/** A published rule file: {role, prompt} by category. Draw-and-Understand's has a comma too many, which is passed over. */
record JudgeRules(Field file) {
    static JudgeRules read(Path file) throws IOException {
        var mapper = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();
        String name = String.valueOf(file.getFileName());
        try {
            return new JudgeRules(new Field(name + ": ", mapper.readTree(file.toFile())));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not JSON: %s".formatted(name, e.getOriginalMessage()), e);
        }
    }

    /** Who answers, in the rule's words. */
    String role(String category) {
        return file.get(category).get("role").text();
    }

    String prompt(String category) {
        return file.get(category).get("prompt").text();
    }
}
