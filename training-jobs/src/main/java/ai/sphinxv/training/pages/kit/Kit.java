package ai.sphinxv.training.pages.kit;

import ai.sphinxv.training.scenes.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chance, words and materials for one picture: the same seed makes the same picture. */
public final class Kit {
    private final SplittableRandom random;
    private final Materials materials;
    private final Prose prose;
    private final Facts facts;

    public Kit(long seed, Materials materials) {
        this.random = new SplittableRandom(seed);
        this.materials = materials;
        this.prose = new Prose(this);
        this.facts = new Facts(this);
    }

    public boolean isHeldOut() {
        return materials.split() == Split.HELD_OUT;
    }

    public Materials materials() {
        return materials;
    }

    public Prose prose() {
        return prose;
    }

    public Facts facts() {
        return facts;
    }

    /** From low to high, both included. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    public double real(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** So many different ones, or all of them where there are fewer, in any order. */
    public <T> List<T> some(List<T> choices, int count) {
        List<T> left = new ArrayList<>(choices);
        List<T> chosen = new ArrayList<>();
        while (chosen.size() < count && !left.isEmpty()) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    public String word(String kind) {
        return pick(materials.words().all(kind));
    }

    public List<String> words(String kind, int count) {
        return some(materials.words().all(kind), count);
    }
}
