package ai.sphinxv.training.data;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;

/** Cuts of marks as levels 0 to 255, a quarter of the memory, and back to what networks read. */
public final class Levels {
    private final double[] means;
    private final double[] stds;
    private final int plane;

    public Levels(ModelConfig.Image image, Regions regions) {
        this.means = image.mean().stream().mapToDouble(Double::doubleValue).toArray();
        this.stds = image.std().stream().mapToDouble(Double::doubleValue).toArray();
        this.plane = regions.crop() * regions.crop();
    }

    /** Levels of one mark [CUTS * 3 * crop * crop]. */
    public int ofMark() {
        return Regions.CUTS * 3 * plane;
    }

    /** Normalised numbers of one of the marks, counted from 0, as levels. */
    public byte[] of(float[] pixels, int mark) {
        byte[] levels = new byte[ofMark()];
        int from = mark * ofMark();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.clamp(Math.round(255 * (pixels[from + i] * std(i) + mean(i))), 0, 255);
        }
        return levels;
    }

    /** Back, into {@code target} from place {@code at} on. */
    void into(byte[] levels, float[] target, int at) {
        for (int i = 0; i < levels.length; i++) {
            target[at + i] = (float) (((levels[i] & 0xff) / 255.0 - mean(i)) / std(i));
        }
    }

    private double mean(int i) {
        return means[i / plane % 3];
    }

    private double std(int i) {
        return stds[i / plane % 3];
    }
}
