package ai.sphinxv.functions.ask;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Says in our words what is wrong with a JSON text, and where. */
final class JsonMistake {
    private JsonMistake() {}

    static String of(JsonProcessingException mistake) {
        return switch (mistake) {
            case MarksField.TooLong e -> "%s: %s".formatted(path(e), e.getOriginalMessage());
            case UnrecognizedPropertyException e -> "%s is not a field; there are %s".formatted(path(e), known(e));
            case MismatchedInputException e
            when e.getPath().isEmpty() ->
                "the body needs to be one JSON object, such as {\"image\": …, \"question\": …, \"marks\": […]}";
            case MismatchedInputException e -> "%s needs to be %s".formatted(path(e), kind(e.getTargetType()));
            case StreamConstraintsException e ->
                "the JSON is nested too deeply, or has a text or number that is too long" + where(e);
            case JsonMappingException e
            when e.getCause() instanceof InputCoercionException -> "%s is a number out of range".formatted(path(e));
            case JsonMappingException e when e.getCause() instanceof JsonProcessingException inner -> of(inner);
            case JsonParseException e -> "the body is not JSON" + where(e);
            default -> "the body is not the JSON that is asked for" + where(mistake);
        };
    }

    private static String where(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null ? "" : ": line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    /** As {@code marks[1].box[0]}. */
    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + shortened(step.getFieldName()))
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    private static String known(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        return known == null ? "none" : known.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == URI.class) {
            return "a URL";
        }
        if (type == byte[].class) {
            return "base64";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == MaskRequest.class) {
            return "a PNG as a data URL, or an object of size and counts";
        }
        if (type == Integer.class || type == Long.class || type == int.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        return List.class.isAssignableFrom(type) || type.isArray() || type == Object.class ? "a list" : "an object";
    }
}
