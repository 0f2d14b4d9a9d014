package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.task.Answered;
import ai.sphinxv.training.benchmark.task.Scored;
import ai.sphinxv.training.benchmark.task.Task;
import java.util.List;

/** What came of a task. */
sealed interface Outcome {
    Task task();

    /**
     * Figures.
     *
     * @param model who answered
     * @param ofAll how many items the task has; answers of fewer are a sample
     */
    record Measured(Task task, String model, List<Answered> answers, int ofAll, Scored scored) implements Outcome {
        public Measured {
            answers = List.copyOf(answers);
        }

        /** Questions that the model refused. */
        long refused() {
            return answers.stream().filter(one -> one.text() == null).count();
        }

        boolean isSample() {
            return answers.size() < ofAll;
        }
    }

    /** None, and why. */
    record NotMeasured(Task task, String why) implements Outcome {}
}
