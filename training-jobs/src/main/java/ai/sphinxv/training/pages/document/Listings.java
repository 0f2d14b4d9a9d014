package ai.sphinxv.training.pages.document;

import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;

/** A few lines of a program. */
final class Listings {
    private Listings() {}

    static String any(Kit kit) {
        return switch (kit.between(0, 3)) {
            case 0 -> python(kit);
            case 1 -> java(kit);
            case 2 ->
                times(
                        kit.between(3, 8),
                        i -> "$ %s %s --%s %d\n"
                                .formatted(kit.word("verb"), kit.word("tech"), kit.word("tech"), kit.between(1, 99)));
            default -> sql(kit);
        };
    }

    private static String python(Kit kit) {
        String a = kit.word("tech");
        String b = kit.word("science");
        return "def %s_%s(%s, %s=%d):\n".formatted(kit.word("verb"), a, b, kit.word("tech"), kit.between(1, 100))
                + times(
                        kit.between(2, 7),
                        i -> kit.pick(
                                "    %s = %s.%s(%d)\n"
                                        .formatted(kit.word("tech"), b, kit.word("verb"), kit.between(0, 50)),
                                "    for i in range(%d):\n        %s[i] += %d\n"
                                        .formatted(kit.between(2, 90), a, kit.between(1, 9)),
                                "    if %s is None:\n        return %d\n".formatted(b, kit.between(0, 9))))
                + "    return " + a + "\n";
    }

    private static String java(Kit kit) {
        String a = kit.word("tech");
        return "void %s(int %s) {\n".formatted(kit.word("verb"), a)
                + times(
                        kit.between(2, 7),
                        i -> kit.pick(
                                "    int %s = %s * %d;\n".formatted(kit.word("science"), a, kit.between(2, 64)),
                                "    if (%s &gt; %d) {\n        %s.%s();\n    }\n"
                                        .formatted(a, kit.between(1, 50), kit.word("tech"), kit.word("verb")),
                                "    %s(%s, \"%s\");\n".formatted(kit.word("verb"), a, kit.word("item"))))
                + "}\n";
    }

    private static String sql(Kit kit) {
        return "SELECT %s, %s\nFROM %s\nWHERE %s = '%s'\n  AND %s &gt; %d\nORDER BY %s;\n"
                .formatted(
                        kit.word("tech"),
                        kit.word("work"),
                        kit.word("item"),
                        kit.word("tech"),
                        kit.word("city"),
                        kit.word("work"),
                        kit.between(1, 500),
                        kit.word("tech"));
    }
}
