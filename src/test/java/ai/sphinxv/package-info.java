/** Tests that cross modules or speak HTTP. They see everything from outside. */
@NullMarked
package ai.sphinxv;

import org.jspecify.annotations.NullMarked;
