/** Asking the server: one request, its answer as a stream of server-sent events. */

/** What went wrong, in words for people: a title and, where there is more to say, a detail. */
export class Trouble extends Error {
  constructor(title, detail = '', status = 0) {
    super(detail ? `${title}: ${detail}` : title);
    this.status = status;
  }
}

const KEPT = 'sphinxv-key';
let key = keptKey();

function keptKey() {
  try {
    return sessionStorage.getItem(KEPT) ?? '';
  } catch {
    return ''; // a browser may forbid it; then the key lives as long as the page
  }
}

/**
 * Sends this key with every question from now on, for as long as the tab lives.
 *
 * @throws Trouble if it cannot be one
 */
export function useKey(given) {
  if (!/^[\x21-\x7e]+$/.test(given)) {
    throw new Trouble('This is no key', 'it has letters, digits and signs, and no spaces');
  }
  key = given;
  try {
    sessionStorage.setItem(KEPT, given);
  } catch {
    // as above
  }
}

/**
 * Sends a question and hands each event on as it comes: on.token(text), on.mark(number, text), on.done(reply).
 *
 * @throws Trouble if there is no answer or it breaks off; an AbortError if the signal ends it
 */
export async function ask(request, on, signal) {
  const response = await reached(
    fetch('v1/understand', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'text/event-stream',
        ...(key && { Authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(request),
      signal,
    }),
    'The server cannot be reached',
  );
  if (!response.ok) {
    throw trouble(await response.json().catch(() => null), response.status);
  }
  let done = false;
  const handle = (name, text) => {
    const data = parsed(text);
    if (name === 'token') {
      on.token(data.text);
    } else if (name === 'mark') {
      on.mark(data.mark, data.text);
    } else if (name === 'done') {
      done = true;
      on.done(data);
    } else if (name === 'error') {
      throw trouble(data, data.status);
    }
  };
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const events = new Events(handle);
  try {
    while (!done) {
      const part = await reached(reader.read(), 'The connection broke off');
      if (part.done) {
        break;
      }
      events.push(part.value);
    }
  } finally {
    reader.cancel().catch(() => {}); // after an error event nothing more is read
  }
  if (!done) {
    throw new Trouble('The answer broke off', 'the server ended it before it was complete; ask again');
  }
}

/** Cuts text into events, whichever line ends are used and wherever the network cuts it. */
class Events {
  #handle;
  #rest = '';
  #name = '';
  #data = [];

  constructor(handle) {
    this.#handle = handle;
  }

  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/); // a last \r may be half of a \r\n
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      const [name, data] = [this.#name, this.#data];
      this.#name = '';
      this.#data = [];
      if (data.length) {
        this.#handle(name, data.join('\n'));
      }
      return;
    }
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
    if (field === 'event') {
      this.#name = value ?? '';
    } else if (field === 'data') {
      this.#data.push(value ?? '');
    }
  }
}

/** A browser's own words for a lost connection differ and help nobody. */
async function reached(promise, title) {
  try {
    return await promise;
  } catch (e) {
    throw e.name === 'AbortError' ? e : new Trouble(title, 'check the connection and ask again');
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Trouble('The answer cannot be read', 'the server sent something else than was agreed');
  }
}

/** From an RFC 9457 problem, or from the bare status where something before the server answered. */
function trouble(problem, status) {
  return problem?.title
    ? new Trouble(problem.title, problem.detail, status)
    : new Trouble('The question was not answered', `the server said ${status} and no more`);
}
