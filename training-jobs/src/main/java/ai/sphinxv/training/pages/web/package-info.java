@NullMarked
package ai.sphinxv.training.pages.web;

import org.jspecify.annotations.NullMarked;
