/** The steps of an answer as a function of AWS Lambda that events trigger. Knows Lambda; what an event asks for, it does not. */
@NullMarked
package ai.sphinxv.functions.lambda.event;

import org.jspecify.annotations.NullMarked;
