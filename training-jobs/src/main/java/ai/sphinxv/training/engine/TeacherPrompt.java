package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.PictureDomain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the teacher is told about a picture with marks on it (paper, Tables 12 to 17; prompts/SOURCE.txt). */
final class TeacherPrompt {
    private static final Pattern MARK = Pattern.compile("green rectangle|red polygon");
    private static final String[] NUMBERS = {"no", "one", "two", "three", "four"};

    private TeacherPrompt() {}

    /** How the marks are drawn. */
    enum Drawn {
        POINT("green point"),
        BOX("green rectangle"),
        OUTLINE("red polygon");

        private final String words;

        Drawn(String words) {
            this.words = words;
        }
    }

    /** @param objects what each mark is, or says, in the order of their numbers */
    static String of(PictureDomain domain, Drawn drawn, List<String> objects) {
        List<TeacherRole> roles = TeacherRole.of(domain);
        String format = IntStream.range(0, roles.size())
                .mapToObj(i -> "Role %d\n%s".formatted(i + 1, roles.get(i).format()))
                .collect(Collectors.joining("\n"));
        String listed = IntStream.range(0, objects.size())
                .mapToObj(i -> "<Mark %d>: %s".formatted(i + 1, objects.get(i)))
                .collect(Collectors.joining("\n"));
        String file = switch (domain) {
            case WEB_SCREENSHOT, MOBILE_SCREENSHOT -> "screenshot";
            case NATURAL, DOCUMENT, OCR, MULTI_PANEL -> domain.word();
        };
        String prompt = read("public")
                .replace("{image}", file.equals("screenshot") ? "screen-shot" : "image")
                .replace("{mark}", drawn.words)
                .replace("{count}", NUMBERS[roles.size()])
                .replace("{roles}", MARK.matcher(read(file).strip()).replaceAll(drawn.words))
                .replace("{format}", format)
                .replace("{objects}", listed);
        String tag = drawn == Drawn.POINT ? "Mark" : "Region";
        return prompt.replaceAll("<(?:Mark|Region)(?= \\w+>)", "<" + tag)
                .replace("specified <Mark>s", "specified <%s>s".formatted(tag))
                .replace("specified <Region>s", "specified <%s>s".formatted(tag));
    }

    private static String read(String name) {
        try (var in = TeacherPrompt.class.getResourceAsStream("prompts/%s.txt".formatted(name))) {
            if (in == null) {
                throw new IllegalStateException("the prompt %s is missing from this build".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
