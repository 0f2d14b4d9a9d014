package ai.sphinxv.training.torch;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Marks;
import ai.sphinxv.training.data.Batches.Texts;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One stage's optimizer over the parameters that the stage trains. Every method is one step and gives its loss. */
public final class Learner implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.95;

    private final Processor processor;
    private final boolean bf16;
    private final SphinxVTensors model;
    private final TensorVector trained;
    private final AdamW optimizer;
    private final double clip;

    /**
     * @param trained which parameters learn; the others get no gradient and stay as they are, bit for bit
     * @param decay weight decay of AdamW
     * @param clip largest global norm of a step's gradient
     * @param bf16 whether forward passes are in bf16 where that is exact enough
     */
    public Learner(
            ModelConfig config,
            Parameters parameters,
            Predicate<String> trained,
            double decay,
            double clip,
            boolean bf16) {
        this.processor = parameters.processor();
        this.bf16 = bf16;
        this.model = new SphinxVTensors(config, parameters);
        this.trained = parameters.train(trained);
        this.clip = clip;
        var options = new AdamWOptions(1e-3);
        options.betas().put(0, BETA1);
        options.betas().put(1, BETA2);
        options.weight_decay().put(decay);
        this.optimizer = new AdamW(this.trained, options);
    }

    /** The region expert and the prompt encoder on what lies under each mark. */
    public double learnLooks(Marks batch, double rate) {
        return step(() -> model.looksLoss(batch), rate);
    }

    /** The language model on text alone. */
    public double learnText(Texts batch, double rate) {
        return step(() -> model.textLoss(batch), rate);
    }

    /** The whole chain on answers about marks. */
    public double learnAnswers(Answers batch, double rate) {
        return step(() -> model.answerLoss(batch), rate);
    }

    private double step(Supplier<Tensor> forward, double rate) {
        try (var scope = new PointerScope()) {
            optimizer.zero_grad();
            Tensor loss = bf16 ? processor.autocast(forward) : forward.get();
            loss.backward();
            torch.clip_grad_norm_(trained, clip);
            optimizer.param_groups().get(0).options().set_lr(rate);
            optimizer.step();
            return loss.item_double();
        }
    }

    @Override
    public void close() {
        optimizer.close();
        trained.close();
    }
}
