/** Marks on a picture: drawing them with mouse, touch or keys, and showing them over the picture. */

export const LIMIT = 10;

/** One for each mark; white text on any of them has a contrast of at least 4.5. */
export const COLOURS = [
  '#c8203a', '#1f5fd0', '#0f7a3d', '#8a3fc0', '#b04a00', '#00707f', '#c0187f', '#5f6300', '#4b5567', '#17171c',
];

/** What the server reads of one stroke. */
const STROKE_LIMIT = 10000;

/** A press that moves less than this, in CSS pixels, is a click. */
const CLICK = 4;

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Marks are kept as they are sent: {point}, {box} or {stroke}, in pixels of the uploaded picture. */
export class MarkBoard {
  #picture;
  #overlay;
  #changed;
  #say;
  #tool = 'point';
  #marks = [];
  /** A mark that is not finished: {from, to} of a box or {stroke}. */
  #draft = null;
  /** Where the pointer went down, and whether that began the draft. */
  #press = null;
  /** Place of the keyboard's crosshair; shown once a key was used. */
  #cursor = null;
  #keyed = false;
  #locked = false;

  /**
   * @param changed is called when marks came or went
   * @param say is called with words for people who do not see the picture
   */
  constructor(picture, overlay, changed, say) {
    this.#picture = picture;
    this.#overlay = overlay;
    this.#changed = changed;
    this.#say = say;
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

  /** While a question is being answered its marks stay as they are. */
  set locked(locked) {
    this.#locked = locked;
    this.#overlay.dataset.locked = locked;
    this.cancel();
  }

  undo() {
    if (this.#draft) {
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
    this.#draft = null;
    this.#press = null;
    this.#draw();
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
      this.#say('Marks stay as they are while the answer is written. Stop it to change them.');
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
    if (this.#draft.from) {
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
    if (this.#draft?.from) {
      this.#draft.to = this.#cursor;
    } else if (this.#draft) {
      this.#extend(this.#cursor);
    }
    this.#say(this.#cursor.join(', '));
    this.#draw();
  }

  #enter() {
    const at = this.#showCursor();
    if (this.#draft?.from) {
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

  #finish() {
    const { from, to, stroke } = this.#draft;
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
      const { from, to, stroke } = this.#draft;
      shape(pen, stroke ? { stroke } : { box: [...from, ...to] }, colour, at, true);
    }
    if (this.#keyed && this.#cursor) {
      crosshair(pen, at(this.#cursor), wide, high);
    }
  }
}

function clamp(value, most) {
  return Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
}

/** A light line under the coloured one: seen on any picture. */
function outline(pen, colour, path, dashed) {
  pen.setLineDash([]);
  pen.strokeStyle = 'rgb(255 255 255 / 0.9)';
  pen.lineWidth = 6;
  pen.stroke(path);
  pen.setLineDash(dashed ? [6, 5] : []);
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.stroke(path);
  pen.setLineDash([]);
}

function shape(pen, mark, colour, at, unfinished = false) {
  const path = new Path2D();
  if (mark.point) {
    const [x, y] = at(mark.point);
    path.arc(x, y, 5, 0, 2 * Math.PI);
    outline(pen, colour, path);
    pen.fillStyle = colour;
    pen.fill(path);
  } else if (mark.box) {
    const [x1, y1] = at(mark.box.slice(0, 2));
    const [x2, y2] = at(mark.box.slice(2));
    path.rect(x1, y1, x2 - x1, y2 - y1);
    outline(pen, colour, path, unfinished);
  } else {
    const [first, ...rest] = mark.stroke.map(at);
    path.moveTo(...first);
    path.lineTo(...first); // a stroke of one place is a dot
    rest.forEach((place) => path.lineTo(...place));
    outline(pen, colour, path);
  }
}

/** Beside what is marked, so that even something small stays in sight. */
function anchor(mark, at) {
  if (mark.point) {
    const [x, y] = at(mark.point);
    return [x + 13, y - 15];
  }
  const [x, y] = at(mark.box ? mark.box.slice(0, 2) : mark.stroke[0]);
  return [x - 9, y - 9];
}

function badge(pen, [x, y], index, wide, high) {
  const radius = 11;
  const inside = (value, most) => Math.min(Math.max(value, radius + 2), Math.max(most - radius - 2, radius + 2));
  const [cx, cy] = [inside(x, wide), inside(y, high)];
  pen.beginPath();
  pen.arc(cx, cy, radius, 0, 2 * Math.PI);
  pen.fillStyle = COLOURS[index];
  pen.fill();
  pen.strokeStyle = '#fff';
  pen.lineWidth = 2;
  pen.stroke();
  pen.fillStyle = '#fff';
  pen.font = '600 12px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(String(index + 1), cx, cy + 0.5);
}

function crosshair(pen, [x, y], wide, high) {
  const path = new Path2D();
  path.moveTo(x, 0);
  path.lineTo(x, high);
  path.moveTo(0, y);
  path.lineTo(wide, y);
  pen.strokeStyle = 'rgb(255 255 255 / 0.9)';
  pen.lineWidth = 3;
  pen.stroke(path);
  pen.strokeStyle = '#111';
  pen.lineWidth = 1;
  pen.stroke(path);
}
