package ai.sphinxv.training.data;

/** How many characters have to be put in, taken out or changed to make one text of another (Levenshtein). */
public final class EditDistance {
    private EditDistance() {}

    /** Of characters or code points, as the caller counts them. */
    public static int of(int[] first, int[] second) {
        int[] row = new int[second.length + 1];
        for (int j = 0; j <= second.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= first.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.length; j++) {
                int changed = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[second.length];
    }
}
