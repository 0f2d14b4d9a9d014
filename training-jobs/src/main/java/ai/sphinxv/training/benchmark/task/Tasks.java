package ai.sphinxv.training.benchmark.task;

import java.util.List;
import java.util.stream.Collectors;

/** All benchmarks, in the order of the paper's tables. */
public final class Tasks {
    private static final String ALL = "all";

    private Tasks() {}

    public static List<Task> all() {
        return List.of(
                ReferringClassification.of("LVIS", "point", 83.16, 58.64),
                ReferringClassification.of("LVIS", "box", 87.06, 62.90),
                ReferringClassification.of("PACO", "point", 76.18, 51.13),
                ReferringClassification.of("PACO", "box", 79.88, 55.04),
                new ClosedSet("lvis-choice-point", true, 86.46),
                new ClosedSet("lvis-choice-box", false, 89.82),
                new RegionalOcr(),
                new IcdarWords(),
                new DetailedDescription(),
                BriefDescription.REF_COCO_G,
                new LlavaBench(),
                new LlavaWild(),
                new FerretBench(),
                new MdvpBench(),
                BriefDescription.VISUAL_GENOME,
                new Vcr(),
                new LabelledPictures(LabelledPictures.Kind.OBJECTS),
                new LabelledPictures(LabelledPictures.Kind.CHOICE),
                new LabelledPictures(LabelledPictures.Kind.LINES));
    }

    /** @param names of tasks, or "all" */
    public static List<Task> of(List<String> names) {
        if (names.equals(List.of(ALL))) {
            return all();
        }
        return names.stream()
                .map(name -> all().stream()
                        .filter(task -> task.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "there is no task \"%s\": -Dtask takes all, or some of %s".formatted(name, known()))))
                .toList();
    }

    private static String known() {
        return all().stream().map(Task::name).collect(Collectors.joining(", "));
    }
}
