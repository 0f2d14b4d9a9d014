/** How jobs write: a file is there whole or not at all. Knows bytes and folders; knows nothing of what is in them. */
@NullMarked
package ai.sphinxv.training.files;

import org.jspecify.annotations.NullMarked;
