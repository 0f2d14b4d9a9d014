package ai.sphinxv.training.pages.document;

import ai.sphinxv.training.pages.kit.Kit;

/** Displayed formulas in MathML. */
final class Formulas {
    private static final String LATIN = "abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWX";
    private static final String GREEK = "αβγδεθλμπρστφχψωΓΔΘΛΣΦΨΩ";

    private Formulas() {}

    static String any(Kit kit) {
        String left = kit.chance(0.5)
                ? indexed(kit)
                : "<mrow>" + letter(kit) + "<mo>(</mo>" + letter(kit) + "<mo>)</mo></mrow>";
        StringBuilder right = new StringBuilder(term(kit));
        for (int i = kit.between(0, 2); i > 0; i--) {
            right.append("<mo>%s</mo>".formatted(kit.pick("+", "−", "+", "·"))).append(term(kit));
        }
        return "<math displaystyle='true'><mrow>%s<mo>%s</mo>%s</mrow></math>"
                .formatted(left, kit.pick("=", "=", "=", "≤", "≈", "∝"), right);
    }

    private static String term(Kit kit) {
        return switch (kit.between(0, 7)) {
            case 0 ->
                "<mfrac><mrow>%s<mo>+</mo>%s</mrow><mrow>%s</mrow></mfrac>"
                        .formatted(indexed(kit), letter(kit), power(kit));
            case 1 ->
                "<munderover><mo>%s</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>%s"
                        .formatted(kit.pick("∑", "∏"), indexed(kit));
            case 2 ->
                "<msubsup><mo>∫</mo><mn>0</mn><mi>%s</mi></msubsup>%s<mi>d</mi>%s"
                        .formatted(kit.pick("∞", "T", "1"), power(kit), letter(kit));
            case 3 -> "<msqrt><mrow>%s<mo>+</mo>%s</mrow></msqrt>".formatted(power(kit), power(kit));
            case 4 ->
                "<mi>%s</mi><mo>(</mo>%s<mo>)</mo>"
                        .formatted(kit.pick("exp", "log", "sin", "max", "tanh"), indexed(kit));
            case 5 ->
                "<mfrac><mrow><mo>∂</mo>%s</mrow><mrow><mo>∂</mo>%s</mrow></mfrac>".formatted(letter(kit), letter(kit));
            case 6 -> "<mrow><mo>(</mo><mn>1</mn><mo>−</mo>%s<mo>)</mo></mrow>%s".formatted(letter(kit), indexed(kit));
            default -> "<mn>%s</mn>%s".formatted(kit.between(2, 9), power(kit));
        };
    }

    private static String letter(Kit kit) {
        String from = kit.chance(0.65) ? LATIN : GREEK;
        return "<mi>" + from.charAt(kit.between(0, from.length() - 1)) + "</mi>";
    }

    private static String indexed(Kit kit) {
        return "<msub>" + letter(kit) + "<mi>" + kit.pick("i", "j", "t", "0", "k", "max") + "</mi></msub>";
    }

    private static String power(Kit kit) {
        return "<msup>" + letter(kit) + "<mn>" + kit.pick("2", "2", "3", "n", "−1") + "</mn></msup>";
    }
}
