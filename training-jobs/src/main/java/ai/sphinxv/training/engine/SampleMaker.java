package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The questions that can be asked about a picture by what its annotators said: stage 1 of Table 1 and the rows of Table 2, in
 * the fixed words of the published data (reference-model 3.4). What is random follows from the picture's name.
 */
final class SampleMaker {
    private static final String LABELS = "Please identify the labels of each marked %s in the image.";
    private static final String TEXTS = "Please provide the ocr results of each marked %s in the image.";
    private static final String BRIEF = "Please provide a brief description of each marked %s in the image.";
    private static final String DETAILED = "Please provide a detailed description of each marked %s in the image.";
    private static final String SUMMARY =
            "Please provide a summarized description based on all the marked region in the image.";
    private static final String RELATIONS = "Please analyze the relationship between all marked regions in the image.";

    private static final Pattern TAG = Pattern.compile("<(?:Region|Mark) (\\d{1,4})>");

    private final BuildConfig config;
    private final AnnotatedPicture picture;
    private final String group;
    private final Random random;
    private final Tally dropped;
    private final List<MdvpSample> samples = new ArrayList<>();
    private long kept;

    private SampleMaker(BuildConfig config, AnnotatedPicture picture, String group, Tally dropped) {
        this.config = config;
        this.picture = picture;
        this.group = group;
        this.dropped = dropped;
        this.random = new Random(PictureKey.hash(picture.source() + "\n" + picture.id()));
    }

    /** A mark and what is answered about it. */
    private record Line(double[] mark, String answer) {}

    /** What came of a picture: its samples, and how many of its annotations are in one of them. */
    record Made(List<MdvpSample> samples, long kept) {}

    /**
     * @param group see {@link MdvpSample}
     * @param dropped is told why which annotations are in no sample
     */
    static Made make(BuildConfig config, AnnotatedPicture picture, String group, Tally dropped) {
        var maker = new SampleMaker(config, picture, group, dropped);
        maker.parts();
        maker.captions();
        maker.relations();
        picture.dialogues().forEach(maker::dialogue);
        return new Made(maker.samples, maker.kept);
    }

    private void parts() {
        var boxes = new ArrayList<Line>();
        var points = new ArrayList<Line>();
        var texts = new ArrayList<Line>();
        boolean isSpotting = picture.domain() == PictureDomain.OCR;
        for (Part part : picture.parts()) {
            String text = isSpotting && part.text() != null ? part.text() : "";
            if (!text.isEmpty()) {
                texts.add(new Line(part.mark(), text));
            } else if (!part.label().isEmpty()) {
                label(part, boxes, points);
            }
            if (!text.isEmpty()
                    || !part.label().isEmpty()
                    || !part.descriptions().isEmpty()) {
                kept++;
            } else {
                dropped.add("text without a class outside of text spotting", 1);
            }
        }
        ask(1, SampleTask.CATEGORY, LABELS, boxes);
        ask(1, SampleTask.CATEGORY, LABELS, points);
        ask(1, SampleTask.OCR, TEXTS, texts);
        descriptions();
    }

    private void label(Part part, List<Line> boxes, List<Line> points) {
        if (!part.isPoint()) {
            boxes.add(new Line(part.mark(), part.label()));
        }
        if (part.outline() == null) {
            if (part.isPoint()) {
                points.add(new Line(part.mark(), part.label()));
            }
            return;
        }
        for (int i = 0; i < config.points(); i++) {
            part.outline()
                    .point(picture.width(), picture.height(), random)
                    .ifPresent(point -> points.add(new Line(new double[] {point.x(), point.y()}, part.label())));
        }
    }

    /** Every description once: those that have several come again in a further question. */
    private void descriptions() {
        int most = picture.parts().stream()
                .mapToInt(part -> part.descriptions().size())
                .max()
                .orElse(0);
        for (int i = 0; i < most; i++) {
            int round = i;
            ask(
                    2,
                    SampleTask.BRIEF,
                    BRIEF,
                    picture.parts().stream()
                            .filter(part -> part.descriptions().size() > round)
                            .map(part ->
                                    new Line(part.mark(), part.descriptions().get(round)))
                            .toList());
        }
    }

    /** Questions of one to ten marks each, points and boxes apart, in an order of their own. */
    private void ask(int stage, SampleTask task, String question, List<Line> lines) {
        var points = lines.stream().filter(line -> line.mark().length == 2).toList();
        var boxes = lines.stream().filter(line -> line.mark().length == 4).toList();
        for (List<Line> kind : List.of(points, boxes)) {
            List<Line> left = new ArrayList<>(kind);
            Collections.shuffle(left, random);
            while (!left.isEmpty()) {
                int count = Math.min(left.size(), 1 + random.nextInt(MdvpSample.MOST_MARKS));
                List<Line> asked = left.subList(left.size() - count, left.size());
                ofEach(stage, task, question, asked);
                asked.clear();
            }
        }
    }

