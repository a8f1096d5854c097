// One device, one vote: a random word that only this browser holds, for the vote it is in and no other.

const HELD = "tiering-vote-";
const asked = new Set();

export default function mount({ data, setTriggerValue }) {
  if (!data || data.known || asked.has(data.code)) return;
  asked.add(data.code);
  setTriggerValue("known", `${data.code}-${held(data.code)}`);
}

function held(code) {
  try {
    const found = localStorage.getItem(HELD + code);
    if (found) return found;
    const made = random();
    forgetOthers();
    localStorage.setItem(HELD + code, made);
    return made;
  } catch {
    return random(); // a browser that stores nothing: each of its tabs is a voter
  }
}

/** A word from an earlier vote tells nothing any more. */
function forgetOthers() {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(HELD))
    .forEach((name) => localStorage.removeItem(name));
}

function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
