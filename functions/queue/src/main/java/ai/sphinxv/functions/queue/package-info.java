/** The queue's door: an item in, its result out. Knows messages; what an item is, the batches' room knows. */
@NullMarked
package ai.sphinxv.functions.queue;

import org.jspecify.annotations.NullMarked;
