package ai.sphinxv.functions.chain;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.KnownFields;
import ai.sphinxv.functions.ask.MarksField;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** Compact bodies: JSON's values in binary (RFC 8949), numbers of the model as little-endian floats. */
public final class Cbor {
    public static final String MEDIA_TYPE = "application/cbor";

    /** Above what a network's inputs ever are, below what overflows in it. */
    private static final float MOST = 1e4f;

    private static final int MAX_DEPTH = 20;
    private static final ObjectMapper MAPPER = CBORMapper.builder(CBORFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .addModule(new KnownFields())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Cbor() {}

    public static byte[] write(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body is always CBOR", e);
        }
    }

    /**
     * @param name of the body, for who sent it
     * @throws InvalidRequestException if the bytes are something else
     */
    static <T> T read(byte[] bytes, Class<T> type, String name) {
        return read(MAPPER.readerFor(type), bytes, name);
    }

    private static <T> T read(ObjectReader reader, byte[] bytes, String name) {
        try {
            T body = reader.readValue(bytes);
            if (body != null) {
                return body;
            }
        } catch (IOException e) {
            // said below, in our words
        }
        throw new InvalidRequestException(name + " is damaged, or nothing that this server gave");
    }

    /**
     * A message from another step or from outside.
     *
     * @param name of the body, for who sent it
     * @throws InvalidRequestException if the bytes are something else, or its marks far beyond the limits
     */
    public static ChainMessage message(byte[] bytes, Supplier<SphinxConfig.Limits> limits, String name) {
        return read(MAPPER.readerFor(ChainMessage.class).withAttribute(MarksField.LIMITS, limits), bytes, name);
    }

    static byte[] bytes(float[] numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    /** @throws InvalidRequestException if there are not so many, or one is nothing that a model works with */
    static float[] floats(byte[] bytes, int count, String name) {
        if (bytes.length != count * Float.BYTES) {
            throw new InvalidRequestException("%s has %d bytes of numbers, this model needs %d"
                    .formatted(name, bytes.length, count * Float.BYTES));
        }
        var numbers = new float[count];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        for (float number : numbers) {
            if (!(Math.abs(number) <= MOST)) {
                throw new InvalidRequestException(name + " has a number out of range");
            }
        }
        return numbers;
    }
}
