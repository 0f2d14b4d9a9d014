package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.task.Answered;
import ai.sphinxv.training.benchmark.task.Answered.Review;
import ai.sphinxv.training.benchmark.task.Item;
import ai.sphinxv.training.benchmark.task.JudgeQuestion;
import ai.sphinxv.training.benchmark.task.Task;
import ai.sphinxv.training.teacher.ChatAnswer;
import ai.sphinxv.training.teacher.ChatException;
import ai.sphinxv.training.teacher.ChatException.Reason;
import ai.sphinxv.training.teacher.ChatQuestion;
import ai.sphinxv.training.teacher.SetOfMarks;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A model that scores answers beside the references.
 *
 * @param alsoSwapped whether it is asked a second time with the two answers' places changed
 */
record Judge(ChatServer server, boolean alsoSwapped, int parallel, PrintStream out) implements AutoCloseable {

    /** As its server was asked for it and as that calls it, and how: a figure is of one judge and no other. */
    String name(List<Answered> judged) {
        String exactly = judged.stream()
                .map(Answered::review)
                .filter(Objects::nonNull)
                .map(Review::judge)
                .filter(model -> !model.isEmpty() && !model.equals(server.model()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        return server.model()
                + (exactly.isEmpty() ? "" : " (its server says: %s)".formatted(exactly))
                + (alsoSwapped ? ", asked in both orders" : "");
    }

    /**
     * The same answers with reviews.
     *
     * @throws UnreachableException if the judge cannot be asked; its reviews so far need not be asked again
     */
    List<Answered> review(Task task, List<Answered> answers) throws IOException, InterruptedException {
        Map<String, Answered> reviewed = new ConcurrentHashMap<>();
        var remaining = new Remaining(out, task.name() + ", judge", answers.size(), 0);
        InTurn.each(answers, parallel, answered -> {
            JudgeQuestion question =
                    task.toJudge(answered).orElseThrow(() -> new IllegalStateException(task.name() + " asks no judge"));
            List<ChatQuestion.Picture> pictures = question.seesPicture() ? List.of(drawn(answered.item())) : List.of();
            Said published = ask(question, false, pictures);
            Said swapped = alsoSwapped ? ask(question, true, pictures) : null;
            var review = new Review(published.text(), swapped == null ? null : swapped.text(), published.model());
            reviewed.put(answered.item().id(), new Answered(answered.item(), answered.text(), review));
            remaining.one();
        });
        var byId = new HashMap<>(reviewed);
        return answers.stream()
                .map(one -> byId.getOrDefault(one.item().id(), one))
                .toList();
    }

    /** A review, and of which model its server says it is. */
    private record Said(String text, String model) {}

    /** A judge that refuses has written a review that cannot be read. */
    private Said ask(JudgeQuestion question, boolean swapped, List<ChatQuestion.Picture> pictures) {
        try {
            ChatAnswer answer = server.with(question.temperature(), question.maxTokens())
                    .ask(new ChatQuestion(JudgeQuestion.SYSTEM, question.text(swapped), pictures));
            return new Said(answer.text(), answer.model());
        } catch (ChatException e) {
            if (e.reason() == Reason.REFUSED) {
                return new Said("refused: " + e.getMessage(), "");
            }
            throw new UnreachableException("the judge: " + e.getMessage(), e);
        }
    }

    private static ChatQuestion.Picture drawn(Item item) throws IOException {
        var image = Picture.read(item.picture()).image();
        return ChatQuestion.Picture.jpeg(SetOfMarks.draw(image, item.on(image)));
    }

    @Override
    public void close() {
        server.close();
    }
}
