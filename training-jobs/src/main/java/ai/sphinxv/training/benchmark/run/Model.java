package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.prompt.InvalidPromptException;

/** Who is asked. */
interface Model extends AutoCloseable {

    /** Its name and version, by which predictions are told apart: no two models have the same. */
    String name();

    /**
     * Answers.
     *
     * @throws InvalidPromptException if it refuses this question, which counts as answered with nothing
     * @throws UnreachableException if it cannot be asked now; the run ends and goes on from there the next time
     */
    String ask(Asked asked) throws InterruptedException;

    /** Whether several questions at once make it faster. */
    boolean isRemote();

    @Override
    void close();
}
