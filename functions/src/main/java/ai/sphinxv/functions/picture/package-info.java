/**
 * Pictures that a request names by URL: which are fetched, from where, and how much of them. The only room that asks another
 * server for anything. Knows HTTP and addresses; knows nothing of pictures or doors.
 */
@NullMarked
package ai.sphinxv.functions.picture;

import org.jspecify.annotations.NullMarked;
