package ai.sphinxv.functions;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Stops the start where a setting is out of its {@link Range}, and says which. It does of Bean Validation what our settings
 * need: the whole of it took a quarter of the time until the doors of a cold start were open.
 */
@StaticInitSafe // so are the settings
public final class Ranges implements SmallRyeConfigBuilderCustomizer, ConfigValidator {
    private static final String OURS = "ai.sphinxv.";

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withValidator(this);
    }

    @Override
    public void validateMapping(Class<?> mapping, String prefix, Object settings) {
        if (isOurs(mapping)) {
            var problems = new ArrayList<Problem>();
            look(mapping, prefix, settings, problems);
            if (!problems.isEmpty()) {
                throw new ConfigValidationException(problems.toArray(Problem[]::new));
            }
        }
    }

    private static void look(Class<?> mapping, String prefix, Object settings, List<Problem> problems) {
        for (Method setting : mapping.getDeclaredMethods()) {
            String key = prefix + "." + StringUtil.skewer(setting.getName());
            Range range = setting.getAnnotation(Range.class);
            if (range != null) {
                look(key, value(setting, settings), range, problems);
            } else if (isOurs(setting.getReturnType())
                    && setting.getReturnType().isInterface()) {
                look(setting.getReturnType(), key, value(setting, settings), problems);
            }
        }
    }

    private static void look(String key, Object value, Range range, List<Problem> problems) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(present -> look(key, present, range, problems));
            case OptionalInt optional -> optional.ifPresent(present -> look(key, present, range, problems));
            case Integer number -> {
                if (number < range.min() || number > range.max()) {
                    problems.add(new Problem(
                            "%s is %d; it goes from %d to %d".formatted(key, number, range.min(), range.max())));
                }
            }
            case Duration time -> {
                var least = Duration.ofMillis(range.min());
                var most = Duration.ofMillis(range.max());
                if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
                    String upTo = range.max() == Long.MAX_VALUE ? "" : " to " + most;
                    problems.add(new Problem("%s is %s; it goes from %s%s".formatted(key, time, least, upTo)));
                }
            }
            default -> throw new IllegalStateException("nothing is known of the range of " + value.getClass());
        }
    }

    private static Object value(Method setting, Object settings) {
        try {
            return setting.invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(setting + " cannot be read", e);
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }
}
