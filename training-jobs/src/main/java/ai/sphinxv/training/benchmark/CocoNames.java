package ai.sphinxv.training.benchmark;

import java.util.Set;

/** The 80 things of COCO. Its panoptic annotations name stuff too, such as sky, which is not among them. */
final class CocoNames {
    private static final Set<String> NAMES = Set.of("""
            person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, fire hydrant, stop sign,
            parking meter, bench, bird, cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe, backpack, umbrella,
            handbag, tie, suitcase, frisbee, skis, snowboard, sports ball, kite, baseball bat, baseball glove,
            skateboard, surfboard, tennis racket, bottle, wine glass, cup, fork, knife, spoon, bowl, banana, apple,
            sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake, chair, couch, potted plant, bed,
            dining table, toilet, tv, laptop, mouse, remote, keyboard, cell phone, microwave, oven, toaster, sink,
            refrigerator, book, clock, vase, scissors, teddy bear, hair drier, toothbrush
            """.strip().split(",\\s+", -1));

    private CocoNames() {}

    static boolean contains(String label) {
        return NAMES.contains(label);
    }

    static int count() {
        return NAMES.size();
    }
}
