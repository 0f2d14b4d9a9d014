package ai.sphinxv.functions.store;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How buckets are reached. Who asks is said where AWS' SDK looks for it: in the environment, in a profile, by the machine.
 *
 * @param endpoint of a server other than AWS'
 * @param region null for the one that the environment says
 * @param lease how long a process at work may not be heard of before another takes its place
 */
public record S3(@Nullable URI endpoint, @Nullable String region, Duration lease) {}
