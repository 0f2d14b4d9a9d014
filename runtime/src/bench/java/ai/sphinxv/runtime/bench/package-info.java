/** How long the small parts take, by JMH: {@code ./mvnw -Pmicro}. Knows the rooms' public doors; nothing knows it. */
@NullMarked
package ai.sphinxv.runtime.bench;

import org.jspecify.annotations.NullMarked;
