// Cumulative revenue: by revenue order as a line, by score order as the tiers' areas, with points that do not collide.

const CURVE = { left: 34, right: 14, top: 12, bottom: 22 };
const AXIS_SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
const CURVE_FONT = "12.5px";
const MOST_CURVE_POINTS = 240;

function createPareto(plot) {
  const root = shape("svg", { class: "pareto" }, plot);
  const layers = Object.fromEntries(["grid", "areas", "curve", "eighty", "points"].map(
    (name) => [name, shape("g", { class: name }, root)],
  ));
  const axis = AXIS_SHARES.map(() => shape("text", { class: "tick" }, layers.grid));
  const levels = [0.5, 1].map(() => ({ line: shape("line", {}, layers.grid), label: shape("text", { class: "tick" }, layers.grid) }));
  const pieces = {
    base: shape("line", { class: "base" }, layers.grid), equal: shape("line", { class: "equal" }, layers.grid),
    line: shape("path", { class: "by-revenue" }, layers.curve), drop: shape("path", {}, layers.eighty),
    eightyLabel: shape("text", { class: "eighty-label" }, layers.eighty),
  };
  return { root, layers, axis, levels, ...pieces, areas: [], points: [], plot: null };
}

function layOutPareto(studio) {
  const { pareto, paretoPlot } = studio.parts;
  const { width, height } = sizeOf(studio, paretoPlot.parentElement);
  const base = height - CURVE.bottom;
  const most = Math.max(1, ...studio.payload.pareto.y);
  const x = linearScale(0, 1, CURVE.left, width - CURVE.right);
  pareto.plot = { width, height, base, x, y: linearScale(0, most, base, CURVE.top) };
  setAttributes(pareto.root, { width, height, viewBox: `0 0 ${width} ${height}` });
  pareto.captured = capturedCurve(studio.bins);
  pareto.straight = (studio.payload.paths || []).length > 0 || (studio.payload.stacks || []).length > 0;
  paintCurveFrame(studio, pareto);
  paintCurve(studio, pareto);
}

/** Cumulative shares of customers and revenue from the highest score down, a point per filled bin, thinned for drawing. */
function capturedCurve(bins) {
  const [customers, revenue] = [bins.customersAbove[0], bins.revenueAbove[0]];
  const points = [{ x: 0, y: 0 }];
  if (!(customers > 0 && revenue > 0)) return points;
  for (let bin = bins.count.length - 1; bin >= 0; bin -= 1) {
    const x = bins.customersAbove[bin] / customers;
    const last = points[points.length - 1];
    if (x === last.x || (x - last.x < 1 / MOST_CURVE_POINTS && x < 1)) continue;
    points.push({ x, y: bins.revenueAbove[bin] / revenue });
  }
  return points;
}

function paintCurveFrame(studio, pareto) {
  const { plot, axis, levels, base, equal } = pareto;
  const { percent } = studio.formats;
  AXIS_SHARES.forEach((share, index) => {
    setAttributes(axis[index], { x: plot.x(share), y: plot.base + 15, "text-anchor": anchorAt(share) });
    setText(axis[index], percent(share));
  });
  [0.5, 1].forEach((share, index) => {
    setAttributes(levels[index].line, { x1: plot.x(0), x2: plot.x(1), y1: plot.y(share), y2: plot.y(share) });
    setAttributes(levels[index].label, { x: CURVE.left - 6, y: plot.y(share) + 4, "text-anchor": "end" });
    setText(levels[index].label, percent(share));
  });
  setAttributes(base, { x1: plot.x(0), x2: plot.x(1), y1: plot.base + 0.5, y2: plot.base + 0.5 });
  setAttributes(equal, { x1: plot.x(0), x2: plot.x(1), y1: plot.y(0), y2: plot.y(1) });
}

function paintCurve(studio, pareto) {
  const { x, y, eighty } = studio.payload.pareto;
  pareto.drawn = x.map((share, index) => ({ x: pareto.plot.x(share), y: pareto.plot.y(y[index]) }));
  setAttributes(pareto.line, { d: pathThrough(pareto.drawn) });
  pareto.obstacles = boxesAlong(pareto.drawn, 3);
  show(pareto.layers.eighty, Boolean(eighty));
  if (!eighty) return;
  const [at, level] = [pareto.plot.x(eighty.share), pareto.plot.y(0.8)];
  pareto.obstacles.push({ x: at - 1, y: level, width: 2, height: pareto.plot.base - level });
  setAttributes(pareto.drop, { d: `M${pareto.plot.x(0)} ${level}H${at}V${pareto.plot.base}` });
}

