package ai.sphinxv.training.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The words of a command: some that stand for themselves and {@code --name value} anywhere between them. */
final class Options {
    private final List<String> words;

    Options(String... words) {
        this.words = new ArrayList<>(
                Arrays.stream(words).filter(word -> !word.isBlank()).toList());
    }

    Optional<String> take(String name) {
        int at = words.indexOf(name);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == words.size()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        words.remove(at);
        return Optional.of(words.remove(at));
    }

    Optional<Path> path(String name) {
        return take(name).map(Path::of);
    }

    /** Paths with commas between them. */
    List<Path> paths(String name) {
        return take(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .toList();
    }

    int integer(String name, int fallback) {
        Optional<String> value = take(name);
        try {
            return value.isEmpty() ? fallback : Integer.parseInt(value.get());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, got %s".formatted(name, value.get()), e);
        }
    }

    double number(String name, double fallback) {
        Optional<String> value = take(name);
        try {
            return value.isEmpty() ? fallback : Double.parseDouble(value.get());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a number, got %s".formatted(name, value.get()), e);
        }
    }

    /** What is left, so many or more. */
    List<String> rest(int least, String usage) {
        Optional<String> unknown =
                words.stream().filter(word -> word.startsWith("--")).findFirst();
        if (unknown.isPresent()) {
            throw new IllegalArgumentException("there is no %s: %s".formatted(unknown.get(), usage));
        }
        if (words.size() < least) {
            throw new IllegalArgumentException("too little is said: " + usage);
        }
        return List.copyOf(words);
    }
}
