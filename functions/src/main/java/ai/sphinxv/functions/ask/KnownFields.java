package ai.sphinxv.functions.ask;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Collection;

/**
 * Refuses a field that a record does not have where its name is read. By itself Jackson first puts its whole value aside, as a
 * record is made last: of 20 MB of numbers that is hundreds of megabytes.
 */
public final class KnownFields extends SimpleModule {
    public KnownFields() {
        super("known-fields");
        setDeserializerModifier(new BeanDeserializerModifier() {
            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
                boolean ignoresSome = type.getClassInfo().hasAnnotation(JsonIgnoreProperties.class);
                return type.getBeanClass().isRecord() && !ignoresSome
                        ? new OfRecord(reader, type.getBeanClass())
                        : reader;
            }
        });
    }

    private static final class OfRecord extends DelegatingDeserializer {
        private final Class<?> record;

        OfRecord(JsonDeserializer<?> reader, Class<?> record) {
            super(reader);
            this.record = record;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
            return new OfRecord(reader, record);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return super.deserialize(
                    json.hasToken(JsonToken.START_OBJECT) ? new Fields(json, record, getKnownPropertyNames()) : json,
                    context);
        }
    }

    /** Of one object, which has begun. */
    private static final class Fields extends JsonParserDelegate {
        private final Class<?> record;
        private final Collection<Object> known;
        private int depth = 1;

        Fields(JsonParser json, Class<?> record, Collection<Object> known) {
            super(json);
            this.record = record;
            this.known = known;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken next = super.nextToken();
            if (next == null) {
                return next;
            }
            if (next.isStructStart()) {
                depth++;
            } else if (next.isStructEnd()) {
                depth--;
            } else if (next == JsonToken.FIELD_NAME && depth == 1 && !known.contains(currentName())) {
                throw UnrecognizedPropertyException.from(this, record, currentName(), known);
            }
            return next;
        }

        @Override
        public JsonParser skipChildren() throws IOException {
            if (hasToken(JsonToken.START_OBJECT) || hasToken(JsonToken.START_ARRAY)) {
                super.skipChildren();
                depth--;
            }
            return this;
        }
    }
}
