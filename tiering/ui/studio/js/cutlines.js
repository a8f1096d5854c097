// The cut lines: handles one can drag or move by keys, worked out here and sent to the server on release.

const LABEL_FONT = "600 12.5px";
const LABEL_GAP = 8;
const SAME_PLACE_PX = 9;

function paintCutLines(studio, view) {
  const { histogram } = studio.parts;
  fitParts(histogram.lines, view.lines.length, (index) => createCutLine(studio, histogram.layers.lines, index));
  const texts = lineTexts(studio, view);
  const centres = labelCentres(histogram, view.lines, texts);
  view.lines.forEach((line, index) => {
    paintCutLine(studio, view, index);
    paintLineLabel(histogram, index, texts[index], centres[index]);
  });
}

function createCutLine(studio, layer, index) {
  const root = shape("g", { role: "slider", tabindex: 0, class: "cut-line" }, layer);
  const part = {
    root, grip: shape("rect", { class: "grip" }, root), ring: shape("circle", { class: "ring", r: 12 }, root),
    stem: shape("line", { class: "stem" }, root), knob: shape("circle", { class: "knob", r: 6.5 }, root),
    leader: shape("path", { class: "leader" }, root), label: shape("text", { class: "line-label" }, root),
  };
  root.addEventListener("pointerdown", (event) => beginLineDrag(studio, root, index, event));
  root.addEventListener("pointermove", (event) => moveLineDrag(studio, event));
  root.addEventListener("pointerup", () => endLineDrag(studio));
  root.addEventListener("pointercancel", () => endLineDrag(studio));
  root.addEventListener("keydown", (event) => stepLine(studio, index, event));
  root.addEventListener("focus", () => focusLine(studio, index));
  return part;
}

function paintCutLine(studio, view, index) {
  const { payload, formats, parts: { histogram } } = studio;
  const part = histogram.lines[index];
  const x = histogram.plot.x(view.lines[index]);
  const { base } = histogram.plot;
  setAttributes(part.grip, { x: x - 14, width: 28, y: 0, height: base + 4 });
  setAttributes(part.stem, { x1: x, x2: x, y1: PLOT.top - 14, y2: base });
  for (const circle of [part.ring, part.knob]) setAttributes(circle, { cx: x, cy: PLOT.top - 16 });
  part.root.classList.toggle("focused", index === studio.focus);
  const [low, high] = lineLimits(view.lines, index);
  setAttributes(part.root, {
    "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": view.lines[index],
    "aria-label": formats.say("line.label", { upper: payload.tiers[index].name, lower: payload.tiers[index + 1].name }),
    "aria-valuetext": formats.say("line.value", {
      score: formats.score(view.lines[index]), n: view.customersAbove[index], customers: view.customersAbove[index],
    }),
  });
}

/** Score on every line and, where lines are shares, the share as well: on all of them, or on the focused one only. */
function lineTexts(studio, view) {
  const { formats, payload, focus, parts: { histogram } } = studio;
  const scores = view.lines.map((line) => formats.score(line));
  if (payload.mode === "score") return scores;
  const full = scores.map((score, index) => `${score} · ${formats.percent(view.shares[index], 1)}`);
  const needed = full.reduce((sum, text) => sum + textWidth(text, LABEL_FONT) + LABEL_GAP, 0);
  return needed < histogram.plot.width ? full : scores.map((score, index) => (index === focus ? full[index] : score));
}

/** Label centres by line index; lines run from high to low, the places from left to right. */
function labelCentres({ plot }, lines, texts) {
  const widths = texts.map((text) => textWidth(text, LABEL_FONT) + 2);
  const wishes = lines.map((line) => plot.x(line));
  const limits = [2, plot.width - 2];
  return spreadCentres(wishes.reverse(), widths.reverse(), LABEL_GAP, limits).reverse();
}

function paintLineLabel(histogram, index, text, centre) {
  const { label, leader, knob } = histogram.lines[index];
  const x = Number(knob.getAttribute("cx"));
  setText(label, text);
  setAttributes(label, { x: centre.toFixed(1), y: PLOT.top - 31 });
  const displaced = Math.abs(centre - x) > 4;
  setAttributes(leader, { d: displaced ? `M${centre.toFixed(1)} ${PLOT.top - 28}L${x} ${PLOT.top - 23}` : "" });
}

function viewLines(studio) {
  return studio.local.lines || studio.payload.lines;
}

function beginLineDrag(studio, root, index, event) {
  if (event.button !== 0) return;
  event.preventDefault();
  root.setPointerCapture(event.pointerId);
  const lines = viewLines(studio);
  const x = studio.parts.histogram.plot.x;
  const near = lines.map((line, other) => other).filter((other) => Math.abs(x(lines[other]) - x(lines[index])) < SAME_PLACE_PX);
  const grab = event.clientX - x(lines[index]);
  studio.drag = { kind: "cuts", index, near, startX: event.clientX, grab, from: lines.slice() };
  root.classList.add("dragged");
  focusLine(studio, index);
  root.focus({ preventScroll: true });
}

function moveLineDrag(studio, event) {
  const { drag } = studio;
  if (drag?.kind !== "cuts") return;
  const moved = event.clientX - drag.startX;
  if (drag.near.length > 1 && Math.abs(moved) < 3) return;
  if (drag.near.length > 1) chooseByDirection(studio, moved);
  const { x } = studio.parts.histogram.plot;
  const perPoint = x(1) - x(0);
  changeLine(studio, drag.index, (event.clientX - drag.grab - x(0)) / perPoint);
}

/** Lines that lie on one another: pulled right it is the upper one that moves, pulled left the lower one. */
function chooseByDirection(studio, moved) {
  const { drag } = studio;
  drag.index = moved > 0 ? Math.min(...drag.near) : Math.max(...drag.near);
  drag.near = [drag.index];
  drag.grab = drag.startX - studio.parts.histogram.plot.x(drag.from[drag.index]);
  focusLine(studio, drag.index);
}

function endLineDrag(studio) {
  const { drag } = studio;
  if (drag?.kind !== "cuts") return;
  studio.drag = null;
  for (const { root } of studio.parts.histogram.lines) root.classList.remove("dragged");
  if (drag.from.some((line, index) => line !== viewLines(studio)[index])) postCuts(studio, drag.index);
  else settle(studio);
}

function stepLine(studio, index, event) {
  const step = keyStep(event, LEAST_GAP, 1);
  if (step === null) return;
  event.preventDefault();
  const [low, high] = lineLimits(viewLines(studio), index);
  changeLine(studio, index, Number.isFinite(step) ? viewLines(studio)[index] + step : step < 0 ? low : high);
  releaseLater(studio, "cuts", () => postCuts(studio, index));
}

function changeLine(studio, index, score) {
  const lines = viewLines(studio);
  const moved = movedLine(lines, index, score);
  if (moved[index] === lines[index]) return;
  studio.local.lines = moved;
  (studio.local.moved ||= new Set()).add(index);
  requestPaint(studio, "lines");
}

/** Cuts as the scenario keeps them: scores, or for lines that moved the share that now lies above. */
function postCuts(studio, index) {
  const { payload, local, bins } = studio;
  if (!local.lines) return settle(studio);
  const share = (line, position) =>
    local.moved?.has(position) ? shareAbove(bins, line, payload.mode) : payload.shares[position];
  const lines = payload.mode === "score" ? local.lines : local.lines.map(share);
  return post(studio.link, { kind: "cuts", lines, line: index, released: true });
}

function focusLine(studio, index) {
  if (studio.focus === index) return;
  studio.focus = index;
  requestPaint(studio, "lines");
}
