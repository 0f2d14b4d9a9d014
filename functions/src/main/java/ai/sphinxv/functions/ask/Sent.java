package ai.sphinxv.functions.ask;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A function's input: the request, or what is wrong with it. Funqy reads inputs itself, less strictly than the other doors,
 * and tells nobody why it could not; so this is what it reads, and it is told to the letter.
 */
@JsonDeserialize(using = Sent.Reader.class)
public record Sent<T>(@Nullable T request, @Nullable JsonProcessingException mistake) {
    /** The attribute of whoever reads inputs that gives the mapper that reads requests to the letter. */
    static final Object STRICTLY = Sent.class;

    /** Behind a mistake: the parser keeps them, to find doubles. */
    private static final int MOST_NAMES = 10_000;

    /**
     * The request.
     *
     * @param input null if there was none
     * @param needed what a function without input says
     * @throws JsonProcessingException if something is wrong with it
     */
    public static <T> T request(@Nullable Sent<T> input, String needed) throws JsonProcessingException {
        if (input != null && input.mistake != null) {
            throw input.mistake;
        }
        if (input == null || input.request == null) {
            throw new InvalidRequestException(needed);
        }
        return input.request;
    }

    /** Reads a {@code Sent<T>} as a T. */
    static final class Reader extends JsonDeserializer<Sent<?>> implements ContextualDeserializer {
        private final @Nullable JavaType type;

        Reader() {
            this(null);
        }

        private Reader(@Nullable JavaType type) {
            this.type = type;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            return new Reader(context.getContextualType().containedType(0));
        }

        @Override
        public Sent<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (type == null || !(context.getAttribute(STRICTLY) instanceof ObjectMapper strictly)) {
                throw new IllegalStateException("a mapper that reads inputs needs that of the requests");
            }
            try {
                return new Sent<Object>(
                        strictly.readerFor(type)
                                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // whoever asks looks for them
                                .readValue(json),
                        null);
            } catch (JsonProcessingException e) {
                passOverTheRest(json, e);
                return new Sent<>(null, e);
            }
        }

        /** So that what is wrong is the mistake, and not that the input goes on behind it. */
        private static void passOverTheRest(JsonParser json, JsonProcessingException mistake) throws IOException {
            int names = 0;
            while (!json.getParsingContext().inRoot()) {
                JsonToken next = json.nextToken();
                if (next == null || (next == JsonToken.FIELD_NAME && ++names > MOST_NAMES)) {
                    throw mistake;
                }
            }
        }
    }
}
