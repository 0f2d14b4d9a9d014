package ai.sphinxv.functions;

import ai.sphinxv.functions.store.Place;
import ai.sphinxv.runtime.Mode;
import ai.sphinxv.runtime.graph.Provider;
import ai.sphinxv.runtime.prompt.Polygon;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every setting of a deployment; what else there is to know about a model is read from its bundle. A key that is
 * misspelt or out of range stops the start with a message that names it.
 */
@StaticInitSafe // the model is opened before there is anything else
@ConfigMapping(prefix = "sphinxv")
public interface SphinxConfig {

    /** Folder of the exported model; without it the small model inside this application is served. */
    Optional<Path> bundle();

    /**
     * How often to look whether that folder, or what it links to, has changed; the new model is then served from the next
     * request on. Both are in memory while answers of the old one end. Left out, a process keeps the model it began with.
     */
    @Range(min = 100)
    Optional<Duration> reload();

    /** Where the networks run, first choice first. */
    @WithDefault("cpu")
    List<Provider> providers();

    /** Folder in which TensorRT keeps the engines that it builds; without it every start builds them, for minutes. */
    Optional<Path> engines();

    /** What a question may be: as the released code takes it, or also what that does not. */
    @WithDefault("extended")
    Mode mode();

    /** Threads of one network's run; 0 leaves the choice to ONNX Runtime, which takes the physical cores. */
    @WithDefault("0")
    @Range(min = 0, max = 1024)
    int threads();

    /** Whether this start is a rehearsal: it asks itself what users ask, and ends. For the JVM's AOT cache. */
    @WithDefault("false")
    boolean rehearse();

    Limits limits();

    Admission admission();

    Images images();

    Events events();

    Batch batch();

    /** What one request may ask for. */
    interface Limits {
        /** Bytes of an uploaded picture file; a larger one is refused with 413. */
        @WithDefault("20M")
        MemorySize image();

        /** Characters of a question. */
        @WithDefault("2000")
        @Range(min = 1, max = 1_000_000)
        int question();

        /**
         * Marks of one question. More than the model has slots are asked about some after others, so the answer takes as
         * many times as long.
         */
        @WithDefault("10")
        @Range(min = 1, max = 1000)
        int marks();

        /** Points of one stroke. */
        @WithDefault("10000")
        @Range(min = 1, max = 1_000_000)
        int strokePoints();

        /** Corners of one polygon, with all its rings. */
        @WithDefault("1000")
        @Range(min = 3, max = Polygon.MOST_CORNERS)
        int polygonCorners();

        /** Runs of pixels down the columns of one mask. */
        @WithDefault("100000")
        @Range(min = 2, max = 10_000_000)
        int maskRuns();

        /** Tokens of an answer when the request does not say. */
        @WithDefault("256")
        @Range(min = 1, max = 1_000_000)
        int defaultTokens();

        /** Most tokens of an answer that a request may ask for. */
        @WithDefault("1024")
        @Range(min = 1, max = 1_000_000)
        int maxTokens();

        /** How long an answer may take once its turn has come. */
        @WithDefault("PT2M")
        Duration time();

        /** How long an answer that streams waits for a client that does not read before it is ended. */
        @WithDefault("PT10S")
        Duration slowReader();
    }

    /** How many requests run and wait at the same time. */
    interface Admission {
        /** Answers that are worked on at once. */
        @WithDefault("2")
        @Range(min = 1, max = 1024)
        int concurrent();

        /** Requests that may wait for their turn; the next one gets 503 at once. */
        @WithDefault("16")
        @Range(min = 0, max = 10_000)
        int waiting();

        /**
         * How many of them one tenant may have there, where tenants are told apart; its next one gets 429 at once. Left out,
         * half of them.
         */
        @Range(min = 1, max = 10_000)
        OptionalInt share();

        /** How long a request waits for its turn before 503. */
        @WithDefault("PT10S")
        Duration patience();
    }

    /** Pictures that are kept, so that more can be asked about them without sending or looking at them again. */
    interface Images {
        /**
         * Memory for them; the least recently asked about go first. 0 keeps none. Left out, a fifth of the heap, at most 64 MB:
         * they grow old, and where they take half of it every second picture waits for a collection of all of it.
         */
        Optional<MemorySize> memory();

        /**
         * Header in which the gateway in front says whose request it is: pictures of one tenant are never known to
         * another, and a request without it is refused. Left out, all requests are one tenant's.
         */
        Optional<String> tenantHeader();
    }

    /** Cloud events whose replies are kept, so that one that is delivered again is not worked on again. */
    interface Events {
        /** Memory for the replies; those not asked for the longest time go first. */
        @WithDefault("16M")
        MemorySize memory();

        /** How long a reply is kept. */
        @WithDefault("PT1H")
        Duration remember();
    }

    /** The scheduled door. */
    interface Batch {
        /** Folder, or s3://bucket/prefix, whose *.jsonl files are answered; without it nothing is scheduled. */
        Optional<Place> folder();

        /**
         * Folder, or s3://bucket/prefix, of the files and batches of /v1/files and /v1/batches, shared by all replicas; without
         * it there are none.
         */
        Optional<Place> store();

        S3 s3();

        /** Whether this process answers what waits in both folders and ends, for a job that a cluster starts by the clock. */
        @WithDefault("false")
        boolean once();

        /** Files, and batches, that a tenant may have there. */
        @WithDefault("1000")
        @Range(min = 1, max = 100_000)
        int files();

        /** How long a batch that has ended is listed; its result files stay until they are deleted. */
        @WithDefault("P30D")
        Duration keep();

        /** Items of one batch there. */
        @WithDefault("50000")
        @Range(min = 1, max = 1_000_000)
        int items();

        /** When to look into the folder and for batches that were interrupted, as a cron expression with seconds. */
        @WithDefault("0 * * * * ?")
        String cron();

        /** How s3:// places are reached. Credentials come from where AWS' SDK looks for them. */
        interface S3 {
            /** Of a server other than AWS', MinIO for instance. */
            Optional<URI> endpoint();

            /** Else the environment says it. */
            Optional<String> region();

            /** How long a process that works on a batch may not be heard of before another goes on with it. */
            @WithDefault("PT30S")
            @Range(min = 1000, max = 3_600_000)
            Duration lease();
        }
    }
}
