package ai.sphinxv.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM is told about this module, against what is looked up in it. ONNX Runtime's bridge finds classes and
 * constructors of Java by their names, which are texts in its shared library; a native executable has only those that it was
 * told of.
 */
class NativeImageTest {
    private static final String BRIDGE = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e]{4,}");
    private static final Pattern CLASS = Pattern.compile("(ai/onnxruntime|java/lang)/\\w+");
    private static final Pattern CONSTRUCTOR = Pattern.compile("\\((\\[*([ZBCSIJFD]|L[\\w/$]+;))*\\)V");

    private static NativeMetadata metadata;
    private static Set<String> texts;

    @BeforeAll
    static void read() throws IOException {
        metadata = NativeMetadata.read();
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
        assertThat(metadata.accessible().map(entry -> entry.path("type").asText()))
                .containsAll(wanted);
    }

    @Test
    void everyConstructorThatTheBridgeCallsIsListedAndEveryListedOneIsThere() throws Exception {
        Set<String> wanted = texts.stream()
                .filter(text -> CONSTRUCTOR.matcher(text).matches() && text.length() > "()V".length())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = new TreeSet<>();
        for (JsonNode entry : metadata.accessible().toList()) {
            listed.addAll(NativeMetadata.constructors(entry));
        }

        assertThat(wanted).contains("([J[Ljava/lang/String;I)V").hasSizeGreaterThan(8);
        assertThat(listed).isEqualTo(wanted);
    }

    @Test
    void everyRecordOfAManifestCanBeRead() {
        var records = new TreeSet<String>();
        collect(Manifest.class, records);
        Set<String> listed = metadata.reflected()
                .filter(entry -> entry.path("allDeclaredConstructors").asBoolean())
                .map(entry -> entry.path("type").asText())
                .collect(Collectors.toSet());

        assertThat(records).hasSizeGreaterThan(10);
        assertThat(listed)
                .as(
                        "add to %s a line {\"type\": …, \"allDeclaredConstructors\": true, \"allDeclaredMethods\":"
                                + " true, \"allDeclaredFields\": true} for what is missing",
                        NativeMetadata.FILE)
                .containsAll(records);
        assertThat(listed)
                .allSatisfy(name -> assertThat(Class.forName(name).getName()).isEqualTo(name));
    }

    @Test
    void everyNativeFunctionThatIsCalledIsListed() throws Exception {
        Path classes = Path.of(SphinxV.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        Set<String> called = Downcalls.of(classes);

        assertThat(called)
                .contains("jint(void*, jlong)", "void(void*)", "void*()") // cudaMalloc, free, OrtGetApiBase
                .hasSizeGreaterThan(10);
        assertThat(metadata.downcalls().toList()).containsExactlyInAnyOrderElementsOf(called);
    }

    /** Java looks these up by their names too: the API has no other way to a tensor over memory that is placed elsewhere. */
    @Test
    void theConstructorsOfPlacedTensorsAreListed() throws Exception {
        var listed = new TreeSet<String>();
        for (JsonNode entry : metadata.reflected().toList()) {
            String type = entry.path("type").asText();
            NativeMetadata.constructors(entry).forEach(descriptor -> listed.add(type + descriptor));
        }

        assertThat(listed)
                .contains(
                        "ai.onnxruntime.OnnxTensor(JJLai/onnxruntime/TensorInfo;)V",
                        "ai.onnxruntime.TensorInfo([JLai/onnxruntime/OnnxJavaType;"
                                + "Lai/onnxruntime/TensorInfo$OnnxTensorType;)V");
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
