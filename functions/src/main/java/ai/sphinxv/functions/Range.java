package ai.sphinxv.functions;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** From where to where a setting goes, both ends included; a duration's in milliseconds. {@link Ranges} sees to it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {
    long min();

    long max() default Long.MAX_VALUE;
}
