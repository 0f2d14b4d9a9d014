package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenTest {
    private List<LabelledImage> pictures = List.of();

    @BeforeEach
    void threePicturesWithEightTwoAndNoWords(@TempDir Path folder) throws IOException {
        pictures = new Drawn(folder)
                .picture("many.png", "", lines(8))
                .picture("few.png", "", lines(2))
                .picture("none.png", "", Drawn.region(1, 1, 9, 9, "text line", ", \"ignore\": true"))
                .as("ocr");
    }

    @Test
    void noMoreThanWantedAreTakenAndTheyAreSpread() {
        var chosen = Chosen.of(pictures, ChosenTest::any, 7);

        assertThat(chosen.stream().mapToInt(one -> one.regions().size()).sum()).isEqualTo(7);
        assertThat(chosen).hasSize(2);
    }

    @Test
    void ignoredRegionsAreNeverAsked() {
        assertThat(Chosen.of(pictures, ChosenTest::any, 100))
                .flatExtracting(Chosen::regions)
                .hasSize(10)
                .noneMatch(Region::ignored);
    }

    @Test
    void theChoiceIsTheSameEveryTime() {
        assertThat(Chosen.of(pictures, ChosenTest::any, 6)).isEqualTo(Chosen.of(pictures, ChosenTest::any, 6));
    }

    @Test
    void crowdsHaveAsManyAsTheyMustAndNoMoreThanTheyMay() {
        var crowds = Chosen.crowds(pictures, ChosenTest::any, 6, 7, 100);

        assertThat(crowds)
                .singleElement()
                .satisfies(one -> assertThat(one.regions()).hasSize(7));
    }

    private static boolean any(LabelledImage picture, Region region) {
        return !region.label().isEmpty() && picture.width() == 100;
    }

    private static String[] lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Drawn.line(10 * i, "word " + i))
                .toArray(String[]::new);
    }
}
