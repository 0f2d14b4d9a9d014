/** Whether this process can answer. Knows the model's state; knows nothing of requests. */
@NullMarked
package ai.sphinxv.functions.health;

import org.jspecify.annotations.NullMarked;
