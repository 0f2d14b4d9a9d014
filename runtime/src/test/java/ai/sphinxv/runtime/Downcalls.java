package ai.sphinxv.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The native functions that classes call, by their types as GraalVM's metadata has them, read from the instructions: a
 * {@code FunctionDescriptor} is made of constants of {@code ValueLayout}, in place or in a method of the same class that
 * takes the parameters' and knows the result's.
 */
final class Downcalls {
    private static final Map<String, String> NAMES =
            Map.of("ADDRESS", "void*", "JAVA_INT", "jint", "JAVA_LONG", "jlong", "JAVA_FLOAT", "jfloat");
    private static final String LAYOUTS = "[Ljava/lang/foreign/MemoryLayout;";

    private final Set<String> types = new TreeSet<>();

    private Downcalls() {}

    /** @param folder of compiled classes, with those in it */
    static Set<String> of(Path folder) throws IOException {
        var found = new Downcalls();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(found::read);
        }
        return found.types;
    }

    private void read(Path file) {
        ClassModel code;
        try {
            code = ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (MethodModel method : code.methods()) {
            method.code()
                    .ifPresent(body -> read(
                            body.elementStream()
                                    .filter(Instruction.class::isInstance)
                                    .map(Instruction.class::cast)
                                    .toList(),
                            code));
        }
    }

    private void read(List<Instruction> body, ClassModel owner) {
        var layouts = new ArrayList<String>();
        int array = 0; // of the layouts, those before are the result's
        boolean own = false;
        for (Instruction instruction : body) {
            switch (instruction) {
                case FieldInstruction field
                when field.owner().asInternalName().equals("java/lang/foreign/ValueLayout") ->
                    layouts.add(NAMES.getOrDefault(
                            field.name().stringValue(), field.name().stringValue()));
                case NewReferenceArrayInstruction made
                when made.componentType().asInternalName().endsWith("MemoryLayout") -> {
                    array = layouts.size();
                    own = true;
                }
                case InvokeInstruction call
                when call.type().stringValue().contains(LAYOUTS) -> {
                    if (own) { // else the parameters are the caller's, where they are seen
                        String result = result(call, owner, layouts.subList(0, array));
                        types.add("%s(%s)"
                                .formatted(result, String.join(", ", layouts.subList(array, layouts.size()))));
                    }
                    layouts.clear();
                    own = false;
                }
                default -> {}
            }
        }
    }

    private static String result(InvokeInstruction call, ClassModel owner, List<String> before) {
        if (call.name().equalsString("ofVoid")) {
            return "void";
        }
        return call.owner().equals(owner.thisClass()) ? resultIn(call, owner) : before.getLast();
    }

    /** The result of the functions that a method of the class itself makes of the layouts it is given. */
    private static String resultIn(InvokeInstruction call, ClassModel owner) {
        return owner.methods().stream()
                .filter(method -> method.methodName().equals(call.name()))
                .flatMap(method -> method.code().stream())
                .flatMap(body -> body.elementStream())
                .filter(FieldInstruction.class::isInstance)
                .map(field -> NAMES.get(((FieldInstruction) field).name().stringValue()))
                .findFirst()
                .orElseThrow();
    }
}
