package ai.sphinxv.training.benchmark;

/** So many of so many, with Wilson's 95 % interval. */
public record Share(int right, int of) {
    private static final double Z = 1.959963984540054; // 97.5 % of a normal distribution lie below

    Share plus(boolean isRight) {
        return plus(new Share(isRight ? 1 : 0, 1));
    }

    public Share plus(Share other) {
        return new Share(right + other.right, of + other.of);
    }

    public double value() {
        return of == 0 ? 0 : (double) right / of;
    }

    /** Divided last, so that 70 of 100 are 70 percent and not a little less. */
    double percent() {
        return of == 0 ? 0 : 100.0 * right / of;
    }

    /** Lower end of the interval; of nothing asked, 0. */
    public double low() {
        return of == 0 ? 0 : Math.max(0, bound(-1));
    }

    /** Upper end of the interval; of nothing asked, 1. */
    public double high() {
        return of == 0 ? 1 : Math.min(1, bound(1));
    }

    private double bound(int side) {
        double middle = value() + Z * Z / (2 * of);
        double spread = Z * Math.sqrt((value() * (1 - value()) + Z * Z / (4.0 * of)) / of);
        return (middle + side * spread) / (1 + Z * Z / of);
    }

    /** For instance "94.2 % (93.1 to 95.2, n = 1804)". */
    @Override
    public String toString() {
        return of == 0
                ? "not measured (n = 0)"
                : "%.1f %% (%.1f to %.1f, n = %d)".formatted(percent(), 100 * low(), 100 * high(), of);
    }
}
