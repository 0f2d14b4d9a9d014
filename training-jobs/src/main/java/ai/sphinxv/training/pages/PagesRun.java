package ai.sphinxv.training.pages;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Materials;
import ai.sphinxv.training.pages.kit.Sheet;
import ai.sphinxv.training.scenes.Split;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Makes the pictures of a split, domain by domain, and goes on where an earlier run was stopped. */
final class PagesRun {
    private static final long RUN_SEED = 7;
    private static final int SAVE_EVERY = 100;

    private final PagesOptions options;
    private final Materials materials;
    private final Chromium chromium;

    /** Whose pictures panels show. */
    private final List<DomainFile> shown = new ArrayList<>();

    private PagesRun(PagesOptions options, Materials materials, Chromium chromium) {
        this.options = options;
        this.materials = materials;
        this.chromium = chromium;
    }

    static void run(PagesOptions options, PrintStream log) throws IOException {
        try (var chromium = Chromium.open()) {
            run(options, chromium, log);
        }
    }

    static void run(PagesOptions options, Chromium chromium, PrintStream log) throws IOException {
        boolean isHeldOut = options.split() == Split.HELD_OUT;
        var materials = Materials.open(
                options.split(),
                isHeldOut ? options.heldOutIcons() : options.icons(),
                isHeldOut ? options.heldOutEmoji() : Optional.empty(),
                options.photos());
        var run = new PagesRun(options, materials, chromium);
        for (Domain domain : options.domains()) {
            run.make(domain, log);
        }
    }

    private void make(Domain domain, PrintStream log) throws IOException {
        if (domain == Domain.MULTI_PANEL) {
            for (Domain other : Domain.values()) {
                if (other != domain) {
                    shown.add(open(other));
                }
            }
        }
        DomainFile file = open(domain);
        long start = System.nanoTime();
        int made = 0;
        for (int number = 0; number < options.count(); number++) {
            if (file.has(number)) {
                continue;
            }
            make(domain, number, file);
            if (++made % SAVE_EVERY == 0) {
                file.save();
            }
        }
        file.save();
        double seconds = (System.nanoTime() - start) / 1e9;
        log.printf(Locale.ROOT, "%-18s %5d pictures, %.1f a second%n", domain.word(), made, made / seconds);
    }

    private DomainFile open(Domain domain) throws IOException {
        return DomainFile.open(options.out(), domain, options.split() == Split.TRAIN ? "train" : "val");
    }

    private void make(Domain domain, int number, DomainFile file) throws IOException {
        long seed = seed(domain, number);
        var kit = new Kit(seed, materials);
        if (domain == Domain.MULTI_PANEL) {
            var panels = PanelSheet.of(kit, options.out(), shown, number);
            Shot shot = chromium.render(panels.sheet());
            List<FoundRegion> regions = new ArrayList<>(shot.regions());
            regions.addAll(panels.shown());
            write(file, number, panels.sheet(), new Shot(shot.image(), regions), seed);
        } else {
            Sheet sheet = domain.sheet(kit);
            write(file, number, sheet, chromium.render(sheet), seed);
        }
    }

    private static void write(DomainFile file, int number, Sheet sheet, Shot shot, long seed) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(shot.image()));
        List<FoundRegion> kept = RegionFilter.keep(shot.regions(), picture, sheet.textLines(), seed);
        file.add(number, new Shot(shot.image(), kept), picture.getWidth(), picture.getHeight(), sheet.quality() == 0);
    }

    /** A number for each picture of each split and domain; near ones are far from each other. */
    private long seed(Domain domain, int number) {
        long seed = options.split().seed(RUN_SEED);
        seed = 31 * seed + domain.ordinal();
        seed = seed * 0x9E37_79B9_7F4A_7C15L + options.split().index(number);
        return seed * 0xD134_2543_DE82_EF95L;
    }
}
