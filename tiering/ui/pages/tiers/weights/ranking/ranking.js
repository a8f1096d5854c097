// A list in order of importance: dragged with the pointer, moved with arrow keys, taken out and put back by a click.

const rankings = new WeakMap();

export default function mount({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".ranking");
  if (!data || !root) return;
  const ranking = rankingIn(root);
  ranking.send = (order) => setTriggerValue("event", { order });
  paintThemeOn(root, data.dark, data.locale);
  ranking.words = data.words;
  ranking.labels = new Map([...data.ranked, ...data.left].map((entry) => [entry.key, entry]));
  ranking.left = data.left.map((entry) => entry.key);
  if (ranking.dragged === null) ranking.order = data.ranked.map((entry) => entry.key);
  paintRanking(ranking);
}

function rankingIn(root) {
  if (!rankings.has(root)) {
    const parts = {};
    for (const node of root.querySelectorAll("[data-part]")) parts[node.dataset.part] = node;
    rankings.set(root, { root, parts, rows: [], chips: [], order: [], left: [], dragged: null, focus: null });
  }
  return rankings.get(root);
}

function paintRanking(ranking) {
  const { parts, order, left, words } = ranking;
  setAttributes(parts.ranked, { "aria-label": words.label });
  fitParts(ranking.rows, order.length, () => createRow(ranking));
  order.forEach((key, place) => paintRow(ranking, ranking.rows[place], key, place));
  setText(parts.title, words.left);
  show(parts.title, left.length > 0);
  fitParts(ranking.chips, left.length, () => createChip(ranking));
  left.forEach((key, place) => paintChip(ranking, ranking.chips[place], key));
  if (ranking.focus !== null) focusOn(ranking, ranking.focus);
}

function createRow(ranking) {
  const root = element("li", "entry", ranking.parts.ranked);
  const grip = element("button", "grip", root);
  const row = {
    root, grip, key: "", place: element("span", "place", grip), name: element("span", "name", grip),
    note: element("span", "note figure", grip), out: element("button", "out", root),
  };
  setText(row.out, "×");
  row.out.addEventListener("click", () => takeOut(ranking, row.key));
  grip.addEventListener("keydown", (event) => moveByKey(ranking, row.key, event));
  grip.addEventListener("pointerdown", (event) => startDrag(ranking, row, event));
  grip.addEventListener("pointermove", (event) => drag(ranking, event));
  for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, () => endDrag(ranking));
  return row;
}

function paintRow(ranking, row, key, place) {
  const { label, note } = ranking.labels.get(key);
  row.key = key;
  setText(row.place, `${place + 1}`);
  setText(row.name, label);
  setText(row.note, note);
  row.root.classList.toggle("dragged", ranking.dragged === key);
  setAttributes(row.grip, {
    type: "button", "aria-label": said(ranking, key), "aria-description": ranking.words.keys,
  });
  setAttributes(row.out, { type: "button", "aria-label": `${ranking.words.out} ${label}` });
  setHint(row.out, ranking.words.out);
}

function createChip(ranking) {
  const item = element("li", "", ranking.parts.left);
  const chip = { root: item, key: "", button: element("button", "waiting", item) };
  chip.button.addEventListener("click", () => putIn(ranking, chip.key));
  return chip;
}

function paintChip(ranking, chip, key) {
  chip.key = key;
  setText(chip.button, `+ ${ranking.labels.get(key).label}`);
  setAttributes(chip.button, { type: "button" });
}

function said(ranking, key) {
  return `${ranking.labels.get(key).label}, ${ranking.order.indexOf(key) + 1} / ${ranking.order.length}`;
}

function moveTo(ranking, key, place) {
  const from = ranking.order.indexOf(key);
  const to = Math.max(0, Math.min(ranking.order.length - 1, place));
  if (from < 0 || from === to) return false;
  ranking.order.splice(from, 1);
  ranking.order.splice(to, 0, key);
  return true;
}

function moveByKey(ranking, key, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const place = ranking.order.indexOf(key);
  const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: ranking.order.length - 1 }[event.key];
  if (event.key === "Delete") return takeOut(ranking, key);
  if (to === undefined) return;
  event.preventDefault();
  if (!moveTo(ranking, key, to)) return;
  ranking.focus = key;
  paintRanking(ranking);
  setText(ranking.parts.said, said(ranking, key));
  ranking.send([...ranking.order]);
}

function focusOn(ranking, key) {
  ranking.focus = null;
  ranking.rows.find((row) => row.key === key)?.grip.focus();
}

function startDrag(ranking, row, event) {
  if (event.button !== 0) return;
  event.currentTarget.setPointerCapture(event.pointerId);
  Object.assign(ranking, { dragged: row.key, before: ranking.order.join() });
  paintRanking(ranking);
}

/** The row under the pointer is the place: rows are told apart by where they stood when the list was last painted. */
function drag(ranking, event) {
  if (ranking.dragged === null) return;
  const boxes = ranking.rows.map((row) => row.root.getBoundingClientRect());
  const place = boxes.findIndex((box) => event.clientY < box.bottom);
  if (moveTo(ranking, ranking.dragged, place < 0 ? boxes.length - 1 : place)) paintRanking(ranking);
}

function endDrag(ranking) {
  if (ranking.dragged === null) return;
  const key = ranking.dragged;
  ranking.dragged = null;
  paintRanking(ranking);
  focusOn(ranking, key);
  if (ranking.order.join() !== ranking.before) ranking.send([...ranking.order]);
}

function takeOut(ranking, key) {
  ranking.send(ranking.order.filter((other) => other !== key));
}

function putIn(ranking, key) {
  ranking.send([...ranking.order, key]);
}
