/** What is different on AWS Lambda: nothing streams, and a snapshot is taken of a process that is warm. */
@NullMarked
package ai.sphinxv.functions.lambda;

import org.jspecify.annotations.NullMarked;
