// Holds what was decided, without any data, as it changes; only under the secret this tab goes by.

const HELD = "tiering-tab";
const RULES = "tiering-rules";

export default function mount({ data }) {
  try {
    if (data && sessionStorage.getItem(HELD) === data.token) sessionStorage.setItem(RULES, data.rules);
  } catch {
    // a browser that stores nothing: a restart starts anew there
  }
}
