package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.Outline;
import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Annotated pictures of our own, as many as are wanted, always the same. */
final class Lines {
    private Lines() {}

    static AnnotatedPicture picture(int number) {
        var random = new SplittableRandom(number);
        var parts = new ArrayList<Part>();
        for (int i = 0; i < 1 + random.nextInt(25); i++) {
            double x = random.nextInt(500);
            double y = random.nextInt(300);
            double[] box = {x, y, x + 20 + random.nextInt(100), y + 20 + random.nextInt(100)};
            boolean isOutlined = random.nextInt(3) == 0;
            parts.add(new Part(
                    box,
                    "thing " + random.nextInt(30),
                    null,
                    random.nextInt(4) == 0 ? List.of("a description of thing " + i) : List.of(),
                    isOutlined
                            ? new Outline(
                                    List.of(new double[] {box[0], box[1], box[2], box[1], box[2], box[3]}), new int[0])
                            : null));
        }
        return new AnnotatedPicture(
                number % 3 == 0 ? "coco" : "lvis",
                String.valueOf(number),
                "%012d.jpg".formatted(number),
                PictureDomain.NATURAL,
                640,
                480,
                "CC BY 4.0",
                parts,
                List.of(new Caption(
                        "A sentence about picture " + number + ".", parts.size() > 1 ? List.of(0, 1) : List.of())),
                parts.size() > 2 ? List.of(new Relation(0, "left of", 1), new Relation(2, "on", 0)) : List.of(),
                List.of(new Dialogue(
                        SampleTask.QA,
                        List.of(parts.getFirst().mark()),
                        List.of(new Turn("What is <Region 1>?", "It is a thing.")))));
    }

    /** Those pictures, each third one twice. */
    static Path write(Path file, int count) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                String line = picture(i).line();
                for (int times = 0; times < (i % 3 == 0 ? 2 : 1); times++) {
                    out.write(line);
                    out.write('\n');
                }
            }
        }
        return file;
    }
}
