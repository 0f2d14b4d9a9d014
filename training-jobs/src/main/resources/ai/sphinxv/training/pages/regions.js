// Everything on the page that is labelled, and every line of text, in CSS pixels. Called with the page drawn.
async () => {
  const W = innerWidth, H = innerHeight;
  const WORDED = new Set(['button', 'link', 'tab', 'badge', 'heading', 'title', 'page header', 'page footer', 'text field',
    'search bar', 'dropdown', 'list item', 'sign', 'code']);
  const FLOWS = new Set(['title', 'text', 'list', 'page header', 'page footer', 'code']);
  const flow = document.body.hasAttribute('data-flow');

  const box = r => ({x: r.left, y: r.top, w: r.width, h: r.height});
  const cut = (a, b) => {
    const x = Math.max(a.x, b.x), y = Math.max(a.y, b.y);
    return {x, y, w: Math.max(0, Math.min(a.x + a.w, b.x + b.w) - x), h: Math.max(0, Math.min(a.y + a.h, b.y + b.h) - y)};
  };
  const join = (a, b) => {
    const x = Math.min(a.x, b.x), y = Math.min(a.y, b.y);
    return {x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y};
  };
  // what is left of a box inside the picture and all that clips it, from an element upwards
  const clipped = (from, b) => {
    let left = cut(b, {x: 0, y: 0, w: W, h: H});
    for (let up = from; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX !== 'visible' || style.overflowY !== 'visible') left = cut(left, box(up.getBoundingClientRect()));
    }
    return left;
  };
  // share of a grid of points at which the element, something in it or something around it is on top
  const visible = (el, b, n) => {
    let seen = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      const hit = document.elementFromPoint(b.x + b.w * (i + .5) / n, b.y + b.h * (j + .5) / n);
      if (hit && (el.contains(hit) || hit.contains(el))) seen++;
    }
    return seen / (n * n);
  };
  const shown = el => el.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const cased = (text, style) => style.textTransform === 'uppercase' ? text.toUpperCase()
    : style.textTransform === 'lowercase' ? text.toLowerCase() : text;
  const blockOf = node => {
    let el = node.parentElement;
    while (getComputedStyle(el).display === 'inline') el = el.parentElement;
    return el;
  };

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let current = null, block = null, space = false;
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim()) { space = true; continue; }
    const el = node.parentElement;
    if (el.closest('[data-no-lines],script,style,svg,math') || !shown(el)) continue;
    const style = getComputedStyle(el);
    const inside = blockOf(node);
    if (inside !== block) { block = inside; current = null; }
    if (/^\s/.test(node.data)) space = true;
    for (const match of node.data.matchAll(/[^\s-]+-*|-+/g)) {
      if (match.index > 0 && /\s/.test(node.data[match.index - 1])) space = true;
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const rects = [...range.getClientRects()].filter(r => r.width > 0);
      if (!rects.length) continue;
      let b = rects.map(box).reduce(join);
      const last = current && current.last;
      const overlap = last ? Math.min(last.y + last.h, b.y + b.h) - Math.max(last.y, b.y) : 0;
      if (!current || b.x < last.x || overlap < .3 * Math.min(b.h, last.h)) {
        current = {text: '', box: b, el, block, broken: false, color: style.color, size: parseFloat(style.fontSize)};
        lines.push(current);
        space = false;
      }
      if (rects.length > 1) current.broken = true;
      current.text += (space && current.text ? ' ' : '') + cased(match[0], style);
      current.box = join(current.box, b);
      current.last = b;
      space = false;
    }
    space = /\s$/.test(node.data);
  }

  // a line that is cut off says other letters than it has
  for (const line of lines) {
    const left = clipped(line.el, line.box);
    if (left.w < .995 * line.box.w) line.broken = true;
  }

  const out = [];
  const add = (el, label, b, text, line) => {
    const left = clipped(line ? el : el.parentElement, b);
    if (left.w * left.h < (line ? .995 : .6) * b.w * b.h || left.w < 4 || left.h < 4) return;
    if (!el.hasAttribute('data-ink') && visible(el, left, line ? 3 : 5) < (line ? 1 : .8)) return;
    const kept = line ? b : left;
    const data = line ? {} : el.dataset;
    const style = getComputedStyle(el);
    out.push({label, text: text || null, x: kept.x, y: kept.y, w: kept.w, h: kept.h, name: data.name || null,
      state: data.state || null, value: data.value || null,
      color: data.color === 'bg' ? style.backgroundColor : data.color === 'fg' ? style.color : data.color || null});
  };

  const ink = canvas => {
    const {width, height} = canvas, pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    let x1 = width, y1 = height, x2 = 0, y2 = 0;
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
      if (pixels[4 * (y * width + x) + 3] > 60) {
        x1 = Math.min(x1, x); x2 = Math.max(x2, x + 1); y1 = Math.min(y1, y); y2 = Math.max(y2, y + 1);
      }
    }
    const r = canvas.getBoundingClientRect(), s = r.width / width;
    return {x: r.left + x1 * s, y: r.top + y1 * s, w: (x2 - x1) * s, h: (y2 - y1) * s};
  };

  for (const el of document.querySelectorAll('[data-label]')) {
    if (!shown(el)) continue;
    const label = el.dataset.label;
    const own = lines.filter(line => el.contains(line.el));
    const rects = el.hasAttribute('data-ink') ? [ink(el)]
      : flow && FLOWS.has(label) ? [...el.getClientRects()].map(box) : [box(el.getBoundingClientRect())];
    for (const rect of rects) {
      const inside = own.filter(line => line.box.x + line.box.w / 2 >= rect.x && line.box.x + line.box.w / 2 <= rect.x + rect.w
        && line.box.y + line.box.h / 2 >= rect.y && line.box.y + line.box.h / 2 <= rect.y + rect.h);
      const hug = flow && FLOWS.has(label) && inside.length && label !== 'code';
      const tight = hug || label === 'text' || label === 'heading';
      const b = tight && inside.length ? inside.map(line => line.box).reduce(join) : rect;
      const says = el.dataset.text || (WORDED.has(label) && inside.length <= 3 && !inside.some(line => line.broken)
        ? inside.map(line => line.text).join(' ') : null);
      add(el, label, b, says, false);
    }
  }
  for (const line of lines) {
    if (!line.broken) add(line.el, line.el.closest('[data-line-label]')?.dataset.lineLabel || 'text line', line.box, line.text, true);
  }
  return out;
}
