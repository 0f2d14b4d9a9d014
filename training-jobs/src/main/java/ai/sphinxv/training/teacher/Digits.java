package ai.sphinxv.training.teacher;

import java.awt.Point;
import java.util.ArrayList;
import java.util.List;

/** Numbers in dots, 5 across and 7 down a digit: the same on every machine, whatever fonts it has. */
final class Digits {
    static final int HEIGHT = 7;
    private static final int WIDTH = 5;

    private static final String[] ROWS = {
        ".###.  ..#..  .###.  .###.  ...#.  #####  .###.  #####  .###.  .###.",
        "#...#  .##..  #...#  #...#  ..##.  #....  #....  ....#  #...#  #...#",
        "#..##  ..#..  ....#  ....#  .#.#.  ####.  #....  ...#.  #...#  #...#",
        "#.#.#  ..#..  ...#.  ..##.  #..#.  ....#  ####.  ..#..  .###.  .####",
        "##..#  ..#..  ..#..  ....#  #####  ....#  #...#  .#...  #...#  ....#",
        "#...#  ..#..  .#...  #...#  ...#.  #...#  #...#  .#...  #...#  ....#",
        ".###.  .###.  #####  .###.  ...#.  .###.  .###.  .#...  .###.  .###.",
    };

    private Digits() {}

    /** In dots; one is left free between two digits. */
    static int width(int number) {
        return String.valueOf(number).length() * (WIDTH + 1) - 1;
    }

    /** Where its dots are, from the upper left corner. */
    static List<Point> dots(int number) {
        var dots = new ArrayList<Point>();
        String digits = String.valueOf(number);
        for (int place = 0; place < digits.length(); place++) {
            int from = (digits.charAt(place) - '0') * (WIDTH + 2);
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    if (ROWS[y].charAt(from + x) == '#') {
                        dots.add(new Point(place * (WIDTH + 1) + x, y));
                    }
                }
            }
        }
        return dots;
    }
}
