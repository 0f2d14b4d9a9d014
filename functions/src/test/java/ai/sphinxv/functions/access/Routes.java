package ai.sphinxv.functions.access;

import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the running application has registered, wherever it keeps it. */
@Singleton
class Routes {
    private @Nullable Router router;

    void see(@Observes Router seen) {
        router = seen;
    }

    /** The router's own, with those of the routers that hang below. */
    List<String> routed() throws IllegalAccessException {
        return routed(Objects.requireNonNull(router), "");
    }

    private static List<String> routed(Router router, String base) throws IllegalAccessException {
        var paths = new ArrayList<String>();
        for (Route route : router.getRoutes()) {
            String path = route.getPath();
            List<Router> below = below(route);
            for (Router other : below) {
                paths.addAll(routed(other, base + (path == null ? "" : path.replaceFirst("/$", ""))));
            }
            if (below.isEmpty() && path != null && route.isExactPath()) { // others see all paths, and hand them on
                paths.add(base + path);
            }
        }
        return paths;
    }

    /** Vert.x keeps a mounted router within a route's handler, and has no way to ask for it. */
    private static List<Router> below(Route route) throws IllegalAccessException {
        var routers = new ArrayList<Router>();
        for (Object handler : (List<?>) field(field(route, "state", route), "contextHandlers", List.of())) {
            for (Field captured : handler.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(captured.getModifiers())
                        && captured.trySetAccessible()
                        && captured.get(handler) instanceof Router other) {
                    routers.add(other);
                }
            }
        }
        return routers;
    }

    private static Object field(Object owner, String name, Object ifNull) throws IllegalAccessException {
        for (Field field : owner.getClass().getDeclaredFields()) {
            if (field.getName().equals(name)) {
                field.setAccessible(true);
                Object value = field.get(owner);
                return value == null ? ifNull : value;
            }
        }
        throw new IllegalStateException("Vert.x has changed: %s has no %s".formatted(owner.getClass(), name));
    }

    List<String> resources() {
        return ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers().stream()
                .map(resource -> resource.template.template)
                .toList();
    }

    List<String> functions() {
        return FunctionRecorder.registry.invokers().stream()
                .map(function -> "/" + function.getName())
                .toList();
    }

    /** Files that are served as they are. */
    static List<String> files() throws IOException, URISyntaxException {
        var files = new ArrayList<String>();
        for (URL folder :
                Collections.list(Thread.currentThread().getContextClassLoader().getResources("META-INF/resources"))) {
            if (folder.getProtocol().equals("file")) {
                Path home = Path.of(folder.toURI());
                try (Stream<Path> all = Files.walk(home)) {
                    all.filter(Files::isRegularFile).forEach(file -> files.add("/" + home.relativize(file)));
                }
            }
        }
        return files;
    }
}
