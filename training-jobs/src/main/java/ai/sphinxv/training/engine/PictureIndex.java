package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.AnnotatedPicture;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures are one picture. Those that look alike share a group, and with it a split; of those of one source the first
 * by name stays, since no dataset annotates a picture twice under two names on purpose. Pictures that are not there are told
 * apart by name. About 500 bytes a picture.
 */
final class PictureIndex implements Serializable {
    private static final long serialVersionUID = 1;

    /** One more than bits may differ: so two pictures that are near have a band in common, bit by bit. */
    private static final int BANDS = Fingerprint.NEAR + 1;

    private static final int BAND_BITS = Fingerprint.LOOKS / BANDS;

    /**
     * From a bit of a band to the next: six rows further down and five columns to the right. The margins of all pages look
     * alike, and a band of nothing else would have to be compared with that of every page.
     */
    private static final int STRIDE = 101;

    private final HashMap<String, Entry> entries = new HashMap<>();

    /** What is known of a picture: its fingerprint, its group and of which other one it is a copy. */
    private record Entry(
            Fingerprint print, String group, @Nullable String copyOf) implements Serializable {}

    PictureIndex() {}

    static String key(AnnotatedPicture picture) {
        return picture.source() + "\n" + picture.image();
    }

    /** @param prints by {@link #key}; the order is that of the keys, whoever computed them when */
    static PictureIndex of(SortedMap<String, Fingerprint> prints) {
        var index = new PictureIndex();
        var kept = new ArrayList<String>();
        Map<Long, List<Integer>> bands = new HashMap<>();
        Map<String, Map<String, String>> bySource = new HashMap<>();
        for (var one : prints.entrySet()) {
            String key = one.getKey();
            String source = key.substring(0, key.indexOf('\n'));
            Optional<String> near = index.near(one.getValue(), kept, bands);
            String group = near.map(other -> index.entry(other).group())
                    .orElseGet(() -> PictureKey.of(source, key.substring(key.indexOf('\n') + 1)));
            String copyOf = bySource.computeIfAbsent(group, any -> new HashMap<>())
                    .putIfAbsent(source, key.substring(key.indexOf('\n') + 1));
            boolean isCopy = copyOf != null && near.isPresent();
            index.entries.put(key, new Entry(one.getValue(), group, isCopy ? copyOf : null));
            if (near.isEmpty()) {
                for (int band = 0; band < BANDS; band++) {
                    bands.computeIfAbsent(band(one.getValue(), band), any -> new ArrayList<>())
                            .add(kept.size());
                }
                kept.add(key);
            }
        }
        return index;
    }

    private Optional<String> near(Fingerprint print, List<String> kept, Map<Long, List<Integer>> bands) {
        Set<Integer> seen = new HashSet<>();
        for (int band = 0; band < BANDS; band++) {
            for (int candidate : bands.getOrDefault(band(print, band), List.of())) {
                String key = kept.get(candidate);
                if (seen.add(candidate) && entry(key).print().isNear(print)) {
                    return Optional.of(key);
                }
            }
        }
        return Optional.empty();
    }

    private Entry entry(String key) {
        return Objects.requireNonNull(entries.get(key), "it was put there before");
    }

    private static long band(Fingerprint print, int band) {
        long bits = band;
        for (int i = band * BAND_BITS; i < (band + 1) * BAND_BITS; i++) {
            int bit = i * STRIDE % Fingerprint.LOOKS;
            bits = bits << 1 | print.looks()[bit / Long.SIZE] >>> bit % Long.SIZE & 1;
        }
        return bits;
    }

    /** How many pictures were seen. */
    int size() {
        return entries.size();
    }

    String group(AnnotatedPicture picture) {
        Entry entry = entries.get(key(picture));
        return entry == null ? PictureKey.of(picture.source(), picture.image()) : entry.group();
    }

    @Nullable
    Fingerprint print(AnnotatedPicture picture) {
        Entry entry = entries.get(key(picture));
        return entry == null ? null : entry.print();
    }

    /** Whether another picture of the same source looks like this one and stands for it. */
    boolean isCopy(AnnotatedPicture picture) {
        Entry entry = entries.get(key(picture));
        return entry != null && entry.copyOf() != null;
    }

    /** Takes a line's picture into the prints, unless it is there already. */
    static void print(String line, Pictures pictures, Map<String, Fingerprint> prints) {
        try {
            AnnotatedPicture picture = AnnotatedPicture.parse(line);
            String key = key(picture);
            if (!prints.containsKey(key)) {
                pictures.print(picture).ifPresent(print -> prints.put(key, print));
            }
        } catch (IOException e) {
            // a line that is no picture is counted where lines are
        }
    }
}
