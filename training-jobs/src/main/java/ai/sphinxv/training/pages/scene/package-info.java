@NullMarked
package ai.sphinxv.training.pages.scene;

import org.jspecify.annotations.NullMarked;
