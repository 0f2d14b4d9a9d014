package ai.sphinxv.training;

/** Learning rate over a stage: up in a straight line for the first 3 % of the steps, then half a cosine down to 0. */
record Schedule(int steps, double peak) {
    private static final double WARM_UP = 0.03;

    double rate(int step) {
        double warmUp = Math.max(1, steps * WARM_UP);
        if (step < warmUp) {
            return peak * (step + 1) / warmUp;
        }
        return peak * 0.5 * (1 + Math.cos(Math.PI * (step - warmUp) / Math.max(1, steps - warmUp)));
    }
}
