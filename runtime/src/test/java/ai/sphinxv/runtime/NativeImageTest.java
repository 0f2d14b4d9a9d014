package ai.sphinxv.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM is told about this module, against what is looked up in it. ONNX Runtime's bridge finds classes and
 * constructors of Java by their names, which are texts in its shared library; a native executable has only those that it was
 * told of.
 */
class NativeImageTest {
    private static final String METADATA =
            "/META-INF/native-image/ai.sphinxv/sphinxv-runtime/reachability-metadata.json";
    private static final String BRIDGE = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e]{4,}");
    private static final Pattern CLASS = Pattern.compile("(ai/onnxruntime|java/lang)/\\w+");
    private static final Pattern CONSTRUCTOR = Pattern.compile("\\((\\[*([ZBCSIJFD]|L[\\w/$]+;))*\\)V");

    private static JsonNode metadata;
    private static Set<String> texts;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = NativeImageTest.class.getResourceAsStream(METADATA)) {
            metadata = new ObjectMapper().readTree(requireNonNull(in));
        }
        try (InputStream in = NativeImageTest.class.getResourceAsStream(BRIDGE)) {
            assumeTrue(in != null, "ONNX Runtime's jar has no library for linux-x64 here");
            String library = new String(in.readAllBytes(), ISO_8859_1);
            texts = TEXT.matcher(library).results().map(found -> found.group()).collect(Collectors.toSet());
        }
    }

    @Test
    void everyClassThatTheBridgeLooksUpIsAccessible() {
        Set<String> wanted = texts.stream()
                .filter(text -> CLASS.matcher(text).matches())
                .map(text -> text.replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(wanted).contains("ai.onnxruntime.OnnxTensor", "ai.onnxruntime.OrtException");
        assertThat(accessible().map(entry -> entry.path("type").asText())).containsAll(wanted);
    }

    @Test
    void everyConstructorThatTheBridgeCallsIsListedAndEveryListedOneIsThere() throws Exception {
        Set<String> wanted = texts.stream()
                .filter(text -> CONSTRUCTOR.matcher(text).matches() && text.length() > "()V".length())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = new TreeSet<>();
        for (JsonNode entry : accessible().toList()) {
            for (JsonNode method : entry.path("methods")) {
                listed.add(constructor(entry.path("type").asText(), method));
            }
        }

        assertThat(wanted).contains("([J[Ljava/lang/String;I)V").hasSizeGreaterThan(8);
        assertThat(listed).isEqualTo(wanted);
    }

    @Test
    void everyRecordOfAManifestCanBeRead() {
        var records = new TreeSet<String>();
        collect(Manifest.class, records);
        Set<String> listed = entries()
                .filter(entry -> entry.path("allDeclaredConstructors").asBoolean())
                .map(entry -> entry.path("type").asText())
                .collect(Collectors.toSet());

        assertThat(records).hasSizeGreaterThan(10);
        assertThat(listed)
                .as(
                        "add to %s a line {\"type\": …, \"allDeclaredConstructors\": true, \"allDeclaredMethods\":"
                                + " true, \"allDeclaredFields\": true} for what is missing",
                        METADATA)
                .containsAll(records);
        assertThat(listed)
                .allSatisfy(name -> assertThat(Class.forName(name).getName()).isEqualTo(name));
    }

    private static Stream<JsonNode> entries() {
        return Stream.iterate(0, i -> i + 1)
                .limit(metadata.path("reflection").size())
                .map(i -> metadata.path("reflection").path(i));
    }

    private static Stream<JsonNode> accessible() {
        return entries().filter(entry -> entry.path("jniAccessible").asBoolean());
    }

    /** The descriptor of a listed constructor, which has to be there. */
    private static String constructor(String type, JsonNode method) throws Exception {
        List<String> names = Stream.iterate(0, i -> i + 1)
                .limit(method.path("parameterTypes").size())
                .map(i -> method.path("parameterTypes").path(i).asText())
                .toList();
        for (Constructor<?> constructor : Class.forName(type).getDeclaredConstructors()) {
            var types = constructor.getParameterTypes();
            if (Arrays.stream(types).map(Class::getTypeName).toList().equals(names)) {
                return MethodType.methodType(void.class, types).descriptorString();
            }
        }
        throw new AssertionError("%s has no constructor of %s".formatted(type, names));
    }

    /** Records and enums that a record holds, in lists too, and those that a sealed interface permits. */
    private static void collect(Type type, Set<String> names) {
        if (type instanceof ParameterizedType of) {
            Arrays.stream(of.getActualTypeArguments()).forEach(argument -> collect(argument, names));
        } else if (type instanceof Class<?> one
                && one.getName().startsWith("ai.sphinxv.")
                && names.add(one.getName())) {
            if (one.isRecord()) {
                for (RecordComponent component : one.getRecordComponents()) {
                    collect(component.getGenericType(), names);
                }
            } else if (one.isSealed()) {
                Arrays.stream(one.getPermittedSubclasses()).forEach(permitted -> collect(permitted, names));
            }
        }
    }
}
