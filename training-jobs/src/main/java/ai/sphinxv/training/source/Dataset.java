package ai.sphinxv.training.source;

import static ai.sphinxv.training.source.PictureDomain.DOCUMENT;
import static ai.sphinxv.training.source.PictureDomain.MOBILE_SCREENSHOT;
import static ai.sphinxv.training.source.PictureDomain.NATURAL;
import static ai.sphinxv.training.source.PictureDomain.OCR;
import static ai.sphinxv.training.source.PictureDomain.WEB_SCREENSHOT;

import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.CocoReader.Words;
import ai.sphinxv.training.source.SpottingReader.Grammar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The public datasets that can be read (paper, Tables 1 and 2): which file or folder each wants, and by which reader. The
 * licences are those of the annotations as their publishers word them; pictures have their own.
 */
public enum Dataset {
    COCO(NATURAL, "CC BY 4.0", coco(Words.CLASSES)),
    LVIS(NATURAL, "CC BY 4.0", coco(Words.CLASSES)),
    OBJECTS365(NATURAL, "CC BY 4.0", coco(Words.CLASSES)),
    V3DET(NATURAL, "CC BY 4.0", coco(Words.CLASSES)),
    OPENIMAGES(NATURAL, "CC BY 4.0", (dataset, from, intake) -> OpenImages.read(from, intake)),
    VISUAL_GENOME(NATURAL, "CC BY 4.0", (dataset, from, intake) -> VisualGenome.read(from, intake)),
    PASCAL_VOC(NATURAL, "Flickr terms of use", VocReader::readFolder),
    ADE20K(NATURAL, "BSD-3-Clause", SemanticMaps::read),
    CITYSCAPES(
            NATURAL,
            "Cityscapes terms of use, non-commercial",
            (dataset, from, intake) -> Cityscapes.read(from, intake)),
    CITYSCAPES_MAPS(NATURAL, "Cityscapes terms of use, non-commercial", SemanticMaps::read),
    VOC_MAPS(NATURAL, "Flickr terms of use", SemanticMaps::read),
    FLICKR30K(
            NATURAL,
            "Flickr terms of use, research only",
            (dataset, from, intake) -> Flickr30kEntities.read(from, intake)),
    FLICKR30K_MDETR(NATURAL, "Flickr terms of use, research only", coco(Words.GROUNDED)),
    REFCOCO(NATURAL, "Apache-2.0", coco(Words.REFERRING)),
    REFCOCO_PLUS(NATURAL, "Apache-2.0", coco(Words.REFERRING)),
    REFCOCOG(NATURAL, "CC BY 4.0", coco(Words.REFERRING)),
    OPENPSG_GCG(NATURAL, "CC BY-NC-SA 4.0", (dataset, from, intake) -> OpenPsgGcg.read(from, intake)),
    GRIT(NATURAL, "MS-PL", (dataset, from, intake) -> Grit.read(from, intake)),
    POINT_QA(NATURAL, "not stated", (dataset, from, intake) -> PointQa.read(from, intake)),
    VISUAL7W(NATURAL, "MIT", (dataset, from, intake) -> Visual7W.read(from, intake)),
    VCR(NATURAL, "VCR licence, research only", (dataset, from, intake) -> Vcr.read(from, intake)),
    OSPREY_724K(NATURAL, "Apache-2.0", (dataset, from, intake) -> Osprey724k.read(from, intake)),
    SHAREGPT4V(NATURAL, "CC BY-NC 4.0", WholeCaptions::read),
    ALLAVA_LAION(NATURAL, "CC BY-NC 4.0", WholeCaptions::read),
    DOCBANK(DOCUMENT, "Apache-2.0", (dataset, from, intake) -> DocBank.read(from, intake)),
    PUBLAYNET(DOCUMENT, "CDLA-Permissive-1.0", coco(Words.CLASSES)),
    DOCLAYNET(DOCUMENT, "CDLA-Permissive-1.0", coco(Words.CLASSES)),
    M6DOC(DOCUMENT, "CC BY-NC-ND 4.0", coco(Words.CLASSES)),
    ICDAR13(OCR, "not stated", spotting(Grammar.ICDAR13)),
    ICDAR15(OCR, "CC BY 4.0", spotting(Grammar.ICDAR15)),
    MLT17(OCR, "CC BY 4.0", spotting(Grammar.MLT)),
    MLT19(OCR, "CC BY 4.0", spotting(Grammar.MLT)),
    CTW1500(OCR, "not stated", spotting(Grammar.CTW1500)),
    TOTAL_TEXT(OCR, "BSD-3-Clause", spotting(Grammar.TOTAL_TEXT)),
    CURVED_SYNTEXT150K(OCR, "not stated", coco(Words.SPOTTING)),
    AITW(MOBILE_SCREENSHOT, "CC BY 4.0", (dataset, from, intake) -> AndroidInTheWild.read(from, intake)),
    SEECLICK(WEB_SCREENSHOT, "Apache-2.0", (dataset, from, intake) -> SeeClick.read(from, intake)),
    REGIONS(NATURAL, "per picture", (dataset, from, intake) -> RegionPictures.read(from, intake));

    private final PictureDomain domain;
    private final String licence;
    private final Reader reader;

    /** Reads a dataset from its file or folder. */
    private interface Reader {
        void read(Dataset dataset, Path from, Intake intake) throws IOException;
    }

    Dataset(PictureDomain domain, String licence, Reader reader) {
        this.domain = domain;
        this.licence = licence;
        this.reader = reader;
    }

    private static Reader coco(Words words) {
        return (dataset, from, intake) -> CocoReader.read(dataset, words, from, intake);
    }

    private static Reader spotting(Grammar grammar) {
        return (dataset, from, intake) -> SpottingReader.readFolder(dataset, grammar, from, intake);
    }

    /** As a command and files call it: {@code pascal-voc}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if none is called so; the message names all */
    public static Dataset of(String word) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no dataset '%s': it is one of %s"
                        .formatted(
                                word, Arrays.stream(values()).map(Dataset::word).collect(Collectors.joining(", ")))));
    }

    PictureDomain domain() {
        return domain;
    }

    String licence() {
        return licence;
    }

    /** Reads all of it, picture by picture, in an order that follows from the files alone. */
    public void read(Path from, Intake intake) throws IOException {
        reader.read(this, from, intake);
    }

    AnnotatedPicture picture(
            String id,
            String image,
            int width,
            int height,
            List<Part> parts,
            List<Relation> relations,
            List<Dialogue> dialogues) {
        return new AnnotatedPicture(
                word(), id, image, domain, width, height, licence, parts, List.of(), relations, dialogues);
    }
}
