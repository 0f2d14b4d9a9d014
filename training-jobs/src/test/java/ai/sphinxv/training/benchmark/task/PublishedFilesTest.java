package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files as they were published, which are not ours to keep; their pictures are stood in for by black ones. */
class PublishedFilesTest {
    private static final Path DATA =
            Path.of(System.getProperty("sphinxv.shared", "../../shared")).resolve("data");

    private static final Pattern PICTURE = Pattern.compile("\"image\": ?\"([^\"/]+)\"");

    @TempDir
    private Path pictures;

    @BeforeEach
    void theFilesAreHere() {
        assumeTrue(Files.exists(DATA), "the published files lie in ../shared, which is not here");
    }

    private DataFolder withPictures(int width, int height) throws IOException {
        Path black = pictures.resolve("black.png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", black.toFile());
        try (Stream<Path> files = Files.list(DATA.resolve("benchmarks"))) {
            for (Path file : files.toList()) {
                for (String name : PICTURE.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet())) {
                    if (!Files.exists(pictures.resolve(name))) {
                        Files.copy(black, pictures.resolve(name));
                    }
                }
            }
        }
        return new DataFolder(DATA, pictures);
    }

    @Test
    void ferretBenchHasFortyQuestionsOfEachKindAndEveryPlaceIsMarked() throws IOException {
        List<Item> items = new FerretBench().read(withPictures(1000, 500));

        assertThat(items.stream().collect(Collectors.groupingBy(Item::group, Collectors.counting())))
                .containsOnlyKeys("refer_desc", "refer_reason")
                .allSatisfy((group, count) -> assertThat(count).isEqualTo(40));
        assertThat(items.getFirst().question())
                .isEqualTo("What is the interaction between the object <Region 1> and its surroundings?");
        assertThat(items.getFirst().marks()).singleElement().satisfies(mark -> {
            var box = (Box) mark;
            assertThat(List.of(Math.round(box.x1()), Math.round(box.y1()), Math.round(box.x2()), Math.round(box.y2())))
                    .containsExactly(621L, 41L, 772L, 66L);
        });
        assertThat(items).noneMatch(item -> item.question().contains("["));
    }

    @Test
    void theDetailedDescriptionsAreEighty() throws IOException {
        List<Item> items = new DetailedDescription().read(withPictures(10, 10));

        assertThat(items).hasSize(80).extracting(Item::id).doesNotHaveDuplicates();
    }

    @Test
    void thePartOfMdvpBenchHasTwoItemsOfEachPhaseAndTheRulesAreRead() throws IOException {
        var task = new MdvpBench();
        List<Item> items = task.read(new DataFolder(DATA, DATA));

        assertThat(items.stream().collect(Collectors.groupingBy(Item::group, Collectors.counting())))
                .hasSize(30)
                .allSatisfy((phase, count) -> assertThat(count).isEqualTo(2));
        assertThat(items)
                .allSatisfy(item ->
                        assertThat(task.toJudge(new Answered(item, "x", null))).isPresent());
    }

    @Test
    void labelledPicturesGiveObjectsChoicesAndLines() throws IOException {
        var data = new DataFolder(DATA, DATA);
        for (String name : List.of("own-objects", "own-choice", "own-lines")) {
            assertThat(Tasks.of(List.of(name)).getFirst().read(data)).as(name).hasSizeGreaterThan(20);
        }
    }
}
