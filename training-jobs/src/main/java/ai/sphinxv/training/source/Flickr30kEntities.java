package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.VocReader.Voc;
import ai.sphinxv.training.source.VocReader.VocObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flickr30k Entities, a folder with Annotations/ID.xml (Pascal VOC's form, the names are numbers of phrases) and
 * Sentences/ID.txt ({@code [/EN#12/people Two men] talk}). A sentence becomes a caption of the boxes that its phrases have.
 */
final class Flickr30kEntities {
    private static final Pattern PHRASE = Pattern.compile("\\[/EN#(\\d+)(/[^ ]*)? ([^\\]]*)\\]");

    private Flickr30kEntities() {}

    static void read(Path folder, Intake intake) throws IOException {
        for (Path file : FolderFiles.of(folder.resolve("Annotations"), ".xml")) {
            String id = FolderFiles.stem(file);
            Voc voc = VocReader.read(file);
            Path sentences = folder.resolve("Sentences").resolve(id + ".txt");
            List<String> lines = Files.exists(sentences) ? FolderFiles.lines(sentences) : List.of();
            picture(id, voc, lines.stream().filter(line -> !line.isBlank()).toList(), intake);
        }
    }

    private static void picture(String id, Voc voc, List<String> sentences, Intake intake) throws IOException {
        Map<String, String> kinds = kinds(sentences);
        var parts = new ArrayList<Part>();
        Map<String, List<Integer>> ofPhrase = new HashMap<>();
        for (VocObject object : voc.objects()) {
            for (double[] box : object.boxes()) {
                for (String number : object.names()) {
                    ofPhrase.computeIfAbsent(number, any -> new ArrayList<>()).add(parts.size());
                }
                parts.add(Part.of(box, kinds.getOrDefault(object.names().getFirst(), "")));
            }
        }
        var captions = new ArrayList<Caption>();
        for (String sentence : sentences) {
            List<Integer> named = named(sentence, ofPhrase);
            if (named.isEmpty()) {
                intake.drop("no box for any of its phrases", 1);
            } else {
                captions.add(new Caption(PHRASE.matcher(sentence).replaceAll("$3"), named));
            }
        }
        intake.read(parts.size() + sentences.size());
        Dataset flickr = Dataset.FLICKR30K;
        intake.accept(new AnnotatedPicture(
                flickr.word(),
                id,
                id + ".jpg",
                flickr.domain(),
                voc.width(),
                voc.height(),
                flickr.licence(),
                parts,
                captions,
                List.of(),
                List.of()));
    }

    /** What a phrase is: people, clothing, animals. */
    private static Map<String, String> kinds(List<String> sentences) {
        var kinds = new HashMap<String, String>();
        for (String sentence : sentences) {
            for (Matcher phrase = PHRASE.matcher(sentence); phrase.find(); ) {
                String kind = phrase.group(2) == null ? "" : phrase.group(2).substring(1);
                kinds.put(phrase.group(1), kind.equals("other") ? phrase.group(3) : kind.replace('/', ' '));
            }
        }
        return kinds;
    }

    private static List<Integer> named(String sentence, Map<String, List<Integer>> ofPhrase) {
        var named = new ArrayList<Integer>();
        for (Matcher phrase = PHRASE.matcher(sentence); phrase.find(); ) {
            ofPhrase.getOrDefault(phrase.group(1), List.of()).stream()
                    .filter(part -> !named.contains(part))
                    .forEach(named::add);
        }
        return named;
    }
}
