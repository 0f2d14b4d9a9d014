package ai.sphinxv.functions.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.Base64;

/** Bytes, which in JSON are base64. What is none is a mistake of this field, not of the whole JSON. */
final class BytesField extends StdDeserializer<byte[]> {
    BytesField() {
        super(byte[].class);
    }

    @Override
    public byte[] deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)) {
            return json.getBinaryValue();
        }
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (byte[]) context.handleUnexpectedToken(byte[].class, json);
        }
        try {
            return Base64.getDecoder().decode(json.getText());
        } catch (IllegalArgumentException e) {
            throw context.weirdStringException("", byte[].class, "is no base64");
        }
    }
}
