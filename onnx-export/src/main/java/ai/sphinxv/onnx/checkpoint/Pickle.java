package ai.sphinxv.onnx.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pickle as torch.save writes it for {@code {"model": {name: tensor}}}, read without running anything. A pickle can ask
 * for any function by name; here it gets three, which make tensors, and every other name and every opcode that such a
 * file does not need is refused (reference-model 2.2).
 */
final class Pickle {
    /** A run of 16-bit brain floats in the archive's {@code data/key}. */
    record Storage(String key, long elements) {}

    /** A view of a storage; all in elements. */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

        /** Whether its numbers lie one after another in row-major order. */
        boolean isInOrder() {
            long next = 1;
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                if (shape.get(axis) != 1 && strides.get(axis) != next) {
                    return false;
                }
                next *= shape.get(axis);
            }
            return true;
        }
    }

    private enum Global {
        ORDERED_DICT("collections.OrderedDict"),
        REBUILD_TENSOR("torch._utils._rebuild_tensor_v2"),
        BFLOAT16_STORAGE("torch.BFloat16Storage");

        private final String name;

        Global(String name) {
            this.name = name;
        }
    }

    private static final Map<Integer, String> REFUSED = Map.ofEntries(
            Map.entry((int) 'b', "BUILD"),
            Map.entry((int) 'o', "OBJ"),
            Map.entry((int) 'i', "INST"),
            Map.entry((int) 'P', "PERSID"),
            Map.entry((int) 'N', "NONE"),
            Map.entry((int) ']', "EMPTY_LIST"),
            Map.entry((int) 'G', "BINFLOAT"),
            Map.entry((int) 'I', "INT"),
            Map.entry((int) 'S', "STRING"),
            Map.entry((int) 'V', "UNICODE"),
            Map.entry((int) 'p', "PUT"),
            Map.entry((int) 'g', "GET"),
            Map.entry((int) '0', "POP"),
            Map.entry((int) '1', "POP_MARK"),
            Map.entry((int) '2', "DUP"),
            Map.entry((int) 'F', "FLOAT"),
            Map.entry((int) 'L', "LONG"),
            Map.entry((int) 'T', "BINSTRING"),
            Map.entry((int) 'U', "SHORT_BINSTRING"),
            Map.entry((int) 'B', "BINBYTES"),
            Map.entry((int) 'C', "SHORT_BINBYTES"),
            Map.entry((int) 'a', "APPEND"),
            Map.entry((int) 'e', "APPENDS"),
            Map.entry((int) 'd', "DICT"),
            Map.entry((int) 'l', "LIST"),
            Map.entry(0x81, "NEWOBJ"),
            Map.entry(0x82, "EXT1"),
            Map.entry(0x83, "EXT2"),
            Map.entry(0x84, "EXT4"),
            Map.entry(0x8b, "LONG4"),
            Map.entry(0x8c, "SHORT_BINUNICODE"),
            Map.entry(0x8d, "BINUNICODE8"),
            Map.entry(0x8e, "BINBYTES8"),
            Map.entry(0x8f, "EMPTY_SET"),
            Map.entry(0x90, "ADDITEMS"),
            Map.entry(0x91, "FROZENSET"),
            Map.entry(0x92, "NEWOBJ_EX"),
            Map.entry(0x93, "STACK_GLOBAL"),
            Map.entry(0x94, "MEMOIZE"),
            Map.entry(0x95, "FRAME"),
            Map.entry(0x96, "BYTEARRAY8"),
            Map.entry(0x97, "NEXT_BUFFER"),
            Map.entry(0x98, "READONLY_BUFFER"));

    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private Pickle(byte[] pickle) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The tensors of the pickle's dictionary "model".
     *
     * @throws CheckpointException if it is anything else
     */
    static Map<String, Tensor> model(byte[] pickle) {
        var reader = new Pickle(pickle);
        try {
            return tensors(reader.run());
        } catch (BufferUnderflowException e) {
            throw new CheckpointException(
                    "the pickle ends after %d bytes in the middle of something".formatted(pickle.length));
        }
    }

    private static Map<String, Tensor> tensors(Object root) {
        if (!(root instanceof Map<?, ?> all) || !(all.get("model") instanceof Map<?, ?> model)) {
            throw new CheckpointException("the pickle is not a dictionary with a dictionary \"model\" in it");
        }
        var tensors = new LinkedHashMap<String, Tensor>();
        model.forEach((name, value) -> {
            if (!(value instanceof Tensor tensor)) {
                throw new CheckpointException("the pickle's model has \"%s\", which is no tensor".formatted(name));
            }
            tensors.put((String) name, tensor);
        });
        return tensors;
    }

    private Object run() {
        while (true) {
            int at = in.position();
            int opcode = Byte.toUnsignedInt(in.get());
            switch (opcode) {
                case 0x80 -> requireProtocol(in.get());
                case '}' -> stack.push(new LinkedHashMap<>());
                case ')' -> stack.push(List.of());
                case '(' -> stack.push(MARK);
                case 't' -> stack.push(sinceMark());
                case 0x85 -> stack.push(last(1));
                case 0x86 -> stack.push(last(2));
                case 0x87 -> stack.push(last(3));
                case 0x88 -> stack.push(true);
                case 0x89 -> stack.push(false);
                case 'J' -> stack.push((long) in.getInt());
                case 'K' -> stack.push((long) Byte.toUnsignedInt(in.get()));
                case 'M' -> stack.push((long) Short.toUnsignedInt(in.getShort()));
                case 0x8a -> stack.push(longNumber(Byte.toUnsignedInt(in.get())));
                case 'X' -> stack.push(UTF_8.decode(slice(in.getInt())).toString());
                case 'c' -> stack.push(global(line() + "." + line()));
                case 'q' -> memo.put(Byte.toUnsignedInt(in.get()), top());
                case 'r' -> memo.put(in.getInt(), top());
                case 'h' -> stack.push(remembered(Byte.toUnsignedInt(in.get())));
                case 'j' -> stack.push(remembered(in.getInt()));
                case 'Q' -> stack.push(storage(pop()));
                case 'R' -> reduce();
                case 's' -> put(last(2));
                case 'u' -> put(sinceMark());
                case '.' -> {
                    return pop();
                }
                default ->
                    throw new CheckpointException("the pickle has the opcode %s at byte %d, which no checkpoint needs"
                            .formatted(REFUSED.getOrDefault(opcode, "0x%02x".formatted(opcode)), at));
            }
        }
    }

    private static void requireProtocol(byte protocol) {
        if (protocol != 2) {
            throw new CheckpointException("the pickle has protocol %d, torch.save writes 2".formatted(protocol));
        }
    }

    private static Global global(String name) {
        for (Global global : Global.values()) {
            if (global.name.equals(name)) {
                return global;
            }
        }
        throw new CheckpointException("the pickle asks for " + name + ", which no checkpoint needs");
    }

    private void reduce() {
        Object arguments = pop();
        Object function = pop();
        if (function == Global.ORDERED_DICT && arguments.equals(List.of())) {
            stack.push(new LinkedHashMap<>());
        } else if (function == Global.REBUILD_TENSOR
                && arguments instanceof List<?> given
                && given.size() >= 4
                && given.get(0) instanceof Storage storage
                && given.get(1) instanceof Long offset) {
            stack.push(new Tensor(storage, offset, numbers(given.get(2)), numbers(given.get(3))));
        } else {
            throw new CheckpointException("the pickle calls %s with other arguments than torch.save gives it"
                    .formatted(function instanceof Global global ? global.name : "what is no function"));
        }
    }

    /** ("storage", torch.BFloat16Storage, key, device, elements). */
    private static Storage storage(Object id) {
        if (id instanceof List<?> parts
                && parts.size() == 5
                && "storage".equals(parts.get(0))
                && parts.get(1) == Global.BFLOAT16_STORAGE
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long elements) {
            return new Storage(key, elements);
        }
        throw new CheckpointException("the pickle refers to something that is no storage of brain floats");
    }

    private static List<Long> numbers(Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
            return list.stream().map(Long.class::cast).toList();
        }
        throw new CheckpointException("the pickle has a tensor whose sizes are no numbers");
    }

    private void put(List<Object> pairs) {
        if (!(stack.peek() instanceof Map<?, ?> map) || pairs.size() % 2 != 0) {
            throw new CheckpointException(
                    "the pickle puts %d values into what is no dictionary".formatted(pairs.size()));
        }
        @SuppressWarnings("unchecked") // all maps on the stack were made here
        var dictionary = (Map<String, Object>) map;
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!(pairs.get(i) instanceof String key)) { // a dictionary as its own key would be hashed forever
                throw new CheckpointException("the pickle has a dictionary whose keys are no names");
            }
            if (dictionary.put(key, pairs.get(i + 1)) != null) {
                throw new CheckpointException("the pickle names \"%s\" twice in one dictionary".formatted(key));
            }
        }
    }

    private List<Object> last(int count) {
        var values = new ArrayList<Object>();
        for (int i = 0; i < count; i++) {
            values.addFirst(pop());
        }
        return List.copyOf(values);
    }

    private List<Object> sinceMark() {
        var values = new ArrayDeque<Object>();
        for (Object value = pop(); value != MARK; value = pop()) {
            values.addFirst(value);
        }
        return List.copyOf(values);
    }

    private Object pop() {
        return Objects.requireNonNullElseGet(stack.poll(), Pickle::nothing);
    }

    private Object top() {
        return Objects.requireNonNullElseGet(stack.peek(), Pickle::nothing);
    }

    private Object remembered(int number) {
        @Nullable Object value = memo.get(number);
        return value == null ? nothing() : value;
    }

    private static Object nothing() {
        throw new CheckpointException("the pickle takes a value that is not there");
    }

    /** Two's complement, little-endian. */
    private long longNumber(int bytes) {
        if (bytes > 8) {
            throw new CheckpointException("the pickle has a number of %d bytes".formatted(bytes));
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) Byte.toUnsignedInt(in.get()) << 8 * i;
        }
        int unused = 64 - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    private ByteBuffer slice(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private String line() {
        int start = in.position();
        while (in.get() != '\n') {
            // to its end
        }
        return US_ASCII.decode(in.slice(start, in.position() - 1 - start)).toString();
    }
}
