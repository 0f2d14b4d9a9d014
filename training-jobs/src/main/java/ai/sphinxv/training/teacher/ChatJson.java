package ai.sphinxv.training.teacher;

import static ai.sphinxv.training.teacher.ChatException.Reason.DAMAGED;
import static ai.sphinxv.training.teacher.ChatException.Reason.REFUSED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A chat endpoint's requests and replies as JSON. The same question gives the same bytes. */
final class ChatJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    private ChatJson() {}

    static byte[] request(ChatConfig config, ChatQuestion question) {
        ObjectNode body = JSON.createObjectNode()
                .put("model", config.model())
                .put("temperature", config.temperature())
                .put("max_tokens", config.maxTokens());
        ArrayNode messages = body.putArray("messages");
        if (question.system() != null) {
            messages.addObject().put("role", "system").put("content", question.system());
        }
        ArrayNode content = messages.addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "text").put("text", question.text());
        for (ChatQuestion.Picture picture : question.pictures()) {
            String data = Base64.getEncoder().encodeToString(picture.bytes());
            content.addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", "data:%s;base64,%s".formatted(picture.mediaType(), data));
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** @throws ChatException if it is no answer */
    static ChatAnswer answer(byte[] reply, boolean isFromCache) {
        JsonNode json;
        try {
            json = JSON.readTree(reply);
        } catch (IOException e) {
            throw new ChatException(DAMAGED, "the reply is not JSON: " + shown(reply), e);
        }
        JsonNode choice = json.path("choices").path(0);
        JsonNode message = choice.path("message");
        String finish = choice.path("finish_reason").asText();
        if (message.path("refusal").isTextual()) {
            throw new ChatException(
                    REFUSED, "the model refused: " + message.path("refusal").textValue());
        }
        if (finish.equals("content_filter")) {
            throw new ChatException(REFUSED, "the server's content filter kept the answer back");
        }
        String text = text(message.path("content"));
        if (text.isBlank()) {
            throw new ChatException(DAMAGED, "the reply has no choices[0].message.content: " + shown(reply));
        }
        long tokens = json.path("usage").path("total_tokens").asLong(-1);
        return new ChatAnswer(
                text,
                !finish.equals("length"),
                tokens,
                isFromCache,
                json.path("model").asText());
    }

    /** What the server says is wrong; all of its reply, or the beginning, where it says so in a way of its own. */
    static String problem(byte[] reply) {
        try {
            JsonNode json = JSON.readTree(reply);
            JsonNode message = json.path("error").path("message");
            return message.isTextual() ? cut(message.textValue()) : shown(reply);
        } catch (IOException e) {
            return shown(reply);
        }
    }

    /** The server's own word for it, for instance {@code insufficient_quota}. */
    static String code(byte[] reply) {
        try {
            return JSON.readTree(reply).path("error").path("code").asText();
        } catch (IOException e) {
            return "";
        }
    }

    /** A text, or the texts of its parts. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        var text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static String shown(byte[] reply) {
        return reply.length == 0 ? "(empty)" : cut(new String(reply, StandardCharsets.UTF_8));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN
                ? text
                : text.substring(0, SHOWN) + "... (%d more)".formatted(text.length() - SHOWN);
    }
}
