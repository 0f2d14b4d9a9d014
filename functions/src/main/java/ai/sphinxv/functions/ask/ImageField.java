package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.picture.PictureFetch;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An image as a request has it: text, or {@code {"url": …}} as the APIs of others have it. Both become the same text. */
public final class ImageField extends StdDeserializer<String> {
    ImageField() {
        super(String.class);
    }

    @RegisterForReflection // for a native executable
    record Linked(@Nullable String url) {}

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return _parseString(json, context, this);
        }
        String url = context.readValue(json, Linked.class).url();
        if (url == null || !(PictureFetch.isUrl(url) || url.startsWith("data:"))) {
            throw context.weirdStringException("url", URI.class, "is no URL");
        }
        return url;
    }
}
