package ai.sphinxv.functions.pace;

import ai.sphinxv.functions.Range;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How slowly a client may send its request. A connection on which nothing is sent is {@code quarkus.http.idle-timeout}'s. */
@StaticInitSafe // as SphinxConfig, which has the same prefix
@Unremovable // no bean asks for it
@ConfigMapping(prefix = "sphinxv.pace")
public interface PaceConfig {

    /** How long the first line and the headers of a request may take from their first byte on. */
    @WithDefault("PT10S")
    @Range(min = 100)
    Duration headers();

    /** In each such time, while a body is being sent, {@link #bodyBytes} have to come. */
    @WithDefault("PT20S")
    @Range(min = 100)
    Duration body();

    @WithDefault("8K")
    MemorySize bodyBytes();
}
