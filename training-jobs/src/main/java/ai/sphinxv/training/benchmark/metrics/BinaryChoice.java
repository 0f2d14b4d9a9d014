package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * "Is it a (Class A) or a (Class B)?" on LVIS, as Ferret's eval_lvis.py has it (metrics.md 5). {@code paper}: the class
 * or a synonym of it stands somewhere in the answer, in the same case, be it within another word; so an answer that
 * names both is right. {@code strict}: the answer names this class and not the other, in whole words of any case.
 */
final class BinaryChoice {
    private static final Pattern NOT = Pattern.compile("(?U)\\s+not[^,.]*[,.]");
    private static final Pattern NO = Pattern.compile("(?U)\\s+no[^,.]*[,.]");
    private static final Pattern DENIED = Pattern.compile("(?Ui)\\b(?:not|no)\\b[^,.]*");

    private BinaryChoice() {}

    /** A list of {name, synonyms, neg_class, text} in, accuracy and hits out. A null text names nothing. */
    static ObjectNode score(Field input) {
        var hits = new ArrayList<Boolean>();
        var strict = new ArrayList<Boolean>();
        for (Field item : input.list()) {
            String name = item.get("name").text();
            var synonyms = new LinkedHashSet<String>();
            item.get("synonyms").texts().forEach(synonym -> synonyms.addAll(names(synonym)));
            String answer = item.find("text").map(Field::text).orElse("");
            hits.add(paper(answer, name, synonyms));
            synonyms.addAll(names(name));
            strict.add(strict(answer, synonyms, names(item.get("neg_class").text())));
        }
        Estimate accuracy = mean(hits);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("accuracy", accuracy.value()).putPOJO("hits", hits);
        return new BothModes()
                .paper("accuracy", accuracy)
                .strict("accuracy", mean(strict))
                .into(json);
    }

    /** "bow_(weapon)" is called "bow" and "weapon". */
    static List<String> names(String category) {
        int bracket = category.indexOf('(');
        return bracket < 0
                ? List.of(words(category))
                : List.of(
                        words(category.substring(0, bracket)),
                        words(category.substring(bracket + 1).replace(")", "")));
    }

    private static String words(String name) {
        return PythonText.strip(name.replace('_', ' '));
    }

    /**
     * The class's own name counts with its brackets only. The second pattern also takes ", noodle," and " note,": what it
     * costs is part of the published figure.
     */
    static boolean paper(String answer, String name, Collection<String> synonyms) {
        String said = NO.matcher(NOT.matcher(answer).replaceAll("")).replaceAll("");
        return said.contains(words(name)) || synonyms.stream().anyMatch(said::contains);
    }

    static boolean strict(String answer, Collection<String> names, Collection<String> others) {
        String said = DENIED.matcher(answer).replaceAll(" ");
        return isNamed(names, said) && !isNamed(others, said);
    }

    private static boolean isNamed(Collection<String> names, String said) {
        return names.stream()
                .anyMatch(name -> Pattern.compile("(?Ui)(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
                        .matcher(said)
                        .find());
    }

    private static Estimate mean(List<Boolean> hits) {
        return Bootstrap.STANDARD.mean(
                hits.stream().mapToDouble(hit -> hit ? 1 : 0).toArray());
    }
}
