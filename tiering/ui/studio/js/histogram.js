// Scores of all customers as bars in the colours of their tiers, the baseline's lines as ghosts, names near a line.

const PLOT = { left: 12, right: 16, top: 44, axis: 20, strip: 20 };
const LEAST_BAR_PX = 1.5;
const AXIS_SCORES = [0, 20, 40, 60, 80, 100];

function createHistogram(plot) {
  const root = shape("svg", { class: "histogram" }, plot);
  const layers = Object.fromEntries(["grid", "bars", "ghosts", "axis", "tier-tags", "strip", "lines"].map(
    (name) => [name, shape("g", { class: name }, root)],
  ));
  shape("line", { class: "base" }, layers.axis);
  const ticks = AXIS_SCORES.map(() => shape("text", { class: "tick" }, layers.axis));
  return { root, layers, ticks, bars: [], paths: [], ghosts: [], grid: [], lines: [], names: [], tags: [], plot: null };
}

/** Everything that depends on the size or on the counts, not on the lines. */
function layOutHistogram(studio) {
  const { histogram, histogramPlot } = studio.parts;
  const { width, height } = sizeOf(studio, histogramPlot.parentElement);
  const strip = studio.payload.lines.length > 0 && nearestKnown(studio) ? PLOT.strip : 0;
  const base = Math.max(PLOT.top + 30, height - PLOT.axis - strip);
  histogram.plot = { width, height, base, x: linearScale(0, TOP_SCORE, PLOT.left, width - PLOT.right) };
  setAttributes(histogram.root, { width, height, viewBox: `0 0 ${width} ${height}` });
  histogram.bars = barsOf(studio.payload.counts, barBins(studio.payload, width));
  histogram.stacks = (studio.payload.stacks || []).map((counts) => barsOf(counts, barBins(studio.payload, width)));
  histogram.tallest = Math.max(1, ...histogram.bars.map((bar) => bar.count));
  histogram.y = linearScale(0, histogram.tallest, base, PLOT.top + 8);
  paintAxis(histogram);
  paintGrid(studio, histogram);
}

/** Size of a plot, kept until it is resized: asking the page each time would make it lay out in between. */
function sizeOf(studio, plot) {
  if (!studio.sizes.has(plot)) studio.sizes.set(plot, { width: plot.clientWidth, height: plot.clientHeight });
  const { width, height } = studio.sizes.get(plot);
  return { width: Math.max(240, width), height: Math.max(120, height) };
}

/** Bins to a bar: bars of one point where there is room and there are customers for them, else of two. */
function barBins(payload, width) {
  return (width >= 420 && payload.totals.customers >= 400 ? 1 : 2) * BINS_PER_POINT;
}

function barsOf(counts, bins) {
  const bars = [];
  const last = TOP_SCORE * BINS_PER_POINT;
  for (let start = 0; start < last; start += bins) {
    const end = start + bins >= last ? counts.length : start + bins;
    let count = 0;
    for (let bin = start; bin < end; bin += 1) count += counts[bin];
    bars.push({ from: start / BINS_PER_POINT, to: (start + bins) / BINS_PER_POINT, count });
  }
  return bars;
}

function paintAxis({ layers, ticks, plot }) {
  setAttributes(layers.axis.firstChild, { x1: plot.x(0), x2: plot.x(TOP_SCORE), y1: plot.base + 0.5, y2: plot.base + 0.5 });
  AXIS_SCORES.forEach((score, index) => {
    setAttributes(ticks[index], { x: plot.x(score), y: plot.base + 15, "text-anchor": anchorAt(score / TOP_SCORE) });
    setText(ticks[index], String(score));
  });
}

function anchorAt(share) {
  return share <= 0 ? "start" : share >= 1 ? "end" : "middle";
}

function paintGrid(studio, histogram) {
  const { plot, layers, tallest, y } = histogram;
  const step = niceStep(tallest / 2);
  const counts = [1, 2, 3].map((multiple) => multiple * step).filter((count) => count <= tallest);
  fitParts(histogram.grid, counts.length, () => {
    const root = shape("g", {}, layers.grid);
    return { root, line: shape("line", {}, root), label: shape("text", { class: "tick" }, root) };
  });
  counts.forEach((count, index) => {
    const { line, label } = histogram.grid[index];
    setAttributes(line, { x1: plot.x(0), x2: plot.x(TOP_SCORE), y1: y(count), y2: y(count) });
    setAttributes(label, { x: plot.x(0), y: y(count) - 3 });
    setText(label, studio.formats.count(count));
  });
}

function niceStep(most) {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return Math.max(1, size * (most / size >= 5 ? 5 : most / size >= 2 ? 2 : 1));
}

