package ai.sphinxv.training.benchmark.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lists that METEOR 1.5 looks words up in: two of its own, which are LGPL and not part of this project, and WordNet. */
record MeteorData(MeteorNormalizer normalizer, Set<String> functionWords, WordNet wordNet) {
    static final String FUNCTION_WORDS = "function-words-en.txt";
    static final String PREFIXES = "nonbreaking-prefixes-en.txt";

    /** @return none if the folder lacks one of the two lists */
    static Optional<MeteorData> open(Path folder) throws IOException {
        Path words = folder.resolve(FUNCTION_WORDS);
        Path prefixes = folder.resolve(PREFIXES);
        if (!Files.exists(words) || !Files.exists(prefixes)) {
            return Optional.empty();
        }
        var normalizer = new MeteorNormalizer(Files.readAllLines(prefixes));
        return Optional.of(new MeteorData(normalizer, new HashSet<>(Files.readAllLines(words)), WordNet.open()));
    }

    Meteor with(ParaphraseTable table) {
        return new Meteor(normalizer, functionWords, new MeteorMatcher(wordNet, table));
    }

    /** All words of these captions, as METEOR sees them. */
    Set<String> words(Stream<String> captions) {
        return captions.map(normalizer::words).flatMap(List::stream).collect(Collectors.toSet());
    }
}
