package ai.sphinxv.training.source;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How words name marks, before it is known whether these are points: {@code <Region 1>}. */
final class Tags {
    private Tags() {}

    /** @param number from 1 */
    static String of(int number) {
        return "<Region %d>".formatted(number);
    }

    /** "<Region 1>, <Region 2> and <Region 3>". */
    static String list(int count) {
        return list(IntStream.rangeClosed(1, count).boxed().toList());
    }

    static String list(List<Integer> numbers) {
        String all = numbers.stream().map(Tags::of).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
    }
}
