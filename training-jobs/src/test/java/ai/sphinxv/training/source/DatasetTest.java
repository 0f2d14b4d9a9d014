package ai.sphinxv.training.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.Intake.Counts;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every dataset's own form, by a small file of our own in it. */
class DatasetTest {
    private static final String NOT_COUNTED = "its source says not to count it";
    private static final String NO_PICTURE = "its picture is not there";

    @TempDir
    Path scratch;

    @TempDir
    Path pictures;

    private final List<AnnotatedPicture> read = new ArrayList<>();

    @BeforeEach
    void somePicturesAreThere() throws IOException {
        for (String name : List.of("1.png", "img_1.png", "page_0_ori.png", "000002b66c9c498e.png")) {
            ImageIO.write(
                    new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB),
                    "png",
                    pictures.resolve(name).toFile());
        }
    }

    @Test
    void cocoHasBoxesClassesOutlinesAndThePicturesOwnLicence() throws Exception {
        Counts counts = read(Dataset.COCO, "coco.json");

        AnnotatedPicture picture = only();
        assertThat(picture.image()).isEqualTo("000000000139.jpg");
        assertThat(picture.licence()).isEqualTo("Attribution License");
        assertThat(picture.parts()).extracting(Part::label).containsExactly("dog", "person");
        assertThat(picture.parts().get(0).mark()).containsExactly(10, 20, 40, 60);
        assertThat(picture.parts().get(1).mark()).containsExactly(50, 5, 100, 25); // clipped to the picture
        assertThat(counts.dropped())
                .isEqualTo(Map.of(
                        NOT_COUNTED,
                        1L,
                        "the mark has no area inside its picture",
                        1L,
                        "of a picture that the file does not list",
                        1L));
        assertThat(counts.in()).isEqualTo(5);
    }

    @Test
    void pointsAreDrawnInsidePolygonsAndInsideRuns() throws Exception {
        read(Dataset.COCO, "coco.json");

        var random = new SplittableRandom(1);
        for (Part part : only().parts()) {
            Outline outline = outline(part);
            for (int i = 0; i < 100; i++) {
                var point = outline.point(100, 80, random).orElseThrow();
                assertThat(outline.contains(point.x(), point.y(), 80)).isTrue();
                assertThat(point.x()).isBetween(part.mark()[0], part.mark()[2]);
                assertThat(point.y()).isBetween(part.mark()[1], part.mark()[3]);
            }
        }
        assertThat(outline(only().parts().get(1)).runs()).containsExactly(4005, 20, 60, 20, 3895);
    }

    @Test
    void lvisNamesItsFilesByAddress() throws Exception {
        read(Dataset.LVIS, "lvis.json");

        assertThat(only().image()).isEqualTo("train2017/000000391895.jpg");
        assertThat(only().parts()).extracting(Part::label).containsExactly("baseball bat");
    }

    @Test
    void everyOtherSetInCocosFormIsReadByTheSameReader() throws Exception {
        Map<Dataset, String> labels = Map.of(
                Dataset.PUBLAYNET, "list",
                Dataset.DOCLAYNET, "Section-header",
                Dataset.M6DOC, "headline",
                Dataset.OBJECTS365, "Person",
                Dataset.V3DET, "aardvark");
        for (var one : labels.entrySet()) {
            read.clear();
            read(one.getKey(), one.getKey().word() + ".json");

            assertThat(only().source()).isEqualTo(one.getKey().word());
            assertThat(only().domain()).isEqualTo(one.getKey().domain());
            assertThat(only().parts()).extracting(Part::label).containsExactly(one.getValue());
        }
    }

    @Test
    void refCocosCaptionsDescribeTheirBox() throws Exception {
        for (Dataset dataset : List.of(Dataset.REFCOCO, Dataset.REFCOCO_PLUS, Dataset.REFCOCOG)) {
            read.clear();
            read(dataset, "refcoco.json");

            assertThat(read)
                    .flatExtracting(AnnotatedPicture::parts)
                    .flatExtracting(Part::descriptions)
                    .containsExactlyInAnyOrder("the lady with the blue shirt", "lady on the left");
        }
    }

    @Test
    void groundedCaptionsNameTheirBoxesInTheOrderOfTheWords() throws Exception {
        read(Dataset.FLICKR30K_MDETR, "flickr30k-mdetr.json");

        assertThat(only().captions()).containsExactly(new Caption("Two men beside a green bush", List.of(1, 0)));
        assertThat(only().parts()).extracting(Part::label).containsExactly("a green bush", "Two men");
    }

    @Test
    void curvedSynTextSpellsItsWordsInCodes() throws Exception {
        read(Dataset.CURVED_SYNTEXT150K, "curved-syntext150k.json");

        assertThat(only().parts()).extracting(Part::text).containsExactly("Ab 1");
        double[] polygon = outline(only().parts().getFirst()).polygons().getFirst();
        assertThat(polygon).hasSize(32).startsWith(10, 10).endsWith(10, 22); // round its two curves
        assertThat(polygon[14]).isEqualTo(60);
        assertThat(polygon[7]).isBetween(8.0, 9.0);
    }

    @Test
    void vocCountsPixelsFromOneAndItsHeadsAreNoObjects() throws Exception {
        read(Dataset.PASCAL_VOC, "pascal-voc");

        assertThat(only().parts()).extracting(Part::label).containsExactly("person", "dog");
        assertThat(only().parts().getFirst().mark()).containsExactly(173, 100, 349, 351);
        assertThat(only().parts().getLast().mark()).containsExactly(0, 0, 20, 30);
    }

    @Test
    void openImagesHasBoxesAndPointsInSharesOfThePicture() throws Exception {
        Counts counts = read(Dataset.OPENIMAGES, "openimages");

        assertThat(only().parts()).extracting(Part::label).containsExactly("Person", "Sausage, smoked");
        assertThat(only().parts().getFirst().mark()).containsExactly(10, 20, 50, 60);
        assertThat(only().parts().getLast().mark()).containsExactly(50, 40);
        assertThat(counts.dropped()).isEqualTo(Map.of(NOT_COUNTED, 2L, NO_PICTURE, 1L));
    }

    @Test
    void visualGenomeHasObjectsPhrasesAndRelations() throws Exception {
        Counts counts = read(Dataset.VISUAL_GENOME, "visual-genome");

        assertThat(only().image()).isEqualTo("VG_100K_2/1.jpg");
        assertThat(only().parts()).extracting(Part::label).containsExactly("man", "", "horse");
        assertThat(only().parts().get(1).descriptions()).containsExactly("the clock is green in colour");
        assertThat(only().relations()).containsExactly(new Relation(0, "RIDING", 2));
        assertThat(counts.dropped())
                .isEqualTo(Map.of(
                        "the mark has no area inside its picture", 1L, "a mark that it speaks of was dropped", 1L));
    }

    @Test
    void semanticMapsGiveEachClassAPixelAndAllItsPixels() throws Exception {
        Path folder = pictures.resolve("maps");
        Files.createDirectories(folder);
        Files.copy(own("ade20k/names.txt"), folder.resolve("names.txt"));
        var map = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
        map.getRaster().setSample(2, 1, 0, 2);
        map.getRaster().setSample(2, 2, 0, 2);
        map.getRaster().setSample(3, 0, 0, 255); // has no name
        ImageIO.write(map, "png", folder.resolve("ADE_train_00000001.png").toFile());

        Dataset.ADE20K.read(folder, intake());

        Part tree = only().parts().getFirst();
        assertThat(tree.label()).isEqualTo("tree");
        assertThat(tree.mark()).containsExactly(2.5, 1.5);
        assertThat(outline(tree).contains(2.5, 2.5, 3)).isTrue();
        assertThat(outline(tree).contains(1.5, 2.5, 3)).isFalse();
        assertThat(only().image()).isEqualTo("ADE_train_00000001.jpg");
    }

    @ParameterizedTest
    @CsvSource({"VOC_MAPS, 2007_000032, 2007_000032", "CITYSCAPES_MAPS, a_1_gtFine_labelIds, a_1_leftImg8bit"})
    void mapsWithAPaletteGiveTheirNumbersNames(Dataset dataset, String name, String picture) throws Exception {
        Path folder = Files.createDirectories(pictures.resolve("maps"));
        Files.copy(own("ade20k/names.txt"), folder.resolve("names.txt"));
        byte[] colours = {0, 9, (byte) 128};
        var palette = new IndexColorModel(8, 3, colours, colours, colours);
        var map = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_INDEXED, palette);
        map.getRaster().setSample(2, 1, 0, 2);
        ImageIO.write(map, "png", folder.resolve(name + ".png").toFile());

        read(dataset, folder);

        assertThat(only().source()).isEqualTo(dataset.word());
        assertThat(only().image()).isEqualTo(picture + ".jpg");
        assertThat(only().parts()).extracting(Part::label).contains("tree");
    }

    @Test
    void aMapThatIsNoneIsNamed() throws Exception {
        Path folder = Files.createDirectories(pictures.resolve("maps"));
        Files.copy(own("ade20k/names.txt"), folder.resolve("names.txt"));
        Path file = folder.resolve("a.png");
        ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        assertThatThrownBy(() -> Dataset.ADE20K.read(folder, intake()))
                .hasMessage(file + " is no map of classes: it has colours, not a number a pixel");

        ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));
        assertThatThrownBy(() -> Dataset.ADE20K.read(folder, intake()))
                .hasMessageStartingWith(file + " is no map of classes: ");

        Files.writeString(file, "no picture");
        assertThatThrownBy(() -> Dataset.ADE20K.read(folder, intake()))
                .hasMessage(file + " is no map of classes: it is no picture");
    }

    @Test
    void totalTextsListsMayBeBrokenOverLinesAndADamagedOneIsCounted() throws Exception {
        Path folder = Files.createDirectories(pictures.resolve("words"));
        ImageIO.write(
                new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB),
                "png",
                pictures.resolve("img1.png").toFile());
        Files.writeString(folder.resolve("poly_gt_img1.txt"), """
                x: [[ 1 20
                  20]], y: [[1 1 9]], ornt: [u'c'], transcriptions: [u'EXIT']
                x: [[1 . 3]], y: [[1 1 9]], ornt: [u'c'], transcriptions: [u'NO']
                """);

        Counts counts = read(Dataset.TOTAL_TEXT, folder);

        assertThat(only().parts()).extracting(Part::text).containsExactly("EXIT");
        assertThat(counts.dropped()).isEqualTo(Map.of("the line cannot be read", 1L));
    }

    @Test
    void anObjectOfVocWithoutANameIsCounted() throws Exception {
        Path folder = Files.createDirectories(pictures.resolve("voc"));
        Files.writeString(folder.resolve("a.xml"), """
                <annotation><size><width>50</width><height>40</height></size><object><bndbox><xmin>1</xmin>
                <ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>""");

        assertThat(read(Dataset.PASCAL_VOC, folder).dropped()).isEqualTo(Map.of("nothing is said of it", 1L));
    }

    @Test
    void wordsThatAreNotUtf8AreNamed() throws Exception {
        Path folder = Files.createDirectories(pictures.resolve("words"));
        Path file = folder.resolve("gt_img_1.txt");
        Files.write(file, new byte[] {'1', (byte) 0xe9, ',', '\n'});

        assertThatThrownBy(() -> read(Dataset.ICDAR15, folder)).hasMessage(file + " is not UTF-8");
    }

    @Test
    void cityscapesPolygonsGiveBoxes() throws Exception {
        Counts counts = read(Dataset.CITYSCAPES, "cityscapes");

        assertThat(only().parts()).extracting(Part::label).containsExactly("car");
        assertThat(only().parts().getFirst().mark()).containsExactly(100, 200, 300, 400);
        assertThat(counts.dropped()).isEqualTo(Map.of(NOT_COUNTED, 2L));
    }

    @Test
    void flickr30kSentencesNameTheBoxesOfTheirPhrases() throws Exception {
        Counts counts = read(Dataset.FLICKR30K, "flickr30k");

        assertThat(only().captions())
                .containsExactly(new Caption("Two men stand beside a green bush in a garden .", List.of(0, 1, 2)));
        assertThat(only().parts()).extracting(Part::label).containsExactly("people", "people", "a green bush");
        assertThat(counts.dropped()).isEqualTo(Map.of("no box for any of its phrases", 1L));
    }

    @Test
    void gritNamesItsPhrasesByTheirCharacters() throws Exception {
        read(Dataset.GRIT, "grit.jsonl");

        assertThat(only().parts())
                .extracting(Part::label)
                .containsExactly("a wire hanger with a paper cover", "a paper cover".substring(0, 13));
        assertThat(only().parts().getLast().mark()).containsExactly(20, 30, 160, 90);
        assertThat(only().captions()).containsExactly(new Caption("a wire hanger with a paper cover", List.of(0, 1)));
    }

    @Test
    void gritAsPublishedIsParquet() throws Exception {
        Counts counts = read(Dataset.GRIT, "grit.parquet"); // by pyarrow 25: snappy, two row groups, ten columns

        assertThat(read).extracting(AnnotatedPicture::image).containsExactly("1795296605919.jpg", "1795296605920.jpg");
        assertThat(read.getFirst().parts())
                .extracting(Part::label)
                .containsExactly("a wire hanger with a paper cover", "a paper cover");
        assertThat(read.getFirst().parts().getLast().mark()).containsExactly(20, 30, 160, 90);
        assertThat(read.getLast().captions()).containsExactly(new Caption("Zwei Äpfel", List.of(0)));
        assertThat(read.getLast().parts()).extracting(Part::label).containsExactly("Äpfel");
        assertThat(counts.in()).isEqualTo(5);
        assertThat(counts.kept()).isEqualTo(5);
    }

    @Test
    void aDamagedParquetFileIsNamed() throws Exception {
        byte[] whole = Files.readAllBytes(own("grit.parquet"));
        Path half = Files.write(scratch.resolve("half.parquet"), Arrays.copyOf(whole, whole.length / 2));
        byte[] wrong = whole.clone();
        Arrays.fill(wrong, 4, 400, (byte) 0x55);
        Path garbled = Files.write(scratch.resolve("garbled.parquet"), wrong);

        for (Path file : List.of(half, garbled)) {
            assertThatThrownBy(() -> read(Dataset.GRIT, file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void groundedConversationsHaveMasksInCompressedRuns() throws Exception {
        read(Dataset.OPENPSG_GCG, "openpsg-gcg.json");

        assertThat(only().captions()).containsExactly(new Caption("A woman on skis", List.of(0, 1)));
        assertThat(only().width()).isEqualTo(6);
        assertThat(only().parts()).extracting(Part::label).containsExactly("A woman", "skis");
        assertThat(outline(only().parts().getFirst()).runs()).containsExactly(5, 2, 2, 2, 13);
        assertThat(only().parts().getFirst().mark()).containsExactly(1, 1, 3, 3);
        assertThat(only().parts().getLast().mark()).containsExactly(2, 0, 3, 4);
    }

    @Test
    void aPointQuestionNamesItsPoint() throws Exception {
        Counts counts = read(Dataset.POINT_QA, "point-qa.jsonl");

        Dialogue dialogue = only().dialogues().getFirst();
        assertThat(dialogue.turns()).containsExactly(new Turn("What color is the shirt <Region 1>?", "red"));
        assertThat(dialogue.marks().getFirst()).containsExactly(40, 30);
        assertThat(counts.dropped()).isEqualTo(Map.of(NO_PICTURE, 1L));
        assertThat(PointQa.named("What is this?")).isEqualTo("What is this at <Region 1>?");
        assertThat(PointQa.named("This man is what?")).isEqualTo("The man <Region 1> is what?");
    }

    @Test
    void visual7wAnswersWithTheTagOfTheRightBox() throws Exception {
        Counts counts = read(Dataset.VISUAL7W, "visual7w.json");

        Dialogue dialogue = only().dialogues().getFirst();
        Turn turn = dialogue.turns().getFirst();
        assertThat(turn.question())
                .isEqualTo("Which animal barks? Choose from <Region 1>, <Region 2>, <Region 3> and <Region 4>.");
        int answer = Integer.parseInt(turn.answer().replaceAll("\\D", ""));
        assertThat(dialogue.marks().get(answer - 1)).containsExactly(20, 1, 30, 11);
        assertThat(counts.dropped()).isEqualTo(Map.of("a box that it names is not there", 1L));
    }

    @Test
    void vcrsPeopleBecomeTagsInTheOrderOfTheWords() throws Exception {
        read(Dataset.VCR, "vcr");

        Dialogue dialogue = only().dialogues().getFirst();
        assertThat(dialogue.turns())
                .containsExactly(
                        new Turn(
                                "Why is <Region 1> looking at <Region 2> and <Region 3>?",
                                "Because <Region 2>'s late."),
                        new Turn("Why?", "<Region 2> holds <Region 3>."));
        assertThat(dialogue.marks().getFirst()).containsExactly(60, 10, 90, 60);
    }

    @Test
    void ospreyHasConversationsAndDescriptions() throws Exception {
        read(Dataset.OSPREY_724K, "osprey-724k.json");

        assertThat(read.getFirst().dialogues().getFirst().turns())
                .containsExactly(new Turn("What is <Region 1> doing?", "<Region 1> looks at <Region 2>."));
        Dialogue described = read.getLast().dialogues().getFirst();
        assertThat(described.task()).isEqualTo(SampleTask.DETAILED);
        assertThat(described.turns().getFirst().answer()).isEqualTo("<Region 1>: The region it is a dog.");
    }

    @Test
    void captionsOfWholePicturesKeepTheirParagraphs() throws Exception {
        for (Dataset dataset : List.of(Dataset.SHAREGPT4V, Dataset.ALLAVA_LAION)) {
            read.clear();
            read(dataset, "sharegpt4v.json");

            assertThat(only().captions()).containsExactly(new Caption("A long\n\ncaption.", List.of()));
            assertThat(only().width()).isEqualTo(100);
        }
    }

    @Test
    void docBanksTokensBecomeBlocks() throws Exception {
        read(Dataset.DOCBANK, "docbank");

        assertThat(only().parts()).extracting(Part::label).containsExactly("title", "figure");
        assertThat(only().parts()).extracting(Part::text).containsExactly("Deep Nets", null);
        assertThat(only().parts().getFirst().mark()).containsExactly(10, 4, 30, 5.6);
    }

    @Test
    void eachReadingChallengeHasItsOwnLine() throws Exception {
        Map<Dataset, String> texts = Map.of(
                Dataset.ICDAR13, "Tiredness",
                Dataset.ICDAR15, "Genaxis, Theatre",
                Dataset.MLT17, "Bon, jour",
                Dataset.CTW1500, "CAFÉ",
                Dataset.TOTAL_TEXT, "Don't");
        for (var one : texts.entrySet()) {
            read.clear();
            read(one.getKey(), one.getKey().word());

            assertThat(only().parts()).extracting(Part::text).containsExactly(one.getValue());
            assertThat(only().image()).isEqualTo("img_1.png");
            assertThat(only().parts().getFirst().outline() == null)
                    .as("%s has polygons", one.getKey())
                    .isEqualTo(one.getKey() == Dataset.ICDAR13);
        }
        assertThat(read(Dataset.ICDAR15, "icdar15").dropped())
                .isEqualTo(Map.of(NOT_COUNTED, 1L, "the line cannot be read", 1L));
        assertThat(read(Dataset.MLT19, "mlt17").kept()).isEqualTo(1);
    }

    @Test
    void androidScreensHaveElementsInSharesOfTheScreen() throws Exception {
        read(Dataset.AITW, "aitw.jsonl");

        assertThat(only().image()).isEqualTo("77/2.png");
        assertThat(only().parts()).extracting(Part::label).containsExactly("text", "icon home");
        assertThat(only().parts().getFirst().mark()).containsExactly(20, 20, 50, 30);
        assertThat(only().parts().getFirst().text()).isEqualTo("Play Store");
    }

    @Test
    void androidScreensAsPublishedAreTfRecordsWithTheirPixels() throws Exception {
        Counts counts = read(Dataset.AITW, "aitw"); // by TensorBoard's writer: two gzipped records

        assertThat(read).extracting(AnnotatedPicture::image).containsExactly("77/0.png", "77/1.png");
        assertThat(read.getFirst().parts()).extracting(Part::label).containsExactly("text", "icon home");
        assertThat(read.getFirst().parts().getFirst().mark())
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(4, 4, 10, 6);
        assertThat(read.getLast().parts()).extracting(Part::text).containsExactly("Café");
        assertThat(counts.in()).isEqualTo(3);
        BufferedImage screen = ImageIO.read(pictures.resolve("77/1.png").toFile());
        assertThat(screen.getWidth()).isEqualTo(20);
        assertThat(screen.getHeight()).isEqualTo(40);
        assertThat(screen.getRGB(3, 5) & 0xffffff).isEqualTo(36 << 16 | 86 << 8 | 136); // 7 x + 3 y, and 50 a colour
    }

    @Test
    void aDamagedTfRecordIsNamedWithItsNumber() throws Exception {
        byte[] whole;
        try (var in = new GZIPInputStream(Files.newInputStream(own("aitw/google_apps-00000-of-00001")))) {
            whole = in.readAllBytes();
        }
        byte[] otherPixel = whole.clone();
        otherPixel[whole.length - 200] ^= 1;
        byte[] otherLength = whole.clone();
        otherLength[6] ^= 1;

        assertThatThrownBy(() -> readRecords(whole.clone(), whole.length - 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("record 2: it ends in the middle");
        assertThatThrownBy(() -> readRecords(otherPixel, whole.length))
                .hasMessageContaining("record 2: its checksum is wrong");
        assertThatThrownBy(() -> readRecords(otherLength, whole.length))
                .hasMessageContaining("record 1: the checksum of its length is wrong");
        readRecords(whole, whole.length); // not gzipped is as good

        byte[] gzipped = Files.readAllBytes(own("aitw/google_apps-00000-of-00001"));
        assertThatThrownBy(() -> readRecords(gzipped, gzipped.length / 2)).hasMessageContaining("ends in the middle");
    }

    @Test
    void aFolderWithoutTheFilesThatAreWantedIsNamed() {
        for (Dataset dataset : List.of(Dataset.GRIT, Dataset.AITW, Dataset.PASCAL_VOC, Dataset.DOCBANK)) {
            assertThatThrownBy(() -> read(dataset, scratch))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("file is in %s".formatted(scratch));
        }
    }

    private void readRecords(byte[] records, int length) throws IOException {
        read(Dataset.AITW, Files.write(scratch.resolve("records"), Arrays.copyOf(records, length)));
    }

    @Test
    void anElementOfAPageThatNobodyNamesIsDropped() throws Exception {
        Counts counts = read(Dataset.SEECLICK, "seeclick.json");

        assertThat(only().parts()).extracting(Part::label).containsExactly("Log in");
        assertThat(counts.dropped()).isEqualTo(Map.of("nothing is said of it", 1L));
    }

    @Test
    void whatComesOutGoesThroughALineUnchanged() throws Exception {
        read(Dataset.VISUAL_GENOME, "visual-genome");
        read(Dataset.COCO, "coco.json");
        read(Dataset.VCR, "vcr");

        for (AnnotatedPicture picture : read) {
            assertThat(picture.line()).doesNotContain("\n");
            assertThat(AnnotatedPicture.parse(picture.line()).line()).isEqualTo(picture.line());
        }
    }

    @Test
    void aFileThatBreaksOffIsNamedWithItsLine() throws IOException {
        Path file = pictures.resolve("half.json");
        Files.writeString(file, "[{\"id\": 1, \"image\": \"1.png\"},\n {\"id\": 2, \"im");

        assertThatThrownBy(() -> Dataset.SHAREGPT4V.read(file, intake()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("half.json is damaged at line 2")
                .hasMessageNotContaining("Source");
    }

    @Test
    void aPictureOutsideItsFolderIsNotLookedAt() throws IOException {
        ImageIO.write(
                new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB),
                "png",
                scratch.resolve("secret.png").toFile());

        assertThat(intake().size("../" + scratch.getFileName() + "/secret.png")).isEmpty();
        assertThat(intake().size("1.png")).isPresent();
    }

    @Test
    void aDatasetThatNobodyKnowsIsAnsweredWithAllThatAreKnown() {
        assertThatThrownBy(() -> Dataset.of("imagenet"))
                .hasMessageStartingWith("there is no dataset 'imagenet': it is one of coco, lvis, objects365");
    }

    private Counts read(Dataset dataset, String own) throws IOException, URISyntaxException {
        return read(dataset, own(own));
    }

    private Counts read(Dataset dataset, Path from) throws IOException {
        Intake intake = intake();
        dataset.read(from, intake);
        Counts counts = intake.close();
        assertThat(counts.in())
                .isEqualTo(counts.kept()
                        + counts.dropped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
        return counts;
    }

    private Intake intake() {
        return new Intake(scratch, Optional.of(pictures), read::add);
    }

    private AnnotatedPicture only() {
        assertThat(read).hasSize(1);
        return read.getFirst();
    }

    private static Path own(String name) throws URISyntaxException {
        return new File(DatasetTest.class.getResource(name).toURI()).toPath();
    }

    private static Outline outline(Part part) {
        return Objects.requireNonNull(part.outline(), "it has an outline");
    }
}
