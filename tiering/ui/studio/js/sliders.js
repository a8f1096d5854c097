// The left column: one slider per indicator, grouped, with shares, effective weights and the baseline's weights.

const TOP_WEIGHT = 100;
const TOUCH_SLACK_PX = 6;

function paintWeights(studio) {
  const { payload, parts } = studio;
  fitParts(parts.groups, payload.groups.length, () => createGroup(parts.groupList));
  const total = weightTotal(studio);
  payload.groups.forEach((group, index) => paintGroup(studio, parts.groups[index], group, total));
  fitParts(parts.notes, (payload.notes || []).length, () => ({ root: element("p", "note", parts.noteList) }));
  (payload.notes || []).forEach((note, index) => setText(parts.notes[index].root, note));
}

function indicatorsOf(payload) {
  return payload.groups.flatMap((group) => group.indicators);
}

function weightOf(studio, indicator) {
  if (!indicator.available) return 0;
  return studio.local.weights?.[indicator.key] ?? indicator.weight;
}

function weightTotal(studio) {
  return indicatorsOf(studio.payload).reduce((sum, indicator) => sum + weightOf(studio, indicator), 0);
}

function createGroup(parent) {
  const root = element("section", "group", parent);
  const head = element("header", "group-head", root);
  return { root, label: element("h4", "", head), share: element("span", "figure", head), rows: [] };
}

function paintGroup(studio, part, group, total) {
  setText(part.label, group.label);
  const weight = group.indicators.reduce((sum, indicator) => sum + weightOf(studio, indicator), 0);
  setText(part.share, total > 0 ? studio.formats.percent(weight / total) : "–");
  fitParts(part.rows, group.indicators.length, () => createRow(studio, part.root));
  group.indicators.forEach((indicator, index) => paintRow(studio, part.rows[index], indicator, total));
}

function createRow(studio, parent) {
  const root = element("div", "row", parent);
  const head = element("div", "row-head", root);
  const row = {
    root, key: "", name: element("span", "name", head), weight: element("span", "figure weight", head),
    share: element("span", "figure share", head), reason: element("p", "reason", root),
    slider: element("div", "slider", root),
  };
  setAttributes(row.slider, { role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": TOP_WEIGHT });
  for (const piece of ["track", "fill", "baseline", "effective", "knob"]) row[piece] = element("i", piece, row.slider);
  listenToSlider(studio, row);
  return row;
}

function paintRow(studio, row, indicator, total) {
  row.key = indicator.key;
  setText(row.name, indicator.label + (indicator.less_is_better ? " ↓" : ""));
  setHint(row.name, [indicator.label, indicator.hint].filter(Boolean).join("\n"));
  row.root.classList.toggle("unavailable", !indicator.available);
  show(row.slider, indicator.available);
  show(row.reason, !indicator.available);
  if (indicator.available) return paintSlider(studio, row, indicator, total);
  setText(row.reason, indicator.reason || "");
  setHint(row.reason, indicator.reason);
  setText(row.weight, "");
  return setText(row.share, "–");
}

function paintSlider(studio, row, indicator, total) {
  const { formats } = studio;
  const weight = weightOf(studio, indicator);
  const share = total > 0 ? formats.percent(weight / total) : "–";
  setText(row.weight, formats.count(weight));
  setText(row.share, share);
  setStyle(row.slider, "--at", String(weight));
  paintTick(row.effective, indicator.effective === null ? null : indicator.effective * studio.serverTotal);
  paintTick(row.baseline, indicator.baseline_weight ?? null);
  const effective = formats.percent(indicator.effective || 0);
  setHint(row.slider, formats.say("slider.hint", { weight, share, effective }));
  setAttributes(row.slider, {
    "aria-label": indicator.label, "aria-valuenow": weight,
    "aria-valuetext": formats.say("slider.value", { weight, share }),
  });
}

function paintTick(tick, at) {
  show(tick, at !== null);
  if (at !== null) setStyle(tick, "--at", clamp(at, 0, TOP_WEIGHT).toFixed(1));
}

function listenToSlider(studio, row) {
  const { slider } = row;
  slider.addEventListener("pointerdown", (event) => beginWeightDrag(studio, row, event));
  slider.addEventListener("pointermove", (event) => moveWeightDrag(studio, row, event));
  slider.addEventListener("pointerup", (event) => endWeightDrag(studio, row, event));
  slider.addEventListener("pointercancel", () => cancelWeightDrag(studio, row));
  slider.addEventListener("keydown", (event) => stepWeight(studio, row, event));
}

function beginWeightDrag(studio, row, event) {
  if (event.button !== 0) return;
  row.slider.setPointerCapture(event.pointerId);
  row.slider.focus({ preventScroll: true });
  const touch = event.pointerType === "touch";
  studio.drag = { kind: "weights", key: row.key, startX: event.clientX, from: currentWeight(studio, row.key), started: !touch };
  if (!touch) changeWeight(studio, row.key, weightAt(row, event));
}

function moveWeightDrag(studio, row, event) {
  const { drag } = studio;
  if (drag?.kind !== "weights" || drag.key !== row.key) return;
  drag.started ||= Math.abs(event.clientX - drag.startX) > TOUCH_SLACK_PX;
  if (drag.started) changeWeight(studio, row.key, weightAt(row, event));
}

function endWeightDrag(studio, row, event) {
  const { drag } = studio;
  if (drag?.kind !== "weights" || drag.key !== row.key) return;
  changeWeight(studio, row.key, weightAt(row, event));
  studio.drag = null;
  if (currentWeight(studio, row.key) !== drag.from) postWeights(studio, true);
  else settle(studio);
}

function cancelWeightDrag(studio, row) {
  const { drag } = studio;
  if (drag?.kind !== "weights" || drag.key !== row.key) return;
  studio.drag = null;
  if (drag.started) postWeights(studio, true);
}

function weightAt(row, event) {
  const { left, width } = row.track.getBoundingClientRect();
  return clamp(Math.round(((event.clientX - left) / (width || 1)) * TOP_WEIGHT), 0, TOP_WEIGHT);
}

function stepWeight(studio, row, event) {
  const step = keyStep(event, 1, 10);
  if (step === null) return;
  event.preventDefault();
  changeWeight(studio, row.key, clamp(currentWeight(studio, row.key) + step, 0, TOP_WEIGHT));
  releaseLater(studio, "weights", () => postWeights(studio, true));
}

function currentWeight(studio, key) {
  return weightOf(studio, indicatorsOf(studio.payload).find((indicator) => indicator.key === key));
}

function changeWeight(studio, key, weight) {
  if (weight === currentWeight(studio, key)) return;
  studio.local.weights = { ...allWeights(studio), [key]: weight };
  requestPaint(studio, "weights");
  postWeights(studio, false);
}

function allWeights(studio) {
  const available = indicatorsOf(studio.payload).filter((indicator) => indicator.available);
  return Object.fromEntries(available.map((indicator) => [indicator.key, weightOf(studio, indicator)]));
}

function postWeights(studio, released) {
  post(studio.link, { kind: "weights", weights: allWeights(studio), released });
}
