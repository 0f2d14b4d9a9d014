@NullMarked
package ai.sphinxv.training.pages.mobile;

import org.jspecify.annotations.NullMarked;
