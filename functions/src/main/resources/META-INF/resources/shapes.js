/** Marks as they are drawn over the picture, in CSS pixels. A mark is as it is sent; `at` says where a place of it lies. */

/** One for each mark; white text on any of them has a contrast of at least 4.5. */
export const COLOURS = [
  '#c8203a', '#1f5fd0', '#0f7a3d', '#8a3fc0', '#b04a00', '#00707f', '#c0187f', '#5f6300', '#4b5567', '#17171c',
];

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

export function shape(pen, mark, colour, at, unfinished = false) {
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
    const [first, ...rest] = (mark.stroke ?? mark.polygon).map(at);
    path.moveTo(...first);
    path.lineTo(...first); // a stroke of one place is a dot
    rest.forEach((place) => path.lineTo(...place));
    if (mark.polygon && !unfinished) {
      path.closePath();
    }
    outline(pen, colour, path, unfinished);
    if (mark.polygon && unfinished) {
      handle(pen, colour, first);
    }
  }
}

/** A first corner, to be clicked again. */
function handle(pen, colour, [x, y]) {
  const path = new Path2D();
  path.arc(x, y, 5, 0, 2 * Math.PI);
  outline(pen, colour, path);
  pen.fillStyle = '#fff';
  pen.fill(path);
}

/** Beside what is marked, so that even something small stays in sight. */
export function anchor(mark, at) {
  if (mark.point) {
    const [x, y] = at(mark.point);
    return [x + 13, y - 15];
  }
  const [x, y] = at(mark.box ? mark.box.slice(0, 2) : (mark.stroke ?? mark.polygon)[0]);
  return [x - 9, y - 9];
}

export function badge(pen, [x, y], index, wide, high) {
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

export function crosshair(pen, [x, y], wide, high) {
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
