package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads requests to the letter: a field that is unknown, doubled or of another type is a mistake of who wrote it, and is
 * told rather than guessed away.
 */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
    private static final int MAX_DEPTH = 50;
    /** Above any body that is read: what bounds a picture's text is the body's limit and the picture's own. */
    private static final int MAX_TEXT = 512 * 1024 * 1024;

    private final Provider<SphinxConfig> config;

    /** @param config is asked when a request is read: in a native image this is made before there are settings */
    StrictJson(Provider<SphinxConfig> config) {
        this.config = config;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.registerModule(new KnownFields());
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        for (LogicalType type : List.of(LogicalType.Textual, LogicalType.Integer, LogicalType.Float)) {
            for (CoercionInputShape shape :
                    List.of(CoercionInputShape.String, CoercionInputShape.EmptyString, CoercionInputShape.Boolean)) {
                mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
            }
        }
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        Supplier<SphinxConfig.Limits> limits = () -> config.get().limits();
        mapper.setConfig(mapper.getDeserializationConfig()
                .withAttribute(MarksField.LIMITS, limits)
                .withAttribute(Sent.STRICTLY, mapper));
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT)
                        .build());
    }
}
