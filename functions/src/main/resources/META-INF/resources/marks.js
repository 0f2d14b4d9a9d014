/** Marks on a picture: drawing them with mouse, touch or keys. */

import { COLOURS, anchor, badge, crosshair, shape } from './shapes.js';

export const LIMIT = 10;

/** What the server reads of one stroke. */
const STROKE_LIMIT = 10000;

/** What the server reads of one polygon. */
const CORNER_LIMIT = 1000;

/** A click so near to a polygon's first corner, in CSS pixels, closes it. */
const CLOSE = 10;

/** A press that moves less than this, in CSS pixels, is a click. */
const CLICK = 4;

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Marks are kept as they are sent: {point}, {box}, {stroke} or {polygon}, in pixels of the uploaded picture. */
export class MarkBoard {
  #picture;
  #overlay;
  #changed;
  #say;
  #refuse;
  #tool = 'point';
  #marks = [];
  /** A mark that is not finished: {from, to} of a box, {stroke}, or {polygon, to}: its corners and where the next may be. */
  #draft = null;
  /** Where the pointer went down, and whether that began the draft. */
  #press = null;
  /** Place of the keyboard's crosshair; shown once a key was used. */
  #cursor = null;
  #keyed = false;
  /** Why marks stay as they are; empty while they need not. */
  #locked = '';

  /**
   * @param changed is called when marks came or went
   * @param say is called with words for people who do not see the picture
   * @param refuse is called with words for everybody, and with none once they are no longer true
   */
  constructor(picture, overlay, changed, say, refuse) {
    this.#picture = picture;
    this.#overlay = overlay;
    this.#changed = changed;
    this.#say = say;
    this.#refuse = refuse;
    overlay.addEventListener('pointerdown', (event) => this.#down(event));
    overlay.addEventListener('pointermove', (event) => this.#move(event));
    overlay.addEventListener('pointerup', (event) => this.#up(event));
    overlay.addEventListener('pointercancel', () => this.cancel());
    overlay.addEventListener('keydown', (event) => this.#key(event));
    overlay.addEventListener('blur', () => this.#hideCursor());
    new ResizeObserver(() => this.#draw()).observe(overlay);
    this.tool = 'point';
  }

  get marks() {
    return this.#marks;
  }

  get tool() {
    return this.#tool;
  }

  set tool(tool) {
    this.#tool = tool;
    this.#overlay.dataset.tool = tool; // the style sheet lets a finger scroll past the picture only with points
    this.cancel();
  }

  get full() {
    return this.#marks.length >= LIMIT;
  }

  /** Words that say why marks have to stay as they are, or none. */
  set locked(reason) {
    this.#locked = reason;
    this.#overlay.dataset.locked = Boolean(reason);
    this.cancel();
  }

  undo() {
    if (this.#draft?.polygon?.length > 1) {
      this.#draft.polygon.pop();
      this.#draw();
    } else if (this.#draft) {
      this.cancel();
    } else if (this.#marks.length && !this.#locked) {
      this.#marks = this.#marks.slice(0, -1);
      this.#update();
    }
  }

  clear() {
    this.#marks = [];
    this.#cursor = null;
    this.cancel();
    this.#update();
  }

  cancel() {
    const begun = this.#draft;
    this.#draft = null;
    this.#press = null;
    if (begun) {
      this.#refuse('');
      this.#update();
    } else {
      this.#draw();
    }
  }

  /** Whether a mark is begun and not finished. */
  get drafting() {
    return Boolean(this.#draft);
  }

  #update() {
    this.#draw();
    this.#changed();
  }

  #add(mark) {
    this.#draft = null;
    this.#marks = [...this.#marks, mark];
    this.#update();
  }

  /** False, with words, when no mark may begin. */
  #free() {
    if (this.#locked) {
      this.#say(this.#locked);
    } else if (this.full) {
      this.#say(`${LIMIT} marks are the most for one question. Undo one to place another.`);
    }
    return !this.#locked && !this.full;
  }

  // Pointer

  #down(event) {
    if (!event.isPrimary || event.button !== 0) {
      return;
    }
    this.#hideCursor();
    if (!this.#free()) {
      return;
    }
    this.#overlay.setPointerCapture(event.pointerId);
    const at = this.#place(event);
    this.#press = { x: event.clientX, y: event.clientY, began: !this.#draft };
    if (this.#tool === 'box') {
      this.#draft = { from: this.#draft?.from ?? at, to: at };
    } else if (this.#tool === 'stroke') {
      this.#draft = { stroke: [at] };
    }
    this.#draw();
  }

  #move(event) {
    if (!this.#draft || !event.isPrimary) {
      return;
    }
    if (this.#draft.from || this.#draft.polygon) {
      this.#draft.to = this.#place(event);
    } else if (this.#press) {
      const events = event.getCoalescedEvents?.() ?? [];
      for (const part of events.length ? events : [event]) {
        this.#extend(this.#place(part));
      }
    }
    this.#draw();
  }

  #up(event) {
    const press = this.#press;
    this.#press = null;
    if (!press || !event.isPrimary) {
      return;
    }
    const at = this.#place(event);
    if (this.#tool === 'point') {
      this.#add({ point: at });
    } else if (this.#tool === 'stroke') {
      this.#extend(at);
      this.#finish();
    } else if (this.#tool === 'polygon') {
      this.#corner(at, CLICK, CLOSE);
    } else if (press.began && Math.hypot(event.clientX - press.x, event.clientY - press.y) < CLICK) {
      // Not everybody can drag: a click sets one corner, the next click the other.
      this.#say('First corner set. Click the opposite corner, or press Escape.');
    } else {
      this.#draft.to = at;
      this.#finish();
    }
  }

  // Keyboard

  #key(event) {
    if (event.key === 'Escape') {
      if (this.#draft) {
        this.#say('Cancelled.');
      }
      this.cancel();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      this.undo();
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (KEYS[event.key]) {
      this.#step(KEYS[event.key], event.shiftKey);
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (!event.repeat) {
        this.#enter();
      }
    } else {
      return;
    }
    event.preventDefault();
  }

  #step([dx, dy], fine) {
    const wide = this.#picture.naturalWidth;
    const high = this.#picture.naturalHeight;
    const by = fine ? 1 : Math.max(1, Math.round(Math.max(wide, high) / 64));
    const [x, y] = this.#showCursor();
    this.#cursor = [clamp(x + dx * by, wide), clamp(y + dy * by, high)];
    if (this.#draft?.from || this.#draft?.polygon) {
      this.#draft.to = this.#cursor;
    } else if (this.#draft) {
      this.#extend(this.#cursor);
    }
    this.#say(this.#cursor.join(', '));
    this.#draw();
  }

