package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Pascal VOC's XML, one file a picture: {@code size}, and {@code object} with {@code name}, {@code bndbox}, {@code difficult}. */
final class VocReader {
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private VocReader() {}

    /** A file: the picture's name and size, and its objects. */
    record Voc(String image, int width, int height, List<VocObject> objects) {}

    /**
     * @param names it has one in VOC, several in Flickr30k Entities
     * @param boxes left, top, right and bottom edges in pixels; VOC counts pixels from 1
     */
    record VocObject(List<String> names, List<double[]> boxes, boolean isDifficult) {}

    /** All files of a folder, by name. */
    static void readFolder(Dataset dataset, Path folder, Intake intake) throws IOException {
        for (Path file : FolderFiles.of(folder, ".xml")) {
            Voc voc = read(file);
            var parts = new ArrayList<Part>();
            for (VocObject object : voc.objects()) {
                intake.read(object.boxes().size());
                for (double[] box : object.boxes()) {
                    parts.add(Part.of(
                            box, object.names().isEmpty() ? "" : object.names().getFirst()));
                }
            }
            intake.accept(dataset.picture(
                    FolderFiles.stem(file), voc.image(), voc.width(), voc.height(), parts, List.of(), List.of()));
        }
    }

    static Voc read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            XMLStreamReader xml = XML.createXMLStreamReader(in);
            return parse(xml, FolderFiles.stem(file) + ".jpg");
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException("%s is no annotation of Pascal VOC: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Voc parse(XMLStreamReader xml, String fallback) throws XMLStreamException {
        String image = fallback;
        int width = 0;
        int height = 0;
        var objects = new ArrayList<VocObject>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "filename" -> image = xml.getElementText().strip();
                case "width" -> width = Integer.parseInt(xml.getElementText().strip());
                case "height" -> height = Integer.parseInt(xml.getElementText().strip());
                case "object" -> objects.add(object(xml));
                default -> {}
            }
        }
        return new Voc(image, width, height, objects);
    }

    private static VocObject object(XMLStreamReader xml) throws XMLStreamException {
        var names = new ArrayList<String>();
        var boxes = new ArrayList<double[]>();
        boolean isDifficult = false;
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "name" -> names.add(xml.getElementText().strip());
                    case "difficult" ->
                        isDifficult = xml.getElementText().strip().equals("1");
                    case "bndbox" -> boxes.add(box(xml));
                    case "part" -> skip(xml); // a person's head in VOC's layout task
                    default -> depth++;
                }
            }
        }
        return new VocObject(names, boxes, isDifficult);
    }

    private static double[] box(XMLStreamReader xml) throws XMLStreamException {
        double[] box = new double[4];
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            int edge = List.of("xmin", "ymin", "xmax", "ymax").indexOf(xml.getLocalName());
            double value = Double.parseDouble(xml.getElementText().strip());
            if (edge >= 0) {
                box[edge] = edge < 2 ? value - 1 : value;
            }
        }
        return box;
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }
}
