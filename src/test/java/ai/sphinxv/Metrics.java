package ai.sphinxv;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What an application says of itself at {@code /q/metrics}, at one moment. */
record Metrics(String text) {

    static Metrics of(HttpClient client, URI application) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(application.resolve("/q/metrics")).build();
        return new Metrics(client.send(request, BodyHandlers.ofString()).body());
    }

    /** The sum over all tags, or of those that begin so: a name, a brace, a tag. */
    double value(String name) {
        return text.lines()
                .filter(line ->
                        line.startsWith(name + " ") || line.startsWith(name + "{") || line.startsWith(name + "}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
