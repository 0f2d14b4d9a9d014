/** The door for cloud events: each step of an answer, triggered by an event, replies with the event that triggers the next. */
@NullMarked
package ai.sphinxv.functions.event;

import org.jspecify.annotations.NullMarked;
