package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.text.Conversation;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What every door is asked. Nothing is checked yet: {@link #checked} does that, so that each mistake gets its own words.
 *
 * @param image base64, a data URL, the digest of a known picture, or a URL to fetch it from; not there where the door has it from elsewhere
 */
@Schema(description = "A picture, marks on it and a question about them.")
public record UnderstandRequest(
        @Schema(
                description = "JPEG, PNG, GIF or BMP file as base64 or as a data URL, or what an earlier reply gave as"
                        + " image; where the deployment fetches pictures, its URL, bare or as {\"url\": …}. Left out in the"
                        + " multipart form.")
        @JsonDeserialize(using = ImageField.class)
        @Nullable
        String image,

        @Schema(
                description = "The question. <Mark 1> names the first mark if it is a point, <Region 1> otherwise.",
                examples = "Please identify the labels of each marked region in the image.")
        @Nullable
        String question,

        @Schema(description = "1 to 10 marks, unless the deployment takes more; the first is number 1.")
        @JsonDeserialize(using = MarksField.class)
        @Nullable
        List<@Nullable MarkRequest> marks,

        @Schema(
                description =
                        "marks, the default: the question is about marks, which have to be there; image: it is about"
                                + " the whole picture, and there are none.",
                enumeration = {"marks", "image"},
                examples = "marks")
        @Nullable
        String scope,

        @Schema(description = "0 to 2; 0, the default, takes the likeliest word each time.", examples = "0") @Nullable
        Double temperature,

        @Schema(description = "Above 0, at most 1 (the default): draws from the likeliest words only.", examples = "1")
        @Nullable
        Double topP,

        @Schema(description = "The same seed draws the same answer; 0 by default.", examples = "7") @Nullable
        Long seed,

        @Schema(description = "Where the answer is cut, in tokens; the deployment has a default and a limit.") @Nullable
        Integer maxTokens) {

    /** Everything of the request but its picture, checked. */
    public record Checked(RequestedMarks marks, Conversation conversation, SamplingOptions sampling, int maxTokens) {
        /** @throws InvalidPromptException if a mark is none of this picture */
        public Question about(RgbImage picture) {
            return new Question(picture, marks.on(picture), conversation, sampling, maxTokens);
        }
    }

    /**
     * Checks what can be checked without looking at the picture.
     *
     * @throws InvalidRequestException if a field is missing or out of range
     * @throws InvalidPromptException if a mark is no mark, or there are none or too many
     */
    public Checked checked(SphinxConfig.Limits limits) {
        return new Checked(prompts(limits), Conversation.of(words(limits.question())), sampling(), tokens(limits));
    }

    private String words(int limit) {
        if (question == null || question.isBlank()) {
            throw new InvalidRequestException("question is missing: say in words what you want to know");
        }
        if (question.length() > limit) {
            throw new InvalidRequestException(
                    "question has %d characters, at most %d are read".formatted(question.length(), limit));
        }
        for (int i = 0; i < question.length(); i = question.offsetByCodePoints(i, 1)) {
            int character = question.codePointAt(i);
            if (character == 0 || Character.getType(character) == Character.SURROGATE) { // half of a character
                throw new InvalidRequestException(
                        "question has at place %d a character that is no text: U+%04X".formatted(i + 1, character));
            }
        }
        return question;
    }

    /**
     * @throws InvalidRequestException if it is about all of the picture and there are marks, or about nothing that is known
     * @throws InvalidPromptException if a mark is no mark, or there are none or too many
     */
    public RequestedMarks prompts(SphinxConfig.Limits limits) {
        if (isAboutAllOfIt()) {
            if (marks != null && !marks.isEmpty()) {
                throw new InvalidRequestException(
                        "scope is image, so the question is about the whole picture: leave out either scope or marks");
            }
            return new RequestedMarks(List.of());
        }
        if (marks == null) {
            throw new InvalidPromptException(
                    "marks is missing: send 1 to %d of them, or \"scope\": \"image\" to ask about the whole picture"
                            .formatted(limits.marks()));
        }
        if (marks.isEmpty() || marks.size() > limits.marks()) {
            throw new InvalidPromptException(
                    "a question takes 1 to %d visual prompts, got %d".formatted(limits.marks(), marks.size()));
        }
        return new RequestedMarks(IntStream.range(0, marks.size())
                .mapToObj(i -> MarkRequest.toPrompt(marks.get(i), i + 1, limits))
                .toList());
    }

    private boolean isAboutAllOfIt() {
        return switch (scope) {
            case null -> false;
            case "marks" -> false;
            case "image" -> true;
            default -> throw new InvalidRequestException("scope needs to be marks or image");
        };
    }

    private SamplingOptions sampling() {
        try {
            return new SamplingOptions(
                    temperature == null ? 0 : temperature, topP == null ? 1 : topP, seed == null ? 0 : seed);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()));
        }
    }

    private int tokens(SphinxConfig.Limits limits) {
        if (maxTokens == null) {
            return Math.min(limits.defaultTokens(), limits.maxTokens());
        }
        if (maxTokens < 1 || maxTokens > limits.maxTokens()) {
            throw new InvalidRequestException(
                    "maxTokens must be from 1 to %d, got %d".formatted(limits.maxTokens(), maxTokens));
        }
        return maxTokens;
    }
}
