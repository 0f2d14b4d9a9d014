@NullMarked
package ai.sphinxv.training.pages.document;

import org.jspecify.annotations.NullMarked;
