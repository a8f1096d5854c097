// Holds the tab's secret: sessionStorage outlives a refresh, belongs to this tab alone and ends with it.

const HELD = "tiering-tab";
const MARK = "tiering_tab";
const MARK_LASTS_SECONDS = 4 * 3600;
const asked = new Set();

export default function mount({ data, setTriggerValue }) {
  if (!data) return;
  if (data.forgotten) return forget();
  const held = read();
  if (data.settled || (!held && !data.awaited)) return hold(data.token);
  if (!asked.has(data.token)) {
    asked.add(data.token);
    setTriggerValue("found", held || "nothing");
  }
  return undefined;
}

function read() {
  try {
    return sessionStorage.getItem(HELD);
  } catch {
    return null; // a browser that stores nothing: a refresh starts anew there
  }
}

/** The mark says that some tab holds something, not what: the server then asks before it draws. */
function hold(token) {
  try {
    sessionStorage.setItem(HELD, token);
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
  location.replace(location.pathname);
}
