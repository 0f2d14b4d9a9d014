package ai.sphinxv.training.benchmark;

/** What a measurement found, and what it should have been. */
public sealed interface Finding {

    /** For instance "94.2 % (93.1 to 95.2, n = 1804)". */
    String figure();

    /** In words, with whether it was reached; empty if there is none. */
    String goal();

    /**
     * A share of answers that were right.
     *
     * @param atLeast the goal in percent, 0 for none
     */
    record Counted(Share share, int atLeast) implements Finding {
        @Override
        public String figure() {
            return share.toString();
        }

        @Override
        public String goal() {
            return atLeast == 0
                    ? ""
                    : "at least %d %%%s".formatted(atLeast, verdict(share.of(), share.percent() >= atLeast));
        }
    }

    /**
     * How much better or worse the same things are answered when asked otherwise.
     *
     * @param within the goal: at most so many points worse, 0 for none
     */
    record Difference(Share otherwise, Share usual, int within) implements Finding {
        /** Who is hardly ever right cannot become much worse. */
        private static final double FEWEST_RIGHT = 0.2;

        /** In points, negative where it is worse. */
        public double points() {
            return otherwise.percent() - usual.percent();
        }

        /** With the 95 % interval of two independent shares (Newcombe 1998, method 10), which is wide for the same things. */
        @Override
        public String figure() {
            if (otherwise.of() == 0 || usual.of() == 0) {
                return new Share(0, 0).toString();
            }
            double down = Math.hypot(otherwise.value() - otherwise.low(), usual.high() - usual.value());
            double up = Math.hypot(otherwise.high() - otherwise.value(), usual.value() - usual.low());
            return "%+.1f points (%+.1f to %+.1f, n = %d)"
                    .formatted(points(), points() - 100 * down, points() + 100 * up, otherwise.of());
        }

        @Override
        public String goal() {
            if (within == 0) {
                return "";
            }
            String goal = "within %d points".formatted(within);
            return usual.value() < FEWEST_RIGHT
                    ? goal + ", says nothing: too few are right"
                    : goal + verdict(otherwise.of(), points() >= -within);
        }
    }

    /** A quantity that is not a share. */
    record Quantity(double value, String unit) implements Finding {
        @Override
        public String figure() {
            return (value == Math.rint(value) ? "%.0f %s" : "%.2f %s").formatted(value, unit);
        }

        @Override
        public String goal() {
            return "";
        }
    }

    /**
     * Nothing: it could not be measured.
     *
     * @param why for instance "/data is missing"
     */
    record NotMeasured(String why) implements Finding {
        @Override
        public String figure() {
            return "not measured: " + why;
        }

        @Override
        public String goal() {
            return "";
        }
    }

    private static String verdict(int asked, boolean reached) {
        if (asked == 0) {
            return "";
        }
        return reached ? ", reached" : ", missed";
    }
}
