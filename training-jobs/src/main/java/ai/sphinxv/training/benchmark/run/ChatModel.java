package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.training.teacher.ChatException;
import ai.sphinxv.training.teacher.ChatException.Reason;
import ai.sphinxv.training.teacher.ChatQuestion;
import java.util.List;

/** A model that knows pictures and words but no marks, behind an OpenAI-compatible server; it decodes greedily. */
record ChatModel(ChatServer server) implements Model {
    @Override
    public String name() {
        return server.model();
    }

    @Override
    public String ask(Asked asked) {
        var picture = ChatQuestion.Picture.png(asked.picture().image());
        try {
            return server.with(0, asked.maxTokens())
                    .ask(new ChatQuestion(null, asked.question(), List.of(picture)))
                    .text();
        } catch (ChatException e) {
            if (e.reason() == Reason.REFUSED) {
                throw new InvalidPromptException(String.valueOf(e.getMessage()));
            }
            throw new UnreachableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void close() {
        server.close();
    }
}
