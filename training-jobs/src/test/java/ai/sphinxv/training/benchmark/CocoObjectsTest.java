package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.source.CocoNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoObjectsTest {
    private static final String MASK = ", \"split\": \"val\", \"mask\": \"mask.png\"";
    private static final String SEGMENT = ", \"segment_id\": 197121"; // 1 + 256 * 2 + 65536 * 3

    private final Report report = new Report("scripted", line -> {});

    @TempDir
    private Path folder;

    @Test
    void thereAreEightyNames() {
        assertThat(CocoNames.ALL).hasSize(80).doesNotHaveDuplicates();
        assertThat(CocoNames.ALL.contains("hair drier")).isTrue();
        assertThat(CocoNames.ALL.contains("sky-other-merged")).isFalse();
    }

    @Test
    void onlyValidationThingsThatAreNoCrowdsAreAsked() throws IOException {
        var pictures = new Drawn(folder)
                .mask("mask.png", 10, 10, 30, 30)
                .picture(
                        "val.png",
                        MASK,
                        Drawn.region(10, 10, 30, 30, "dog", SEGMENT),
                        Drawn.region(50, 50, 7, 7, "cat", ""), // 0.49 %
                        Drawn.region(0, 0, 100, 50, "sky-other-merged", ""),
                        Drawn.region(0, 60, 60, 30, "person", ", \"iscrowd\": 1"))
                .picture("train.png", ", \"split\": \"train\"", Drawn.region(10, 10, 30, 30, "dog", ""))
                .as("natural");

        CocoObjects.measure(Exam.of(Scripted.ofEachMark((question, mark) -> "dog")), pictures, report);

        assertThat(figure("box, over 0.5 % of the image")).startsWith("100.0 %").endsWith("n = 1)");
        assertThat(figure("box, over 2 % of the image")).endsWith("n = 1)");
        assertThat(figure("box, all")).startsWith("50.0 %").endsWith("n = 2)");
        assertThat(figure("free-form, over 0.5 % of the image")).endsWith("n = 1)");
        assertThat(figure("noisy box, over 0.5 % of the image")).endsWith("n = 1)");
        assertThat(report.markdown()).contains("by share of the image: up to 0.5 % | 0.0 %");
    }

    @Test
    void aPointLiesInTheMaskAndAThingWithoutOneIsNotPointedAt() throws IOException {
        var pictures = new Drawn(folder)
                .mask("mask.png", 35, 10, 5, 30)
                .picture(
                        "val.png",
                        MASK,
                        Drawn.region(10, 10, 30, 30, "dog", SEGMENT),
                        Drawn.region(50, 50, 30, 30, "cat", ", \"segment_id\": 7"))
                .as("natural");
        var model = Scripted.ofEachMark((question, mark) -> isIn(mark, 35, 40) ? "dog" : "cat");

        CocoObjects.measure(Exam.of(model), pictures, report);

        assertThat(figure("point, over 0.5 % of the image"))
                .startsWith("100.0 %")
                .endsWith("n = 1)");
    }

    @Test
    void everyPixelOfASegmentMayBePointedAt() throws IOException {
        var pictures = new Drawn(folder)
                .mask("mask.png", 98, 99, 2, 1)
                .picture("val.png", MASK)
                .as("natural");
        var mask = SegmentMask.of(pictures.getFirst()).orElseThrow();
        var random = new SplittableRandom(1);

        assertThat(mask.pointIn(197_121, random))
                .hasValueSatisfying(point -> assertThat(point).isIn(new Point(98.5, 99.5), new Point(99.5, 99.5)));
        assertThat(mask.pointIn(5, random)).isEmpty();
    }

    private String figure(String row) {
        return report.finding(CocoObjects.NAME + ", " + row).figure();
    }

    private static boolean isIn(VisualPrompt mark, double left, double right) {
        return switch (mark) {
            case Point point -> point.x() > left && point.x() < right;
            case Box box -> box.x1() < left;
            case FreeForm form -> form.boundingBox().x1() < left;
        };
    }
}
