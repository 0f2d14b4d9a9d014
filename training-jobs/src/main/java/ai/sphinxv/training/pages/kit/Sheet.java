package ai.sphinxv.training.pages.kit;

/**
 * A page to be rendered.
 *
 * @param width of the viewport in CSS pixels
 * @param height of the viewport in CSS pixels
 * @param scale pixels of the picture per CSS pixel
 * @param quality of the JPEG, 1 to 100, or 0 for PNG
 * @param textLines how many single lines of text to keep as regions at most
 */
public record Sheet(String html, int width, int height, double scale, int quality, int textLines) {}
