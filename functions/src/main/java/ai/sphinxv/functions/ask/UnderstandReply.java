package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.answer.Relation;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What every door answers.
 *
 * @param marks one for each mark that the answer speaks of
 * @param relations what it says of several marks together
 * @param stop "stop" if the model was done, "length" if the answer was cut at its limit
 * @param model name and digest, so that an answer can be traced to what gave it
 * @param image {@link ImageDigest} of the picture
 */
@Schema(description = "The answer: as one text, and taken apart by mark.")
public record UnderstandReply(
        @Schema(examples = "<Region 1>: red circle\n<Region 2>: stop sign")
        String answer,

        List<MarkAnswer> marks,
        List<Relation> relations,

        @Schema(description = "stop: the model was done; length: cut at maxTokens", examples = "stop")
        String stop,

        @Schema(description = "Model and digest of its files", examples = "nano@0f3a5c7e9b1d")
        String model,

        @Schema(
                description = "The picture's digest; sent in place of the picture it asks about the same one again",
                examples = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String image,

        Answer.Usage usage,
        Timings timings) {

    /** Where the time went, in milliseconds; {@code firstTokenMs} is counted from the start. */
    public record Timings(
            long imageMs, long promptsMs, long textMs, long prefillMs, long decodeMs, long firstTokenMs) {}

    public static UnderstandReply of(Answer answer, String model, ImageDigest digest) {
        var timings = answer.timings();
        return new UnderstandReply(
                answer.text(),
                answer.marks(),
                answer.relations(),
                answer.stop().name().toLowerCase(Locale.ROOT),
                model,
                digest.toString(),
                answer.usage(),
                new Timings(
                        timings.image().toMillis(),
                        timings.prompts().toMillis(),
                        timings.text().toMillis(),
                        timings.prefill().toMillis(),
                        timings.decode().toMillis(),
                        timings.firstToken().toMillis()));
    }
}
