/**
 * SPHINX-V in memory: a picture, marks on it and a question in, an answer out. {@link ai.sphinxv.runtime.SphinxV} is the
 * face. Knows every room below it; knows nothing of HTTP, training or how a bundle is made.
 */
@NullMarked
package ai.sphinxv.runtime;

import org.jspecify.annotations.NullMarked;
