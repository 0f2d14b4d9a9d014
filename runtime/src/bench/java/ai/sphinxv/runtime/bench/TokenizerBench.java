package ai.sphinxv.runtime.bench;

import ai.sphinxv.runtime.text.Tokenizer;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A question of 182 characters to tokens, and those to text. */
@State(Scope.Benchmark)
public class TokenizerBench {
    private static final String QUESTION = "Please identify the labels of each marked region in the image. What is <Region 1>,"
            + " what does <Region 2> say, and how does <Region 3> lie to them? Answer in a line for each mark.";

    private final Path file = Path.of(System.getProperty(Micro.TOKENIZER));
    private final Tokenizer tokenizer = Tokenizer.read(file);
    private final int[] ids = tokenizer.encode(QUESTION);

    @Benchmark
    public int[] encoded() {
        return tokenizer.encode(QUESTION);
    }

    @Benchmark
    public String decoded() {
        return tokenizer.decode(ids);
    }

    /** What a start waits for. */
    @Benchmark
    public Tokenizer read() {
        return Tokenizer.read(file);
    }
}
