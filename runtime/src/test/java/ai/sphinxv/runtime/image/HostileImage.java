package ai.sphinxv.runtime.image;

/**
 * A file that no honest camera or program writes.
 *
 * @param family what is wrong with all of its kind
 * @param name which one it is
 * @param fate what has to become of it
 */
record HostileImage(String family, String name, byte[] file, Fate fate) {

    /** @param memory most bytes that the heap may be asked for */
    record Fate(boolean readable, boolean refusable, int width, int height, long memory) {
        private static final long LITTLE = 1 << 20;
        private static final int ANY_SIDE = 0;

        /** By its header: before memory for any pixel is taken. */
        static final Fate REFUSED_AT_ONCE = new Fate(false, true, ANY_SIDE, ANY_SIDE, LITTLE);

        static final Fate REFUSED = new Fate(false, true, ANY_SIDE, ANY_SIDE, 16 * LITTLE);

        /** It may have any size that such a small file can have. */
        static final Fate ANY = new Fate(true, true, ANY_SIDE, ANY_SIDE, 16 * LITTLE);

        static Fate read(int width, int height) {
            return new Fate(true, false, width, height, memory(width, height));
        }

        static Fate either(int width, int height) {
            return new Fate(true, true, width, height, memory(width, height));
        }

        private static long memory(int width, int height) {
            return 2 * LITTLE + 8L * width * height;
        }

        boolean fits(RgbImage picture) {
            return width == ANY_SIDE || picture.width() == width && picture.height() == height;
        }
    }

    @Override
    public String toString() {
        return family + ": " + name;
    }
}
