package ai.sphinxv.onnx.graph;

/** How a graph keeps the weights of its linear layers. */
public sealed interface LinearFormat {

    /** As they were trained, 32 bits each. */
    record Float32() implements LinearFormat {}

    /**
     * Sixteen bits each, turned to 32 when they are used: half as large on disk. On a CPU a session turns them when it opens,
     * and then takes as much memory as with 32. In a graph of half precision they stay as they are.
     */
    record Float16() implements LinearFormat {}

    /**
     * Whole numbers and a 32-bit scale for each block of an output's weights, as ONNX Runtime's MatMulNBits reads them. A
     * layer whose inputs are not a multiple of the block stays as it is.
     *
     * @param bits 4 or 8
     * @param size weights of a block: a power of two from 16 to 256
     */
    record Blocks(int bits, int size) implements LinearFormat {
        public Blocks {
            if (bits != 4 && bits != 8) {
                throw new IllegalArgumentException("weights take 4 or 8 bits, not " + bits);
            }
            if (size < 16 || size > 256 || Integer.bitCount(size) != 1) {
                throw new IllegalArgumentException("a block has 16, 32, 64, 128 or 256 weights, not " + size);
            }
        }

        boolean takes(long inputs) {
            return inputs % size == 0;
        }
    }
}
