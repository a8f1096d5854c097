// Scores as bins of a tenth of a point: exact counts and sums on either side of a line that sits on a bin edge.

const BINS_PER_POINT = 10;
const TOP_SCORE = 100;
const LEAST_GAP = 1 / BINS_PER_POINT;

function linearScale(from, to, low, high) {
  const slope = to === from ? 0 : (high - low) / (to - from);
  return (value) => low + (value - from) * slope;
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

function snapToBin(score) {
  return Math.round(score * BINS_PER_POINT) / BINS_PER_POINT;
}

function binOf(score) {
  return Math.round(score * BINS_PER_POINT);
}

/** sums[k] = values[k] + values[k + 1] + … */
function sumsFromTop(values) {
  const sums = new Float64Array(values.length + 1);
  for (let bin = values.length - 1; bin >= 0; bin -= 1) sums[bin] = sums[bin + 1] + values[bin];
  return sums;
}

function binSums(payload) {
  return { count: payload.counts, customersAbove: sumsFromTop(payload.counts), revenueAbove: sumsFromTop(payload.revenue) };
}

/** Customers and revenue of each tier when the lines (descending) lie on bin edges. */
function tierTotals(bins, lines) {
  const edges = [bins.count.length, ...lines.map(binOf), 0];
  return edges.slice(1).map((edge, tier) => ({
    customers: bins.customersAbove[edge] - bins.customersAbove[edges[tier]],
    revenue: bins.revenueAbove[edge] - bins.revenueAbove[edges[tier]],
  }));
}

/** Tiers after points, caps and decisions by hand: each path takes its customers on from where the lines put them. */
function finalTotals(payload, bins, lines) {
  const totals = tierTotals(bins, lines);
  const edges = lines.map(binOf);
  for (const { tiers, bins: held, unscored } of payload.paths || []) {
    for (const [bin, customers, revenue] of held) {
      const from = edges.filter((edge) => bin < edge).length;
      moveBetween(totals, from, tiers[from], customers, revenue);
    }
    moveBetween(totals, lines.length + 1, tiers[lines.length + 1], ...unscored);
  }
  return totals;
}

/** The tier after the last one holds those without a score: it has no total. */
function moveBetween(totals, from, to, customers, revenue) {
  if (from === to) return;
  for (const [tier, sign] of [[from, -1], [to, 1]]) {
    if (!totals[tier]) continue;
    totals[tier].customers += sign * customers;
    totals[tier].revenue += sign * revenue;
  }
}

/** Share of customers, or of revenue in score order, that lies on or above a line. */
function shareAbove(bins, line, mode) {
  const sums = mode === "revenue" ? bins.revenueAbove : bins.customersAbove;
  return sums[0] > 0 ? clamp(sums[binOf(line)] / sums[0], 0, 1) : 0;
}

/** Where one line may go: a bin away from its neighbours. */
function lineLimits(lines, index) {
  const low = index + 1 < lines.length ? lines[index + 1] + LEAST_GAP : 0;
  const high = index > 0 ? lines[index - 1] - LEAST_GAP : TOP_SCORE;
  return [Math.ceil(low * BINS_PER_POINT - 1e-6) / BINS_PER_POINT, Math.floor(high * BINS_PER_POINT + 1e-6) / BINS_PER_POINT];
}

function movedLine(lines, index, score) {
  const [low, high] = lineLimits(lines, index);
  const moved = lines.slice();
  moved[index] = clamp(snapToBin(score), Math.min(low, high), Math.max(low, high));
  return moved;
}
