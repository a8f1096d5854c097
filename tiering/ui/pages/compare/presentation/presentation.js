// One message a screen: arrow keys turn the pages, Esc closes; all texts come as text, never as markup.

const WIDTH = 640, HEIGHT = 400, LEFT = 46, BOTTOM = 40;
const SMALLEST = 0.6;

export default function mount({ parentElement, data }) {
  const root = parentElement.querySelector(".stage");
  if (!data || !root) return;
  const show = showIn(root);
  show.data = data;
  show.at = Math.min(show.at, data.slides.length - 1);
  const dark = paintThemeOn(root, data.dark, data.locale);
  paintThemeOn(show.screen, dark, data.locale);
  for (const name of ["start", "previous", "next", "close", "hint"]) setText(show[name], data.keys[name]);
  if (show.screen.open) paintSlide(show);
}

const shows = new WeakMap();

function showIn(root) {
  if (!shows.has(root)) shows.set(root, createShow(root));
  return shows.get(root);
}

function createShow(root) {
  const show = { at: 0 };
  for (const node of root.querySelectorAll("[data-part]")) show[node.dataset.part] = node;
  show.start.addEventListener("click", () => { show.at = 0; show.screen.showModal(); paintSlide(show); });
  show.previous.addEventListener("click", () => turn(show, -1));
  show.next.addEventListener("click", () => turn(show, 1));
  show.close.addEventListener("click", () => show.screen.close());
  show.screen.addEventListener("keydown", (event) => onKey(show, event));
  return show;
}

function onKey(show, event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };
  const onButton = event.key === " " && event.target.tagName === "BUTTON";
  if (!(event.key in steps) || onButton || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  turn(show, steps[event.key]);
}

function turn(show, step) {
  show.at = Math.min(Math.max(show.at + step, 0), show.data.slides.length - 1);
  paintSlide(show);
}

function paintSlide(show) {
  const { slides, name } = show.data;
  const slide = slides[show.at];
  setText(show.name, name);
  setText(show.count, `${show.at + 1} / ${slides.length}`);
  show.previous.disabled = show.at === 0;
  show.next.disabled = show.at === slides.length - 1;
  show.slide.replaceChildren();
  setText(element("h1", "", show.slide), slide.title);
  if (slide.sentences.length) {
    const said = element("div", "", show.slide);
    for (const sentence of slide.sentences) setText(element("p", "said", said), sentence);
  }
  const parts = element("div", "parts", show.slide);
  if (slide.bars) drawBars(show, slide.bars, parts);
  if (slide.curve) drawCurve(slide.curve, parts);
  if (slide.table) drawTable(show, slide.table, parts);
  if (slide.note) setText(element("p", "note", show.slide), slide.note);
  fit(show.slide);
  show.slide.focus();
}

/** Smaller type where the message would not fit on the screen; scrolling is left to what even that does not help. */
function fit(slide) {
  for (let size = 1; size >= SMALLEST; size -= 0.05) {
    setStyle(slide, "font-size", `${size}em`);
    if (slide.scrollHeight <= slide.clientHeight) return;
  }
}

function tierChip(show, name, parent) {
  const chip = element("span", "chip", parent);
  setText(chip, name);
  paintTierColour(chip, show.data.colours[name] || "#8896a4");
  return chip;
}

function drawBars(show, bars, parent) {
  const box = element("div", "", parent);
  const key = element("div", "key", box);
  bars.series.forEach((label, place) => {
    const entry = element("span", place ? "second" : "", key);
    element("i", "", entry);
    entry.append(label);
  });
  const most = Math.max(...bars.shares.flat(), 0.01);
  bars.labels.forEach((label, row) => {
    const isTier = label in show.data.colours;
    const group = element("div", isTier ? "group" : "group named", box);
    if (isTier) setStyle(group, "--tier", (tierChip(show, label, group), show.data.colours[label]));
    else setText(element("span", "label", group), label);
    bars.series.forEach((_, place) => {
      const bar = element("div", place ? "bar second" : "bar", group);
      setStyle(element("i", "", bar), "width", `${Math.max(bars.shares[row][place], 0) / most * 70}%`);
      setText(element("span", "figure", bar), bars.notes[row][place]);
    });
  });
}

function drawCurve(curve, parent) {
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }, element("div", "", parent));
  const x = (share) => LEFT + share * (WIDTH - LEFT - 10);
  const y = (share) => 10 + (1 - Math.min(Math.max(share, 0), 1)) * (HEIGHT - BOTTOM - 10);
  shape("rect", { class: "frame", x: x(0), y: y(1), width: x(1) - x(0), height: y(0) - y(1) }, svg);
  shape("path", { class: "curve", d: curve.points.map(([a, b], n) => `${n ? "L" : "M"}${x(a)},${y(b)}`).join("") }, svg);
  const [a, b] = curve.marked;
  shape("circle", { class: "mark", cx: x(a), cy: y(b), r: 8 }, svg);
  svgText(svg, curve.note, { x: x(a) + 16, y: y(b) + 22 });
  for (const share of [0, 0.5, 1]) {
    svgText(svg, `${share * 100}%`, { x: x(share), y: y(0) + 18, class: "axis", "text-anchor": "middle" });
    svgText(svg, `${share * 100}%`, { x: LEFT - 6, y: y(share) + 5, class: "axis", "text-anchor": "end" });
  }
  svgText(svg, curve.axes[0], { x: x(0.5), y: HEIGHT - 4, class: "axis", "text-anchor": "middle" });
  svgText(svg, curve.axes[1], { x: x(0) + 10, y: y(1) + 22, class: "axis" });
}

function svgText(svg, text, attributes) {
  shape("text", attributes, svg).textContent = text;
}

function drawTable(show, table, parent) {
  const grid = element("table", "", element("div", "", parent));
  const head = element("tr", "", element("thead", "", grid));
  table.headers.forEach((label, place) => setText(element("th", table.numeric[place] ? "right" : "", head), label));
  const body = element("tbody", "", grid);
  for (const cells of table.rows) {
    const row = element("tr", "", body);
    cells.forEach((cell, place) => {
      const box = element("td", table.numeric[place] ? "right" : "", row);
      if (place === table.tier && cell in show.data.colours) tierChip(show, cell, box);
      else setText(box, cell);
      setHint(box, cell);
    });
  }
}
