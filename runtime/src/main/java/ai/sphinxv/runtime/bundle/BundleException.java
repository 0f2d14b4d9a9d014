package ai.sphinxv.runtime.bundle;

import org.jspecify.annotations.Nullable;

/** A bundle that cannot be served: a file is missing, damaged or of another version. Written for who deploys it. */
public final class BundleException extends RuntimeException {
    public BundleException(String message) {
        this(message, null);
    }

    public BundleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
