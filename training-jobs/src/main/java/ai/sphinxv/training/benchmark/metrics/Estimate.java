package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A figure with its bootstrapped 95 % interval.
 *
 * @param value in the metric's own unit, most often 0 to 1; NaN where nothing could be measured
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param n what the figure is a mean of: regions, items or images, as the metric says
 */
public record Estimate(double value, double low, double high, int n) {

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "value", value);
        put(json, "low", low);
        put(json, "high", high);
        return json.put("n", n);
    }

    /** NaN, which JSON does not have, becomes null. */
    static void put(ObjectNode json, String name, double number) {
        if (Double.isNaN(number)) {
            json.putNull(name);
        } else {
            json.put(name, number);
        }
    }
}
