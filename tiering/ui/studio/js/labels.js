// Places for labels, so that none lies on another.

const AUTOSPACE_PX = 6; // the page sets thin spaces between Chinese and figures, the canvas does not

let measuredFamily = "sans-serif";

/** Measure labels in the font the page shows them in. */
function measureAs(root) {
  measuredFamily = getComputedStyle(root).fontFamily;
}

function textWidth(text, font) {
  measuring.font = `${font} ${measuredFamily}`;
  return measuring.measureText(text).width + AUTOSPACE_PX;
}

/** Centres for labels of `widths` wished at `wishes` (ascending), at least `gap` apart, within [low, high]. */
function spreadCentres(wishes, widths, gap, [low, high]) {
  const centres = wishes.slice();
  const apart = (index) => (widths[index] + widths[index + 1]) / 2 + gap;
  for (let round = 0; round < 12; round += 1) {
    for (let index = 0; index + 1 < centres.length; index += 1) {
      const lack = apart(index) - (centres[index + 1] - centres[index]);
      if (lack > 0) [centres[index], centres[index + 1]] = [centres[index] - lack / 2, centres[index + 1] + lack / 2];
    }
  }
  for (let index = 0; index < centres.length; index += 1) {
    const least = index === 0 ? low + widths[0] / 2 : centres[index - 1] + apart(index - 1);
    centres[index] = Math.max(centres[index], least);
  }
  for (let index = centres.length - 1; index >= 0; index -= 1) {
    const most = index === centres.length - 1 ? high - widths[index] / 2 : centres[index + 1] - apart(index);
    centres[index] = Math.min(centres[index], most);
  }
  return centres;
}

function boxesMeet(one, other) {
  return one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
}

/** Top-left corner for a label beside `anchor`: the first place, going outwards, that is free; null if none is. */
function freePlace(anchor, size, taken, frame) {
  for (const [dx, dy] of placesAround(size)) {
    const box = { x: anchor.x + dx, y: anchor.y + dy, ...size };
    const inside = box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width
      && box.y + box.height <= frame.y + frame.height;
    if (inside && !taken.some((other) => boxesMeet(box, other))) return box;
  }
  return null;
}

/** Offsets from the anchor, best first: to its right, where a curve that rises leaves room, then all around. */
function placesAround({ width, height }) {
  const places = [10, 18, 26, 34, 42, 50].map((away) => [away, 4]);
  for (let away = 8; away <= 200; away += 8) {
    places.push([2, away], [10, away - 4], [-width / 2, away], [away + 4, -height / 2], [-width - 10, away - 4]);
    if (away > 24) places.push([-width - away, -height / 2], [10, -height - away]);
  }
  return places;
}

/** Boxes that stand for a polyline, so that labels keep off it. */
function boxesAlong(points, thickness) {
  const boxes = [];
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1], points[index]];
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) / 10));
    for (let piece = 0; piece < pieces; piece += 1) {
      const at = piece / pieces;
      const [x, y] = [from.x + (to.x - from.x) * at, from.y + (to.y - from.y) * at];
      boxes.push({ x: x - thickness, y: y - thickness, width: 2 * thickness, height: 2 * thickness });
    }
  }
  return boxes;
}
