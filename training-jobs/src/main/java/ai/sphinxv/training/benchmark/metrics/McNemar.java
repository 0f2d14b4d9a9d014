package ai.sphinxv.training.benchmark.metrics;

import ai.sphinxv.training.benchmark.Share;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Two systems on the same items: the exact test of whether one is right where the other is wrong more often than chance
 * would have it (metrics.md 8).
 *
 * @param b items that only the first has right
 * @param c items that only the second has right
 */
record McNemar(int b, int c) {

    /** Two-sided: twice the binomial tail of the smaller count, at most 1. */
    double p() {
        int n = b + c;
        double probability = Math.pow(0.5, n);
        double tail = 0;
        for (int k = 0; k <= Math.min(b, c); k++) {
            tail += probability;
            probability *= (double) (n - k) / (k + 1);
        }
        return Math.min(1, 2 * tail);
    }

    /** stats.json: counts in, Wilson's intervals and p out. */
    static ObjectNode score(Field input) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var wilson = json.putArray("wilson95");
        for (Field one : input.get("wilson95").list()) {
            var share = new Share(one.get("k").integer(), one.get("n").integer());
            wilson.addObject().put("k", share.right()).put("n", share.of()).putPOJO("ci", new double[] {
                share.low(), share.high()
            });
        }
        var exact = json.putArray("mcnemarExact");
        for (Field one : input.get("mcnemarExact").list()) {
            var test = new McNemar(one.get("b").integer(), one.get("c").integer());
            exact.addObject().put("b", test.b).put("c", test.c).put("p", test.p());
        }
        return json;
    }
}