  #enter() {
    if (this.#draft?.polygon && !this.#keyed) {
      this.#finish(); // its corners were clicked
      return;
    }
    const at = this.#showCursor();
    if (this.#draft?.polygon) {
      this.#corner(at, 1, 1);
    } else if (this.#draft?.from) {
      this.#draft.to = at;
      this.#finish();
    } else if (this.#draft) {
      this.#finish();
    } else if (this.#free()) {
      if (this.#tool === 'point') {
        this.#add({ point: at });
      } else if (this.#tool === 'box') {
        this.#draft = { from: at, to: at };
        this.#say('First corner set. Move to the opposite corner and press Enter.');
      } else if (this.#tool === 'polygon') {
        this.#corner(at, 1, 1);
      } else {
        this.#draft = { stroke: [at] };
        this.#say('Stroke begun. Draw with the arrow keys and press Enter to end it.');
      }
    }
    this.#draw();
  }

  #showCursor() {
    this.#keyed = true;
    this.#cursor ??= [Math.round(this.#picture.naturalWidth / 2), Math.round(this.#picture.naturalHeight / 2)];
    return this.#cursor;
  }

  #hideCursor() {
    this.#keyed = false;
    this.#draw();
  }

  // Marks

  #extend(at) {
    const { stroke } = this.#draft;
    const [x, y] = stroke.at(-1);
    if (stroke.length < STROKE_LIMIT && (x !== at[0] || y !== at[1])) {
      stroke.push(at);
    }
  }

  /**
   * A polygon's next corner; the last one once more, or the first one, closes it.
   *
   * @param same and close: how near that is, in CSS pixels
   */
  #corner(at, same, close) {
    const corners = this.#draft?.polygon;
    if (!corners) {
      this.#draft = { polygon: [at], to: at };
      this.#update();
      this.#say('First corner set. Set the next one; the last one twice closes the polygon, Escape cancels.');
    } else if (this.#apart(at, corners.at(-1)) < same || (corners.length > 2 && this.#apart(at, corners[0]) < close)) {
      this.#finish();
    } else if (corners.length >= CORNER_LIMIT) {
      this.#refuse(`${CORNER_LIMIT} corners are the most for one polygon. Press Enter to close it.`);
    } else if (crosses(corners, corners.at(-1), at)) {
      this.#refuse('This edge would cross another one. Set the corner elsewhere, or press Escape.');
    } else {
      this.#refuse('');
      corners.push(at);
      this.#draft.to = at;
      this.#say(`Corner ${corners.length} set.`);
    }
    this.#draw();
  }

  /** How far two places are from each other, in CSS pixels. */
  #apart([x1, y1], [x2, y2]) {
    return (Math.hypot(x1 - x2, y1 - y2) * this.#overlay.clientWidth) / this.#picture.naturalWidth;
  }

  #close(corners) {
    if (corners.length < 3) {
      this.#refuse('A polygon needs at least three corners.');
    } else if (crosses(corners, corners.at(-1), corners[0])) {
      this.#refuse('The last edge would cross another one. Undo a corner, or press Escape.');
    } else {
      this.#refuse('');
      this.#add({ polygon: corners });
    }
  }

  #finish() {
    const { from, to, stroke, polygon } = this.#draft;
    if (polygon) {
      this.#close(polygon);
      return;
    }
    if (stroke) {
      this.#add({ stroke });
      return;
    }
    const [x1, x2] = [from[0], to[0]].sort((a, b) => a - b);
    const [y1, y2] = [from[1], to[1]].sort((a, b) => a - b);
    if (x1 < x2 && y1 < y2) {
      this.#add({ box: [x1, y1, x2, y2] });
    } else {
      this.#say('A box needs some width and some height.');
      this.cancel();
    }
  }

  /** Where the pointer is, in pixels of the uploaded picture. */
  #place(event) {
    const area = this.#overlay.getBoundingClientRect();
    const wide = this.#picture.naturalWidth;
    const high = this.#picture.naturalHeight;
    return [
      clamp(((event.clientX - area.left) / area.width) * wide, wide),
      clamp(((event.clientY - area.top) / area.height) * high, high),
    ];
  }

  // Drawing: in CSS pixels, so that lines and numbers keep their size when the picture is scaled

  #draw() {
    const { clientWidth: wide, clientHeight: high } = this.#overlay;
    const sharp = window.devicePixelRatio || 1;
    this.#overlay.width = Math.round(wide * sharp);
    this.#overlay.height = Math.round(high * sharp);
    const pen = this.#overlay.getContext('2d');
    pen.scale(sharp, sharp);
    pen.lineJoin = 'round';
    pen.lineCap = 'round';
    const at = ([x, y]) => [(x / this.#picture.naturalWidth) * wide, (y / this.#picture.naturalHeight) * high];

    this.#marks.forEach((mark, index) => shape(pen, mark, COLOURS[index], at));
    // Numbers last: no line crosses them.
    this.#marks.forEach((mark, index) => badge(pen, anchor(mark, at), index, wide, high));
    if (this.#draft) {
      const colour = COLOURS[this.#marks.length];
      const { from, to, stroke, polygon } = this.#draft;
      if (polygon) {
        shape(pen, { polygon: [...polygon, to] }, colour, at, true);
      } else if (stroke) {
        shape(pen, { stroke }, colour, at);
      } else {
        shape(pen, { box: [...from, ...to] }, colour, at, true);
      }
    }
    if (this.#keyed && this.#cursor) {
      crosshair(pen, at(this.#cursor), wide, high);
    }
  }
}

function clamp(value, most) {
  return Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
}

/** Whether a line between two places crosses an edge between these corners; to touch one is fine. */
function crosses(corners, from, to) {
  const side = ([ax, ay], [bx, by], [x, y]) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  return corners.slice(1).some((corner, index) => {
    const before = corners[index];
    return side(from, to, before) * side(from, to, corner) < 0 && side(before, corner, from) * side(before, corner, to) < 0;
  });
}
