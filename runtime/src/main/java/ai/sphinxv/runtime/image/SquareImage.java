package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.bundle.ModelConfig;

/**
 * A picture as the vision encoder reads it (reference-model 4). S is the side of the padded square.
 *
 * @param pixels [3,S,S] red, green and blue, normalised by mean and standard deviation
 * @param visible [5] for each view 1 where it has pixels of the picture, 0 where it is padding only
 */
public record SquareImage(float[] pixels, float[] visible) {

    /** Pads the picture to a square, resizes it as PIL's bicubic filter does, and normalises it. */
    public static SquareImage of(RgbImage picture, ModelConfig.Image config) {
        var square = PaddedSquare.of(picture, config.padding());
        byte[] rgb = SquareResize.resize(picture, square, config.size(), config.fill());
        return new SquareImage(normalize(rgb, config), visible(square));
    }

    private static float[] normalize(byte[] rgb, ModelConfig.Image config) {
        int plane = rgb.length / 3;
        float[] pixels = new float[rgb.length];
        for (int channel = 0; channel < 3; channel++) {
            double mean = config.mean().get(channel);
            double std = config.std().get(channel);
            float[] value = new float[256];
            for (int level = 0; level < value.length; level++) {
                value[level] = (float) ((level / 255.0 - mean) / std);
            }
            for (int i = 0; i < plane; i++) {
                pixels[channel * plane + i] = value[rgb[3 * i + channel] & 0xff];
            }
        }
        return pixels;
    }

    private static float[] visible(PaddedSquare square) {
        float left = 2 * square.padX() < square.side() ? 1 : 0;
        float right = 2 * (square.padX() + square.width()) > square.side() ? 1 : 0;
        float top = 2 * square.padY() < square.side() ? 1 : 0;
        float bottom = 2 * (square.padY() + square.height()) > square.side() ? 1 : 0;
        return new float[] {1, top * left, top * right, bottom * left, bottom * right};
    }
}
