/**
 * The steps of an answer, each by itself: what one gives, the next takes, in this process or another. Knows the runtime and
 * the wire's words; knows no HTTP.
 */
@NullMarked
package ai.sphinxv.functions.chain;

import org.jspecify.annotations.NullMarked;
