package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A benchmark: what it asks and how its answers are scored. */
public interface Task {

    /** As a command names it, for instance {@code lvis-box}. */
    String name();

    /** Of its table, with the paper's number of it. */
    String title();

    /**
     * All questions, every one checked.
     *
     * @throws MissingDataException if a file of it is not there
     * @throws IllegalArgumentException if a file is not as published, with the place
     */
    List<Item> read(DataFolder data) throws IOException;

    /** How many items in a row belong together, so that a sample takes all of them or none. */
    default int together() {
        return 1;
    }

    /** The table's columns. */
    List<Column> columns();

    /** Rows of the paper besides SPHINX-V's own. */
    default List<PaperRow> paperRows() {
        return List.of();
    }

    /** Both modes' figures. */
    Scored score(List<Answered> answers, Scorer scorer) throws IOException;

    /** What a judge is asked of an answer; nothing where no judge is needed. */
    default Optional<JudgeQuestion> toJudge(Answered answered) {
        return Optional.empty();
    }

    /** Whether some of its figures are a judge's. */
    default boolean isJudged() {
        return false;
    }
}
