// Traffic to the server: one request in flight, the newest value wins, a release is never lost.

const ANSWER_TIMEOUT_MS = 5000;
const MOST_TRIES = 3;

function createLink(onSettled) {
  return { seq: 0, sent: null, waiting: new Map(), send: null, timer: 0, onSettled };
}

/** Queue an event; one of the same kind that still waits is replaced, and stays a release if it was one. */
function post(link, event) {
  const earlier = link.waiting.get(event.kind);
  link.waiting.set(event.kind, { ...event, released: Boolean(event.released || earlier?.released) });
  pump(link);
}

function pump(link) {
  if (link.sent || !link.send || link.waiting.size === 0) return;
  const [kind, event] = link.waiting.entries().next().value;
  link.waiting.delete(kind);
  link.seq += 1;
  link.sent = { seq: link.seq, event, tries: 1 };
  transmit(link);
}

function transmit(link) {
  clearTimeout(link.timer);
  link.timer = setTimeout(() => retry(link), ANSWER_TIMEOUT_MS);
  link.send({ seq: link.sent.seq, ...link.sent.event });
}

function retry(link) {
  const { event, tries } = link.sent;
  link.sent = null;
  if (!link.waiting.has(event.kind) && tries < MOST_TRIES && event.released) {
    link.seq += 1;
    link.sent = { seq: link.seq, event, tries: tries + 1 };
    transmit(link);
    return;
  }
  if (event.released && link.waiting.has(event.kind)) link.waiting.get(event.kind).released = true;
  pump(link);
  link.onSettled();
}

/** Note that the server has answered up to `seq`, and send what waits. */
function acknowledge(link, seq) {
  if (!link.sent) {
    link.seq = Math.max(link.seq, seq);
  } else if (seq >= link.sent.seq) {
    clearTimeout(link.timer);
    link.sent = null;
  }
  pump(link);
}

function isOpen(link, kind) {
  return link.sent?.event.kind === kind || link.waiting.has(kind);
}

function closeLink(link) {
  clearTimeout(link.timer);
  link.send = null;
}
