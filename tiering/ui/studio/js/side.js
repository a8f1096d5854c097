// The right column: who moved against the baseline, and what the focused line decides.

const NEAREST_SHOWN = 3;
const LONGEST_IN_TAB = 3;

function paintMovers(studio) {
  const { payload, parts, formats } = studio;
  const movers = payload.movers;
  setText(parts.moversTitle, formats.say("movers.title", { baseline: payload.baseline?.name || "" }));
  setText(parts.moversSummary, moversSummary(studio, movers));
  const top = movers?.top || [];
  fitParts(parts.movers, top.length, () => createMover(studio, parts.moverList));
  top.forEach((move, index) => paintMover(studio, parts.movers[index], move));
  const all = movers ? movers.up + movers.down : 0;
  show(parts.moversAll, all > top.length);
  setText(parts.moversAll, formats.say("movers.all", { n: all }));
}

function moversSummary(studio, movers) {
  const { formats } = studio;
  const before = studio.payload.baseline?.tiers.map((tier) => tier.name).join("/");
  if (!movers) return before ? formats.say("movers.other_tiers", { tiers: before }) : formats.say("movers.no_baseline");
  if (movers.up + movers.down === 0) return formats.say("movers.nobody");
  return formats.say("movers.summary", { up: movers.up, down: movers.down, money: formats.money(movers.revenue) });
}

function createMover(studio, parent) {
  const root = element("button", "mover", parent);
  root.type = "button";
  const [top, bottom] = [element("span", "pair", root), element("span", "pair", root)];
  const mover = { root, id: "", name: element("span", "name", top), money: element("span", "figure money", top) };
  mover.reason = element("span", "reason", bottom);
  const tiers = element("span", "tiers", bottom);
  mover.from = element("span", "chip small", tiers);
  element("span", "arrow", tiers).textContent = "→";
  mover.to = element("span", "chip small", tiers);
  root.addEventListener("click", () => post(studio.link, { kind: "pick_customer", id: mover.id, released: true }));
  return mover;
}

function paintMover(studio, mover, move) {
  mover.id = move.id;
  setText(mover.name, move.name);
  setHint(mover.name, move.name);
  paintMoney(studio, mover.money, move.revenue);
  paintChip(studio, mover.from, move.from);
  paintChip(studio, mover.to, move.to);
  setText(mover.reason, move.reason || "");
  setHint(mover.reason, move.reason);
}

function paintMoney(studio, node, amount) {
  setText(node, studio.formats.money(amount));
  setHint(node, studio.formats.exactMoney(amount));
  node.classList.toggle("loss", amount < 0);
}

function paintChip(studio, chip, name) {
  setText(chip, name);
  const tier = studio.payload.tiers.find((part) => part.name === name);
  paintTierColour(chip, tier ? colourOf(studio, tier) : "#6b7280");
}

function paintLinePanel(studio, view) {
  const { payload, parts, formats } = studio;
  const exists = view.lines.length > 0;
  show(parts.linePanel, exists);
  if (!exists) return;
  studio.focus = Math.min(studio.focus, view.lines.length - 1);
  paintLineTabs(studio, view);
  setText(parts.lineScore, formats.say("line.score", { score: formats.score(view.lines[studio.focus]) }));
  const stale = view.lines[studio.focus] !== payload.lines[studio.focus];
  parts.nearest.classList.toggle("stale", stale && !payload.names);
  parts.lineEffects.classList.toggle("stale", stale);
  paintSensitivity(studio);
  paintNearest(studio, view);
}

function paintLineTabs(studio, view) {
  const { payload, parts, formats } = studio;
  const short = payload.tiers.every((tier) => tier.name.length <= LONGEST_IN_TAB);
  fitParts(parts.lineTabs, view.lines.length, (index) => createLineTab(studio, index));
  view.lines.forEach((line, index) => {
    const { root } = parts.lineTabs[index];
    const names = { upper: payload.tiers[index].name, lower: payload.tiers[index + 1].name };
    setText(root, short ? formats.say("line.tab", names) : formats.score(line));
    setHint(root, formats.say("line.label", names));
    setAttributes(root, { "aria-pressed": index === studio.focus });
    setAttributes(root, { "aria-label": formats.say("line.label", names) });
  });
}

function createLineTab(studio, index) {
  const root = element("button", "line-tab", studio.parts.lineTabList);
  root.type = "button";
  root.addEventListener("click", () => focusLine(studio, index));
  return { root };
}

function paintSensitivity(studio) {
  const { payload, parts, formats } = studio;
  const effect = payload.sensitivity[studio.focus];
  const [upper, lower] = [payload.tiers[studio.focus], payload.tiers[studio.focus + 1]].map((tier) => tier.name);
  const sentence = (key, part, tier) =>
    formats.say(part.customers ? key : `${key}_none`, { n: part.customers, money: formats.money(part.revenue), tier });
  setText(parts.effectDown, effect ? sentence("line.down", effect.down, upper) : "");
  setText(parts.effectUp, effect ? sentence("line.up", effect.up, lower) : "");
}

function nearestKnown(studio) {
  return Boolean(studio.payload.names) || studio.payload.sensitivity.some((part) => part.above.length + part.below.length > 0);
}

/** Customers closest to a line, nearest first: from all names when they are here, else as the server listed them. */
function nearestTo(studio, view, index, most) {
  const { names, sensitivity } = studio.payload;
  if (!names) {
    const listed = sensitivity[index] || { above: [], below: [] };
    return { above: listed.above.slice(0, most), below: listed.below.slice(0, most) };
  }
  const first = firstBelow(names.score, view.lines[index]);
  const pick = (position) => ({ id: names.id[position], name: names.name[position], score: names.score[position], revenue: names.revenue[position] });
  const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, step) => pick(from + step));
  return {
    above: range(Math.max(0, first - most), first).reverse(),
    below: range(first, Math.min(names.score.length, first + most)),
  };
}

/** Position of the first score below a line in scores that descend. */
function firstBelow(scores, line) {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle] >= line - 1e-9) low = middle + 1;
    else high = middle;
  }
  return low;
}

function paintNearest(studio, view) {
  const { parts } = studio;
  const near = nearestTo(studio, view, studio.focus, NEAREST_SHOWN);
  paintNearestList(studio, parts.nearAbove, parts.aboveList, near.above.reverse());
  paintNearestList(studio, parts.nearBelow, parts.belowList, near.below);
  const [upper, lower] = [studio.payload.tiers[studio.focus], studio.payload.tiers[studio.focus + 1]];
  setStyle(parts.nearest, "--upper", colourOf(studio, upper));
  setStyle(parts.nearest, "--lower", colourOf(studio, lower));
}

function paintNearestList(studio, rows, list, customers) {
  fitParts(rows, customers.length, () => createNearRow(studio, list));
  customers.forEach((customer, index) => {
    const row = rows[index];
    row.id = customer.id;
    setText(row.name, customer.name);
    setHint(row.name, customer.name);
    setText(row.score, studio.formats.score(customer.score));
    paintMoney(studio, row.money, customer.revenue);
  });
}

function createNearRow(studio, parent) {
  const root = element("button", "near-row", parent);
  root.type = "button";
  const row = { root, id: "", name: element("span", "name", root), score: element("span", "figure", root), money: element("span", "figure money", root) };
  root.addEventListener("click", () => post(studio.link, { kind: "pick_customer", id: row.id, released: true }));
  return row;
}
