package ai.sphinxv.onnx.graph;

/** A tensor of an ONNX graph: the output of a node, an input of the graph, or a weight not yet written. */
public sealed interface Value {

    /** Something that has a name in the graph already. */
    record Named(String name) implements Value {}

    /**
     * A learned tensor. It is written when it is first used, plain or turned as its user wants it, so that no weight is
     * stored twice and none is held in memory.
     */
    record Weight(String name, long[] shape) implements Value {}
}
