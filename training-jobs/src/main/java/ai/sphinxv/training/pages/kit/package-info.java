@NullMarked
package ai.sphinxv.training.pages.kit;

import org.jspecify.annotations.NullMarked;
