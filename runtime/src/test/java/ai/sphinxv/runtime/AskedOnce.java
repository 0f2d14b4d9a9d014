package ai.sphinxv.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.nio.file.Path;
import java.util.List;

/** A process that opens a bundle, asks it, meets an error of ONNX Runtime, and ends: for who watches it from outside. */
final class AskedOnce {
    private AskedOnce() {}

    /** @param arguments the bundle's folder, the question */
    public static void main(String[] arguments) {
        var question = Question.of(new RgbImage(4, 2, new byte[24]), List.of(new Box(0, 0, 2, 2)), arguments[1]);
        try (var model = SphinxV.open(Path.of(arguments[0]), RuntimeOptions.defaults())) {
            System.out.println(model.answer(question).text());
        }
        try {
            OrtEnvironment.getEnvironment().createSession(new byte[] {1, 2, 3});
        } catch (OrtException e) {
            System.out.println("refused: " + e.getCode());
        }
    }
}