    private void ofEach(int stage, SampleTask task, String question, List<Line> lines) {
        boolean isPoints = lines.getFirst().mark().length == 2;
        var answer = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            answer.append(i == 0 ? "" : "\n")
                    .append(tag(isPoints, i + 1))
                    .append(": ")
                    .append(lines.get(i).answer());
        }
        var turns = List.of(new Turn(question.formatted(isPoints ? "point" : "region"), answer.toString()));
        var marks = lines.stream().map(Line::mark).toList();
        samples.add(new MdvpSample(picture, group, stage, task, marks, turns));
        if (task == SampleTask.CATEGORY
                && stage == 1
                && PictureKey.share(group + "\n" + answer) < config.categoryShare()) {
            samples.add(new MdvpSample(picture, group, 2, task, marks, turns));
        }
    }

    private static String tag(boolean isPoint, int number) {
        return (isPoint ? "<Mark %d>" : "<Region %d>").formatted(number);
    }

    private void captions() {
        for (Caption caption : picture.captions()) {
            if (caption.parts().size() > MdvpSample.MOST_MARKS) {
                dropped.add("more than %d marks".formatted(MdvpSample.MOST_MARKS), 1);
                continue;
            }
            kept++;
            if (caption.parts().isEmpty()) { // a mark that encompasses the picture (paper 4, Stage 2)
                double[] whole = {0, 0, picture.width(), picture.height()};
                ofEach(2, SampleTask.WHOLE, DETAILED, List.of(new Line(whole, caption.text())));
            } else {
                var marks = caption.parts().stream()
                        .map(part -> picture.parts().get(part).mark())
                        .toList();
                samples.add(new MdvpSample(
                        picture, group, 2, SampleTask.SUMMARY, marks, List.of(new Turn(SUMMARY, caption.text()))));
            }
        }
    }

    /** As many relations in a question as ten marks allow. */
    private void relations() {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        var lines = new ArrayList<String>();
        for (Relation relation : picture.relations()) {
            if (relation.subject() == relation.object()) {
                dropped.add("a relation of a thing to itself", 1);
                continue;
            }
            kept++;
            int fresh = (numbers.containsKey(relation.subject()) ? 0 : 1)
                    + (numbers.containsKey(relation.object()) ? 0 : 1);
            if (numbers.size() + fresh > MdvpSample.MOST_MARKS) {
                related(numbers, lines);
            }
            int subject = numbers.computeIfAbsent(relation.subject(), any -> numbers.size() + 1);
            int object = numbers.computeIfAbsent(relation.object(), any -> numbers.size() + 1);
            lines.add("%s%s: %s %s %s."
                    .formatted(
                            tag(false, subject),
                            tag(false, object),
                            name(relation.subject()),
                            relation.predicate(),
                            name(relation.object())));
        }
        related(numbers, lines);
    }

    private String name(int part) {
        String label = picture.parts().get(part).label();
        return label.isEmpty() ? "it" : label;
    }

    private void related(Map<Integer, Integer> numbers, List<String> lines) {
        if (!lines.isEmpty()) {
            samples.add(new MdvpSample(
                    picture,
                    group,
                    2,
                    SampleTask.RELATION,
                    numbers.keySet().stream()
                            .map(part -> picture.parts().get(part).mark())
                            .toList(),
                    List.of(new Turn(RELATIONS, String.join("\n", lines)))));
        }
        numbers.clear();
        lines.clear();
    }

    private void dialogue(Dialogue dialogue) {
        List<double[]> marks = dialogue.marks().isEmpty()
                ? List.of(new double[] {0, 0, picture.width(), picture.height()})
                : dialogue.marks();
        if (marks.size() > MdvpSample.MOST_MARKS) {
            dropped.add("more than %d marks".formatted(MdvpSample.MOST_MARKS), 1);
            return;
        }
        if (marks.stream().mapToInt(mark -> mark.length).distinct().count() > 1) {
            dropped.add("points and boxes in one question", 1);
            return;
        }
        if (dialogue.turns().stream()
                .anyMatch(turn -> isLost(turn.question(), marks.size()) || isLost(turn.answer(), marks.size()))) {
            dropped.add("its words name a mark that is not there", 1);
            return;
        }
        kept++;
        boolean isPoints = marks.getFirst().length == 2;
        var turns = dialogue.turns().stream()
                .map(turn -> new Turn(named(turn.question(), isPoints), named(turn.answer(), isPoints)))
                .toList();
        samples.add(new MdvpSample(picture, group, 2, dialogue.task(), marks, turns));
    }

    private static boolean isLost(String words, int marks) {
        for (Matcher tag = TAG.matcher(words); tag.find(); ) {
            int number = Integer.parseInt(tag.group(1));
            if (number < 1 || number > marks) {
                return true;
            }
        }
        return false;
    }

    /** Points are marks, boxes are regions, whatever the source called them. */
    private static String named(String words, boolean isPoints) {
        return TAG.matcher(words).replaceAll(isPoints ? "<Mark $1>" : "<Region $1>");
    }
}
