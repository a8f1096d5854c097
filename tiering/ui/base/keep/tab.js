// Holds the tab's secret: sessionStorage outlives a refresh, belongs to this tab alone and ends with it.

const HELD = "tiering-tab";
const MARK = "tiering_tab";
const MARK_LASTS_SECONDS = 4 * 3600;
const RULES = "tiering-rules";
const ASK_EVERY_MS = 5000;
const MISSES = 2; // in a row, before the app is said to be gone
const asked = new Set();
const server = { said: "", missed: 0, sign: null, timer: 0 };

export default function mount({ data, setTriggerValue }) {
  if (!data) return;
  watchServer(data.down);
  if (data.forgotten) return forget();
  const held = read(HELD);
  if (data.settled || (!held && !data.awaited)) return hold(data);
  if (!asked.has(data.token)) {
    asked.add(data.token);
    setTriggerValue("found", { token: held || "nothing", rules: (held && read(RULES)) || "" });
  }
  return undefined;
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null; // a browser that stores nothing: a refresh starts anew there
  }
}

/** The mark says that some tab holds something, not what: the server then asks before it draws. */
function hold({ token, rules }) {
  try {
    sessionStorage.setItem(HELD, token);
    sessionStorage.setItem(RULES, rules);
    mark(1, MARK_LASTS_SECONDS);
  } catch {
    mark("", 0);
  }
}

function mark(value, seconds) {
  document.cookie = `${MARK}=${value}; path=/; SameSite=Strict; max-age=${seconds}`;
}

function forget() {
  mark("", 0);
  sessionStorage.removeItem(HELD);
  sessionStorage.removeItem(RULES);
  location.replace(location.pathname);
}

/** While the server is down, the page says how this app is started; it goes on by itself once it is there again. */
function watchServer(said) {
  server.said = said;
  if (!server.timer) server.timer = setInterval(askServer, ASK_EVERY_MS);
}

async function askServer() {
  if (document.hidden) return;
  const isThere = await fetch("/_stcore/health", { cache: "no-store" }).then(({ ok }) => ok, () => false);
  server.missed = isThere ? 0 : server.missed + 1;
  if (server.missed >= MISSES) showDown();
  else if (isThere) hideDown();
}

function showDown() {
  if (server.sign) return;
  server.sign = document.createElement("div");
  server.sign.setAttribute("role", "alert");
  server.sign.textContent = server.said;
  server.sign.style.cssText =
    "position:fixed;inset:auto 1rem 1rem;z-index:2147483647;padding:0.9rem 1.1rem;border-radius:6px;" +
    "background:#1b2430;color:#fff;font:1rem/1.5 sans-serif;box-shadow:0 4px 16px #0006";
  document.body.append(server.sign);
}

function hideDown() {
  server.sign?.remove();
  server.sign = null;
}
