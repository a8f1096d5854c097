// The page's own uploader, hidden by its key: the zone hands it the files and it carries them to the server.

const LOOK_EVERY_MS = 100;
const GIVE_UP_AFTER_MS = 8000;

function nativeOf({ data }) {
  const uploader = document.querySelector(`.st-key-${data.native}`);
  return { uploader, input: uploader?.querySelector("input[type=file]") };
}

/** Look for the uploader until it is there; where it has no input to hand files to, it is shown in place of the zone. */
function findNative(zone, until = performance.now() + GIVE_UP_AFTER_MS) {
  clearTimeout(zone.looking);
  const { uploader, input } = nativeOf(zone);
  if (input) return listenTo(zone, uploader);
  if (performance.now() < until) zone.looking = setTimeout(() => findNative(zone, until), LOOK_EVERY_MS);
  else showNative(zone, uploader);
  return undefined;
}

function listenTo(zone, uploader) {
  show(zone.root, true);
  if (zone.uploader !== uploader) {
    zone.uploader = uploader;
    uploader.addEventListener("change", ({ target }) => zone.uploader === uploader && zone.receive([...target.files]));
    const failure = () => zone.uploader === uploader && uploader.querySelector('[aria-invalid="true"]') && zone.fail();
    new MutationObserver(failure).observe(uploader, { subtree: true, childList: true, attributes: true });
  }
  if (zone.waiting) handOver(zone, zone.waiting);
}

function showNative(zone, uploader) {
  uploader?.setAttribute("data-shown", "");
  show(zone.root, false);
}

/** Put the files where the uploader looks for them; where it is not drawn yet, they wait for it. */
function handOver(zone, files) {
  const { input } = nativeOf(zone);
  zone.waiting = input ? null : files;
  if (!input) return findNative(zone);
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  input.files = carried.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return undefined;
}

/** Stop the transfer; the buttons are the uploader's own, one per file under way. */
function stopNative(zone) {
  for (const button of zone.uploader?.querySelectorAll("[data-testid=stFileChipDeleteBtn] button") ?? []) button.click();
}
