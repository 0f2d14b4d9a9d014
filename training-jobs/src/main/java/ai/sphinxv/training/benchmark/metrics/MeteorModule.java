package ai.sphinxv.training.benchmark.metrics;

/** How two phrases can be the same to METEOR, in the order in which it tries. */
enum MeteorModule {
    EXACT(1, 1),
    STEM(0.6, 0.5),
    SYNONYM(0.8, 0.5),
    PARAPHRASE(0.6, 0.5);

    /** What such a match counts in the score. */
    final double weight;

    /** What it counts while the best alignment is looked for, which is not the same. */
    final double searchWeight;

    MeteorModule(double weight, double searchWeight) {
        this.weight = weight;
        this.searchWeight = searchWeight;
    }
}
