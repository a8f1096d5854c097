// The drop zone: takes files by button, drop or the page's uploader, and says at once which it does not take.

const zones = new WeakMap();

export default function mount({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".drop-zone");
  if (!data || !root) return;
  const zone = zoneIn(root);
  zone.giveUp = () => setTriggerValue("cancelled", true);
  followServer(zone, data);
  paintThemeOn(root, null, data.locale);
  paintZone(zone);
  findNative(zone);
}

function zoneIn(root) {
  if (!zones.has(root)) zones.set(root, createZone(root));
  return zones.get(root);
}

function createZone(root) {
  const zone = {
    root, data: null, uploader: null, waiting: null, looking: 0, files: [], refusal: null, over: false, parts: {},
    input: element("input", "", root),
  };
  for (const node of root.querySelectorAll("[data-part]")) zone.parts[node.dataset.part] = node;
  zone.input.type = "file";
  zone.input.hidden = true;
  zone.receive = (files) => change(zone, { files, refusal: null });
  zone.fail = () => fail(zone);
  listenForFiles(zone);
  return zone;
}

/** A new uploader means that the last files are dealt with; a refusal stays until other files were taken. */
function followServer(zone, data) {
  if (zone.data?.native !== data.native) Object.assign(zone, { files: [], uploader: null });
  if (data.taken.length) zone.refusal = null;
  zone.data = data;
}

function listenForFiles(zone) {
  const { root, input, parts } = zone;
  parts.choose.addEventListener("click", () => isBusy(zone) || input.click());
  parts.cancel.addEventListener("click", () => abandon(zone, null));
  input.addEventListener("change", () => {
    offer(zone, [...input.files]);
    input.value = "";
  });
  root.addEventListener("dragover", (event) => allowDrop(zone, event));
  root.addEventListener("dragleave", ({ relatedTarget }) => change(zone, { over: root.contains(relatedTarget) }));
  root.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    change(zone, { over: false });
    offer(zone, [...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => takePasted(zone, event));
}

/** A table copied from a spreadsheet is taken like a file, unless it is pasted into a field. */
function takePasted(zone, event) {
  const { root, data } = zone;
  const into = event.composedPath()[0];
  if (!root.isConnected || !data?.pasted || into.matches?.("input, textarea, [contenteditable]")) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!text.includes("\t") || !text.includes("\n")) return;
  event.preventDefault();
  offer(zone, [new File([text], data.pasted, { type: "text/tab-separated-values" })]);
}

function carriesFiles({ dataTransfer }) {
  return dataTransfer?.types.includes("Files");
}

function allowDrop(zone, event) {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = isBusy(zone) ? "none" : "copy";
  change(zone, { over: !isBusy(zone) });
}

function isBusy({ files, data, waiting }) {
  return files.length > 0 || data.taken.length > 0 || waiting !== null;
}

function offer(zone, files) {
  if (files.length === 0 || isBusy(zone)) return;
  const refusal = refusalOf(files, zone.data);
  change(zone, { refusal, over: false });
  if (!refusal) handOver(zone, files);
}

/** What did not arrive leaves the uploader, and the server gives the zone a new one. */
function fail(zone) {
  if (zone.files.length) abandon(zone, { sentence: "lost", facts: { name: zone.files[0].name } });
}

function abandon(zone, refusal) {
  stopNative(zone);
  change(zone, { files: [], refusal });
  zone.parts.choose.focus();
  zone.giveUp();
}

function change(zone, facts) {
  Object.assign(zone, facts);
  if (zone.data) paintZone(zone);
}

function paintZone(zone) {
  const { data, root, input, parts, refusal } = zone;
  setAttributes(root, { "aria-label": data.label, "aria-busy": isBusy(zone), "data-over": zone.over });
  setAttributes(input, { accept: data.types.join(",") });
  input.multiple = data.many;
  setText(parts.label, zone.over ? data.sentences.drop : data.label);
  setText(parts.chooseText, data.choose);
  setText(parts.hint, data.hint);
  setText(parts.cancel, data.sentences.cancel);
  setText(parts.refusal, refusal ? say(zone, refusal.sentence, refusal.facts) : "");
  paintProgress(zone);
}

/** The button keeps the focus while it waits: it is marked, not switched off. */
function paintProgress(zone) {
  const { data, files, parts } = zone;
  const [busy, held] = [isBusy(zone), data.taken.length > 0];
  setAttributes(parts.choose, { "aria-disabled": busy });
  setText(parts.progress, progressText(zone));
  show(parts.label, !busy);
  show(parts.hint, !busy);
  show(parts.bar, busy && !held);
  show(parts.cancel, files.length > 0 && !held);
}

function progressText(zone) {
  const { data, files } = zone;
  if (data.taken.length) return say(zone, "received", { name: data.taken.join(" · ") });
  if (files.length === 0) return "";
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > 1) return say(zone, "receiving_many", { n: String(files.length), size });
  return say(zone, "receiving", { name: files[0].name, size });
}

function say({ data }, sentence, facts) {
  return worded(data.sentences[sentence], { ...data.facts, ...facts }, data.locale);
}
