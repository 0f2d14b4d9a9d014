package ai.sphinxv.functions.ask;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/**
 * Deletes the files of a form once its request is over. Quarkus does so where the form was whole; of one that was refused before,
 * Vert.x 4.5 leaves them on the disk, and those that it was writing open.
 */
@Singleton
class LeftUploads {
    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(context -> {
            if (isForm(context)) {
                context.addEndHandler(end -> context.fileUploads().forEach(LeftUploads::delete));
            }
            context.next();
        });
    }

    static boolean isForm(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static void delete(FileUpload upload) {
        try {
            upload.cancel(); // closes it
        } catch (IllegalStateException e) {
            // it is closed, or not begun
        }
        upload.delete(); // which fails where it is gone
    }
}
