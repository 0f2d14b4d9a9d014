package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A teacher's answer, taken apart. What is there must be whole: a line for every mark in the roles that describe marks, no
 * number that no mark has, a question that names a mark. The form is that of Table 13, with the damage that Table 18 shows:
 * tags in links, tags and words broken over lines, a missing brace, headings in several styles; and with the fences and bold
 * tags of Markdown, which chat models add.
 *
 * @param described by role, a text for each mark
 * @param relations lines that begin with the tags of the marks that they relate
 * @param questions with their answers
 */
record TeacherAnswer(Map<TeacherRole, List<String>> described, List<String> relations, List<Turn> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** As Tables 13 to 17 call the roles. */
    private static final String TITLES =
            "(?:Short |Detailed )?(?:Region |Analysis and )?Description|Inter-Relationship Analysis|Q&A(?: and Conversations)?";

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*```\\w*[ \\t]*$");
    private static final Pattern BOLD_TAG =
            Pattern.compile("\\*\\*(<\\s*(?:Mark|Region)\\s+\\d{1,4}\\s*>\\s*:?)\\*\\*", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADING = Pattern.compile(
            "(?m)^[ \\t#*]*<?\\s*Role\\s+(\\d)\\b\\s*(?:\\([^)\\n]*\\)|[:-]\\s*(?:" + TITLES + "))?\\s*>?[ \\t:*]*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK_WITH_TAG =
            Pattern.compile("<a\\s+href=[\"']?((?:Mark|Region)\\s+\\d+)[\"']?\\s*>\\s*</a>", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("</?a(?:\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG =
            Pattern.compile("<\\s*(?:Mark|Region)\\s+(\\d{1,4})\\s*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAGS_AT_START = Pattern.compile("^(?:<(?:Mark|Region) \\d+>[ ,]*)+:");
    private static final Pattern ONE_LINE = Pattern.compile("^<(?:Mark|Region) (\\d+)>\\s*:\\s*(.*)$");

    /** Why an answer is of no use. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param roles that were asked for, in the order of their numbers
     * @param marks how many were drawn
     * @param tag {@code Mark} or {@code Region}: how the words are to name them
     * @throws Unusable if anything is missing or stands where it should not
     */
    static TeacherAnswer parse(String text, List<TeacherRole> roles, int marks, String tag) throws Unusable {
        String bare = BOLD_TAG.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("$1");
        String clean =
                LINK.matcher(LINK_WITH_TAG.matcher(bare).replaceAll("<$1>")).replaceAll("");
        clean = TAG.matcher(clean).replaceAll("<" + tag + " $1>");
        requireKnown(clean, marks);
        Map<Integer, String> sections = sections(clean);
        Map<TeacherRole, List<String>> described = new EnumMap<>(TeacherRole.class);
        List<String> relations = List.of();
        List<Turn> questions = List.of();
        for (int i = 0; i < roles.size(); i++) {
            String section = sections.get(i + 1);
            if (section == null) {
                throw new Unusable("there is no Role %d".formatted(i + 1));
            }
            switch (roles.get(i)) {
                case BRIEF, DETAILED -> described.put(roles.get(i), ofEach(section, i + 1, marks));
                case RELATION -> relations = relations(section, i + 1);
                case QA -> questions = questions(section, i + 1);
            }
        }
        return new TeacherAnswer(described, relations, questions);
    }

    private static void requireKnown(String text, int marks) throws Unusable {
        for (Matcher tag = TAG.matcher(text); tag.find(); ) {
            int number = Integer.parseInt(tag.group(1));
            if (number < 1 || number > marks) {
                throw new Unusable("it names %s, there are %d marks".formatted(tag.group(), marks));
            }
        }
    }

    private static Map<Integer, String> sections(String text) throws Unusable {
        Map<Integer, String> sections = new TreeMap<>();
        Matcher heading = HEADING.matcher(text);
        int number = 0;
        int from = 0;
        while (heading.find()) {
            put(sections, number, text.substring(from, heading.start()));
            number = Integer.parseInt(heading.group(1));
            from = heading.end();
        }
        put(sections, number, text.substring(from));
        return sections;
    }

    private static void put(Map<Integer, String> sections, int number, String section) throws Unusable {
        if (number > 0 && sections.put(number, section) != null) {
            throw new Unusable("there are two of Role %d".formatted(number));
        }
    }

    /** Lines as they were meant: one that begins with neither tag nor brace goes on with the one before. */
    private static List<String> lines(String section) {
        var lines = new ArrayList<String>();
        for (String line : section.split("\\R")) {
            String words = line.strip().replaceAll("^[-*]\\s+", "");
            if (words.isEmpty()) {
                continue;
            }
            boolean isNew = lines.isEmpty() || TAGS_AT_START.matcher(words).find() || words.startsWith("{");
            if (isNew) {
                lines.add(words);
            } else {
                lines.add(joined(lines.removeLast(), words));
            }
        }
        return lines;
    }

    /** A word that a hyphen breaks over two lines is one word. */
    private static String joined(String line, String next) {
        boolean isBroken = line.matches(".*\\p{L}-") && Character.isLowerCase(next.charAt(0));
        return isBroken ? line.substring(0, line.length() - 1) + next : line + " " + next;
    }

    private static List<String> ofEach(String section, int role, int marks) throws Unusable {
        String[] texts = new String[marks];
        for (String line : lines(section)) {
            Matcher one = ONE_LINE.matcher(line);
            if (!one.matches() || one.group(2).isBlank()) {
                throw new Unusable("Role %d: no mark and text in '%s'".formatted(role, cut(line)));
            }
            int mark = Integer.parseInt(one.group(1)) - 1;
            if (texts[mark] != null) {
                throw new Unusable("Role %d has two lines for mark %d".formatted(role, mark + 1));
            }
            texts[mark] = one.group(2).strip();
        }
        for (int mark = 0; mark < marks; mark++) {
            if (texts[mark] == null) {
                throw new Unusable("Role %d has no line for mark %d".formatted(role, mark + 1));
            }
        }
        return List.of(texts);
    }

    private static List<String> relations(String section, int role) throws Unusable {
        List<String> lines = lines(section);
        for (String line : lines) {
            Matcher tags = TAGS_AT_START.matcher(line);
            if (!tags.find() || line.substring(tags.end()).isBlank()) {
                throw new Unusable("Role %d: no marks and text in '%s'".formatted(role, cut(line)));
            }
        }
        if (lines.isEmpty()) {
            throw new Unusable("Role %d is empty".formatted(role));
        }
        return lines;
    }

    private static List<Turn> questions(String section, int role) throws Unusable {
        var questions = new ArrayList<Turn>();
        for (String line : lines(section)) {
            JsonNode json = json(line, role);
            String question = field(json, "question");
            String answer = field(json, "answer");
            if (question.isBlank() || answer.isBlank()) {
                throw new Unusable("Role %d: no question and answer in '%s'".formatted(role, cut(line)));
            }
            if (!TAG.matcher(question).find()) {
                throw new Unusable("Role %d: the question '%s' names no mark".formatted(role, cut(question)));
            }
            questions.add(new Turn(question.strip(), answer.strip()));
        }
        if (questions.isEmpty()) {
            throw new Unusable("Role %d is empty".formatted(role));
        }
        return questions;
    }

    private static JsonNode json(String line, int role) throws Unusable {
        String bare = line.replaceAll("[,;]\\s*$", "");
        for (String end : List.of("", "}", "\"}")) { // what is missing most often
            Optional<JsonNode> json = read(bare + end);
            if (json.isPresent()) {
                return json.get();
            }
        }
        throw new Unusable("Role %d: '%s' is not JSON".formatted(role, cut(line)));
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String field(JsonNode json, String name) {
        for (var field : json.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                JsonNode value = field.getValue();
                return value.isArray() ? value.path(0).asText() : value.asText();
            }
        }
        return "";
    }

    private static String cut(String line) {
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }
}