function paintHistogram(studio, view) {
  const { histogram } = studio.parts;
  if (!histogram.plot) return;
  const edges = [TOP_SCORE, ...view.lines, 0];
  const stacked = histogram.stacks.length > 0;
  fitParts(histogram.paths, studio.payload.tiers.length, () => ({ root: shape("path", {}, histogram.layers.bars) }));
  studio.payload.tiers.forEach((tier, index) => setAttributes(histogram.paths[index].root, {
    d: stacked ? stackPath(histogram, index) : barPath(histogram, edges[index + 1], edges[index]), fill: colourOf(studio, tier),
  }));
  paintGhosts(studio, histogram);
  paintTierTags(studio, stacked ? [] : edges);
  paintCutLines(studio, view);
  paintStrip(studio, view);
}

/** Outline of the bars between two scores; a bar that a line cuts is drawn on both sides, each in its colour. */
function barPath({ bars, plot, y }, low, high) {
  let path = "";
  for (const bar of bars) {
    if (bar.count === 0 || bar.to <= low || bar.from >= high) continue;
    const [left, right] = [plot.x(Math.max(bar.from, low)), plot.x(Math.min(bar.to, high))];
    const gap = bar.to <= high ? Math.min(1, (right - left) / 3) : 0;
    const top = Math.min(y(bar.count), plot.base - LEAST_BAR_PX);
    path += `M${left.toFixed(1)} ${plot.base}V${top.toFixed(1)}H${(right - gap).toFixed(1)}V${plot.base}Z`;
  }
  return path;
}

/** One tier's part of the bars where no line parts the tiers: the lowest tier at the bottom, the top one on top. */
function stackPath({ bars, stacks, plot, y }, tier) {
  let path = "";
  bars.forEach((bar, place) => {
    const count = stacks[tier][place].count;
    if (count === 0) return;
    const below = stacks.slice(tier + 1).reduce((sum, part) => sum + part[place].count, 0);
    const [left, right] = [plot.x(bar.from), plot.x(bar.to)];
    const gap = Math.min(1, (right - left) / 3);
    const [low, high] = [y(below), Math.min(y(below + count), y(below) - LEAST_BAR_PX)];
    path += `M${left.toFixed(1)} ${low.toFixed(1)}V${high.toFixed(1)}H${(right - gap).toFixed(1)}V${low.toFixed(1)}Z`;
  });
  return path;
}

function paintGhosts(studio, histogram) {
  const lines = studio.payload.baseline?.lines || [];
  fitParts(histogram.ghosts, lines.length, () => ({ root: shape("line", {}, histogram.layers.ghosts) }));
  lines.forEach((line, index) => {
    const x = histogram.plot.x(line);
    setAttributes(histogram.ghosts[index].root, { x1: x, x2: x, y1: PLOT.top - 6, y2: histogram.plot.base });
  });
}

/** Each tier's letter between its lines, where there is room, so that colour is never the only sign. */
function paintTierTags(studio, edges) {
  const { histogram } = studio.parts;
  fitParts(histogram.tags, Math.max(0, edges.length - 1), () => ({ root: shape("text", {}, histogram.layers["tier-tags"]) }));
  histogram.tags.forEach(({ root }, index) => {
    const { name } = studio.payload.tiers[index];
    const [left, right] = [histogram.plot.x(edges[index + 1]), histogram.plot.x(edges[index])];
    const room = right - left - 18;
    setText(root, room > textWidth(name, LABEL_FONT) ? name : "");
    setAttributes(root, { x: ((left + right) / 2).toFixed(1), y: PLOT.top - 12 });
  });
}

/** Names of the customers next to the focused line, those below it on its left, those above it on its right. */
function paintStrip(studio, view) {
  const { histogram } = studio.parts;
  const near = view.lines.length > 0 && nearestKnown(studio) ? nearestTo(studio, view, studio.focus, 4) : { above: [], below: [] };
  fitParts(histogram.names, 2, () => ({ root: shape("text", { class: "strip-names" }, histogram.layers.strip) }));
  const at = histogram.plot.x(view.lines[studio.focus] ?? 0);
  const room = [at - PLOT.left, histogram.plot.width - PLOT.right - at].map((space) => space - 8);
  const texts = [namesThatFit(near.below, room[0]).reverse(), namesThatFit(near.above, room[1])];
  histogram.names.forEach(({ root }, side) => {
    setText(root, texts[side].join(" · "));
    const x = at + (side === 0 ? -8 : 8);
    setAttributes(root, { x, y: histogram.plot.height - 5, "text-anchor": side === 0 ? "end" : "start" });
  });
}

function namesThatFit(customers, room) {
  const names = [];
  let used = 0;
  for (const { name } of customers) {
    used += textWidth(`${name} · `, "12px");
    if (used > room) break;
    names.push(name);
  }
  return names;
}
