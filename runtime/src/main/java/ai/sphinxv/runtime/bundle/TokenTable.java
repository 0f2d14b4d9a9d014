package ai.sphinxv.runtime.bundle;

/** The language model's token table [V,H], in the one of these files that a bundle lists: little-endian floats. */
public enum TokenTable {
    /** Of 32 bits. */
    SINGLE("token_embedding.f32", Float.BYTES),
    /** Of 16 bits: each number within a 2048th of itself, or within 3e-8 below 6e-5. Brain floats of usual sizes stay as they are. */
    HALF("token_embedding.f16", Short.BYTES);

    private final String file;
    private final int bytes;

    TokenTable(String file, int bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    public String file() {
        return file;
    }

    /** Of a number. */
    public int bytes() {
        return bytes;
    }
}
