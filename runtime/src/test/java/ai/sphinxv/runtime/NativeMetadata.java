package ai.sphinxv.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What GraalVM is told about this module: {@code reachability-metadata.json}. */
record NativeMetadata(JsonNode json) {
    static final String FILE = "/META-INF/native-image/ai.sphinxv/sphinxv-runtime/reachability-metadata.json";

    static NativeMetadata read() throws IOException {
        try (InputStream in = NativeMetadata.class.getResourceAsStream(FILE)) {
            return new NativeMetadata(new ObjectMapper().readTree(requireNonNull(in)));
        }
    }

    Stream<JsonNode> reflected() {
        return elements(json.path("reflection"));
    }

    /** Those of {@link #reflected} that native code may look up. */
    Stream<JsonNode> accessible() {
        return reflected().filter(entry -> entry.path("jniAccessible").asBoolean());
    }

    /** Native functions that Java calls, by their types: {@code "void*(jint, jlong)"}. */
    Stream<String> downcalls() {
        return elements(json.at("/foreign/downcalls"))
                .map(call -> "%s(%s)"
                        .formatted(
                                call.path("returnType").asText(),
                                String.join(
                                        ", ", texts(call.path("parameterTypes")).toList())));
    }

    /** The descriptors of an entry's constructors, which have to be there. */
    static List<String> constructors(JsonNode entry) throws ReflectiveOperationException {
        List<String> descriptors = new ArrayList<>();
        for (JsonNode method : entry.path("methods")) {
            descriptors.add(constructor(
                    entry.path("type").asText(),
                    texts(method.path("parameterTypes")).toList()));
        }
        return descriptors;
    }

    private static String constructor(String type, List<String> parameters) throws ReflectiveOperationException {
        for (Constructor<?> constructor : Class.forName(type).getDeclaredConstructors()) {
            var types = constructor.getParameterTypes();
            if (Arrays.stream(types).map(Class::getTypeName).toList().equals(parameters)) {
                return MethodType.methodType(void.class, types).descriptorString();
            }
        }
        throw new NoSuchMethodException("%s has no constructor of %s".formatted(type, parameters));
    }

    private static Stream<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
