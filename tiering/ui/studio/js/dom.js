// Small builders for elements that are made once and afterwards only changed where a value changed.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function element(tag, className, parent) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (parent) parent.append(node);
  return node;
}

function shape(tag, attributes, parent) {
  const node = document.createElementNS(SVG_NAMESPACE, tag);
  setAttributes(node, attributes);
  if (parent) parent.append(node);
  return node;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

function setStyle(node, property, value) {
  if (node.style.getPropertyValue(property) !== value) node.style.setProperty(property, value);
}

function setHint(node, text) {
  if (node.title !== (text || "")) node.title = text || "";
}

function show(node, visible) {
  node.toggleAttribute("hidden", !visible);
}

/** Grow or shrink `parts` (objects with a `root`) to `count`, making the missing ones with `make(index)`. */
function fitParts(parts, count, make) {
  while (parts.length < count) parts.push(make(parts.length));
  while (parts.length > count) parts.pop().root.remove();
  return parts;
}

/** Change of a value asked for by a key, in steps: `small`, `large` with shift or page keys; null for other keys. */
function keyStep(event, small, large) {
  const step = event.shiftKey ? large : small;
  const steps = {
    ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step,
    PageUp: large, PageDown: -large, Home: -Infinity, End: Infinity,
  };
  return event.key in steps && !event.altKey && !event.ctrlKey && !event.metaKey ? steps[event.key] : null;
}