/** The 80 % sentence, and a shorter form for narrow plots. */
function eightyTexts({ payload, formats }) {
  const { eighty } = payload.pareto;
  if (!eighty) return [];
  const facts = { n: eighty.customers, share: formats.percent(eighty.share) };
  return [formats.say("pareto.eighty", facts), formats.say("pareto.eighty_short", facts)];
}

function pathThrough(points) {
  return points.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

function paintPareto(studio, view) {
  const { pareto } = studio.parts;
  if (!pareto.plot) return;
  const marks = tierMarks(studio, view);
  fitParts(pareto.areas, marks.length, () => ({ root: shape("path", {}, pareto.layers.areas) }));
  marks.forEach((mark, index) => setAttributes(pareto.areas[index].root, {
    d: areaPath(pareto, marks[index - 1] || { x: 0, y: 0 }, mark), fill: mark.colour,
  }));
  const ends = (mark, index) => index + 1 < marks.length && view.tiers[index].customers > 0;
  paintPoints(studio, pareto, studio.payload.totals.revenue > 0 ? marks.filter(ends) : []);
}

/** Where each tier ends, in shares of customers and of revenue from the top. */
function tierMarks(studio, view) {
  const { payload } = studio;
  const mark = { x: 0, y: 0 };
  return payload.tiers.map((tier, index) => {
    mark.x += ratio(view.tiers[index].customers, payload.totals.customers);
    mark.y += ratio(view.tiers[index].revenue, payload.totals.revenue);
    return { ...mark, tier, colour: colourOf(studio, tier) };
  });
}

/** Along the curve by score; straight where tiers do not follow the score alone. */
function areaPath({ captured, plot, straight }, from, to) {
  const inside = straight ? [] : captured.filter((point) => point.x > from.x && point.x < to.x);
  const points = [from, ...inside, to].map((point) => ({ x: plot.x(point.x), y: plot.y(point.y) }));
  return `${pathThrough(points)}V${plot.base}H${plot.x(from.x).toFixed(1)}Z`;
}

function paintPoints(studio, pareto, marks) {
  fitParts(pareto.points, marks.length, () => {
    const root = shape("g", {}, pareto.layers.points);
    return { root, leader: shape("path", { class: "leader" }, root), dot: shape("circle", { r: 4.5 }, root), label: shape("text", {}, root) };
  });
  const places = curveLabelPlaces(studio, pareto, marks);
  marks.forEach((mark, index) => {
    const { dot, label, leader } = pareto.points[index];
    const [x, y] = [pareto.plot.x(mark.x), pareto.plot.y(mark.y)];
    setAttributes(dot, { cx: x, cy: y, fill: mark.colour });
    setText(label, pointText(studio, mark));
    paintPlaced(label, places[index]);
    setAttributes(leader, { d: leaderPath({ x, y }, places[index]) });
  });
}

function pointText(studio, mark) {
  return studio.formats.say("pareto.point", { tier: mark.tier.name, share: studio.formats.percent(mark.y) });
}

/** Boxes for the labels of the tier points, clear of curves, points, the 80 % sentence and one another. */
function curveLabelPlaces(studio, pareto, marks) {
  const { plot } = pareto;
  const frame = { x: CURVE.left, y: 0, width: plot.width - CURVE.left - 2, height: plot.base - 2 };
  const anchors = marks.map((mark) => ({ x: plot.x(mark.x), y: plot.y(mark.y) }));
  const taken = [...pareto.obstacles, ...anchors.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }))];
  placeEighty(studio, pareto, taken, frame);
  return anchors.map((anchor, index) => {
    const place = freePlace(anchor, labelSize(pointText(studio, marks[index])), taken, frame);
    if (place) taken.push(place);
    return place;
  });
}

function labelSize(text) {
  return { width: textWidth(text, CURVE_FONT) + 4, height: 17 };
}

function placeEighty(studio, pareto, taken, frame) {
  const { eighty } = studio.payload.pareto;
  if (!eighty) return;
  const anchor = { x: pareto.plot.x(eighty.share), y: pareto.plot.base - 24 };
  for (const text of eightyTexts(studio)) {
    const place = freePlace(anchor, labelSize(text), taken, frame);
    setText(pareto.eightyLabel, text);
    paintPlaced(pareto.eightyLabel, place);
    if (place) return void taken.push(place);
  }
}

function paintPlaced(label, place) {
  show(label, Boolean(place));
  if (place) setAttributes(label, { x: (place.x + 2).toFixed(1), y: (place.y + 13).toFixed(1) });
}

function leaderPath(point, place) {
  if (!place) return "";
  const [x, y] = [clamp(point.x, place.x, place.x + place.width), clamp(point.y, place.y + 4, place.y + place.height - 2)];
  return Math.hypot(x - point.x, y - point.y) > 16 ? `M${point.x} ${point.y}L${x} ${y}` : "";
}
