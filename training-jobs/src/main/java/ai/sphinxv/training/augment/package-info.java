/**
 * How people miss: noise on boxes and random places in a mask. Knows geometry; knows nothing of questions or networks.
 */
@NullMarked
package ai.sphinxv.training.augment;

import org.jspecify.annotations.NullMarked;
