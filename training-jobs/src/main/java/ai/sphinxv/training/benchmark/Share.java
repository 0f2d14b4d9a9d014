package ai.sphinxv.training.benchmark;

/** So many of so many, with Wilson's 95 % interval. */
public record Share(int right, int of) {
    private static final double Z = 1.96;

    Share plus(boolean isRight) {
        return new Share(right + (isRight ? 1 : 0), of + 1);
    }

    public double value() {
        return of == 0 ? 0 : (double) right / of;
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
                : "%.1f %% (%.1f to %.1f, n = %d)".formatted(100 * value(), 100 * bound(-1), 100 * bound(1), of);
    }
}
