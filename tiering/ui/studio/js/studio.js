// The studio: takes a payload, keeps what is being dragged, paints, and answers to the page that mounts it.

const RELEASE_AFTER_KEYS_MS = 150;
const UNMOUNT_GRACE_MS = 100;
const studios = new WeakMap();

export default function mount(component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!data) return undefined;
  const studio = studioIn(parentElement);
  studio.link.send = (event) => setTriggerValue("event", event);
  studio.mounts += 1;
  receive(studio, data);
  return () => unmountUnlessMountedAgain(studio, studio.mounts);
}

function studioIn(parentElement) {
  const root = parentElement.querySelector(".studio");
  let studio = studios.get(parentElement);
  if (studio?.root !== root) {
    if (studio) dispose(studio);
    studio = createStudio(parentElement, root);
    studios.set(parentElement, studio);
  }
  return studio;
}

function createStudio(parentElement, root) {
  const studio = {
    parentElement, root, mounts: 0, focus: 0, payload: null, formats: null, bins: null, serverTotal: 0, dark: false,
    local: { weights: null, lines: null, moved: null }, drag: null, release: null, frame: 0, asked: new Set(),
    sizes: new Map(),
  };
  studio.parts = partsOf(root);
  studio.link = createLink(() => settle(studio));
  studio.parts.moversAll.addEventListener("click", () => post(studio.link, { kind: "show_movers", released: true }));
  studio.resizes = new ResizeObserver(() => {
    studio.sizes.clear();
    requestPaint(studio, "size");
  });
  for (const plot of [studio.parts.histogramPlot, studio.parts.paretoPlot]) studio.resizes.observe(plot.parentElement);
  return studio;
}

function partsOf(root) {
  const parts = {
    groups: [], notes: [], tierCards: [], movers: [], lineTabs: [], nearAbove: [], nearBelow: [],
  };
  for (const node of root.querySelectorAll("[data-part]")) parts[node.dataset.part] = node;
  for (const node of root.querySelectorAll("[data-part$=List], [data-part$=Plot], .cards")) node.replaceChildren();
  parts.histogram = createHistogram(parts.histogramPlot);
  parts.pareto = createPareto(parts.paretoPlot);
  return parts;
}

function receive(studio, payload) {
  studio.payload = payload;
  studio.formats = createFormats(payload);
  studio.bins = binSums(payload);
  studio.serverTotal = indicatorsOf(payload).reduce((sum, part) => sum + (part.available ? part.weight : 0), 0);
  acknowledge(studio.link, payload.seq);
  dropSettledChoices(studio);
  studio.dark = paintThemeOn(studio.root, payload.dark, payload.locale);
  measureAs(studio.root);
  paintTexts(studio);
  paintAll(studio);
}

/** Local choices last while they are dragged or under way; after that what the server says is shown. */
function dropSettledChoices(studio) {
  const held = (kind) => studio.drag?.kind === kind || studio.release?.kind === kind || isOpen(studio.link, kind);
  if (!held("weights")) studio.local.weights = null;
  if (!held("cuts") || studio.local.lines?.length !== studio.payload.lines.length) {
    studio.local.lines = null;
    studio.local.moved = null;
  }
}

function settle(studio) {
  dropSettledChoices(studio);
  paintAll(studio);
}

/** Fire `send` once the keys have been quiet; a release of the other kind that still waits goes first. */
function releaseLater(studio, kind, send) {
  if (studio.release && studio.release.kind !== kind) fireRelease(studio);
  clearTimeout(studio.release?.timer);
  studio.release = { kind, send, timer: setTimeout(() => fireRelease(studio), RELEASE_AFTER_KEYS_MS) };
}

function fireRelease(studio) {
  const { send, timer } = studio.release;
  clearTimeout(timer);
  studio.release = null;
  send();
}

function viewOf(studio) {
  const { payload, local, bins } = studio;
  const lines = local.lines || payload.lines;
  const tiers = local.lines ? finalTotals(payload, bins, lines) : payload.tiers;
  const shares = lines.map((line, index) =>
    local.moved?.has(index) ? shareAbove(bins, line, payload.mode) : payload.shares[index]);
  const customersAbove = local.lines ? lines.map((line) => bins.customersAbove[binOf(line)]) : payload.above;
  return { lines, tiers, shares, customersAbove };
}

function requestPaint(studio, what) {
  studio.asked.add(what);
  studio.frame ||= requestAnimationFrame(() => {
    const asked = studio.asked;
    studio.frame = 0;
    studio.asked = new Set();
    if (studio.payload) paintAsked(studio, asked);
  });
}

function paintAsked(studio, asked) {
  if (asked.has("size")) return paintAll(studio);
  if (asked.has("weights")) paintWeights(studio);
  if (asked.has("lines")) paintLines(studio);
  return undefined;
}

function paintAll(studio) {
  if (!studio.payload) return;
  paintWeights(studio);
  layOutHistogram(studio);
  layOutPareto(studio);
  paintMovers(studio);
  paintLines(studio);
}

function paintLines(studio) {
  const view = viewOf(studio);
  paintCards(studio, view);
  paintLinePanel(studio, view);
  paintHistogram(studio, view);
  paintPareto(studio, view);
}

function paintTexts(studio) {
  const keys = { weightsTitle: "weights.title", scoresTitle: "scores.title", scoresHint: "scores.hint",
    paretoTitle: "pareto.title", paretoHint: "pareto.hint", legendEffective: "legend.effective", legendBaseline: "legend.baseline" };
  for (const [part, key] of Object.entries(keys)) setText(studio.parts[part], studio.formats.say(key));
  const weighted = studio.payload.groups.some(({ indicators }) => indicators.some((one) => one.baseline_weight != null));
  show(studio.parts.legendBaselineItem, weighted);
  paintEmptyStates(studio);
}

function paintEmptyStates({ payload: { totals, pareto, stacks }, parts, formats }) {
  const byScore = (stacks || []).length === 0;
  if (!byScore) {
    setText(parts.scoresHint, formats.say(totals.unrated > 0 ? "scores.unrated_no_lines" : "scores.no_lines", { n: totals.unrated }));
    setText(parts.paretoHint, formats.say("pareto.hint_tiers"));
  }
  // where nobody is rated the weights are to blame, not the data
  if (byScore && totals.unrated > 0 && totals.unrated < totals.customers) setText(parts.scoresHint, formats.say("scores.unrated", { n: totals.unrated }));
  show(parts.scoresEmpty, totals.customers === totals.unrated);
  setText(parts.scoresEmpty, formats.say("scores.empty"));
  show(parts.paretoEmpty, totals.customers > 0 && pareto.x.length === 0);
  setText(parts.paretoEmpty, formats.say("pareto.empty"));
}

/** A stale mount may be cleaned up after a newer one: only the last, once off the page, ends the studio. */
function unmountUnlessMountedAgain(studio, mounts) {
  setTimeout(() => {
    if (studio.mounts === mounts && !studio.root.isConnected) dispose(studio);
  }, UNMOUNT_GRACE_MS);
}

function dispose(studio) {
  clearTimeout(studio.release?.timer);
  studio.resizes.disconnect();
  cancelAnimationFrame(studio.frame);
  closeLink(studio.link);
  studios.delete(studio.parentElement);
}
