// Why files are not taken, before they travel: by ending, size and number; the server judges by content.

const MEGABYTE = 1024 * 1024;

/** First reason against these files as { sentence, facts }, null where there is none. */
function refusalOf(files, { types, most_mb: most, many }) {
  if (files.length > 1 && !many) return { sentence: "one_only", facts: { n: String(files.length) } };
  const strange = files.find(({ name }) => !types.some((ending) => name.toLowerCase().endsWith(ending)));
  if (strange) return { sentence: "wrong_type", facts: { name: strange.name } };
  const big = files.find(({ size }) => size > most * MEGABYTE);
  return big ? { sentence: "too_big", facts: { name: big.name, size: big.size } } : null;
}

/** A template with its facts filled in; a size in bytes is said in the locale's figures. */
function worded(template, facts, locale) {
  return template.replace(/\{(\w+)\}/g, (_, name) => (name === "size" ? sizeText(facts.size, locale) : facts[name]));
}

/** Rounded up, so that a file over a limit is never said to have the limit's size. */
function sizeText(bytes, locale) {
  const [size, unit] = bytes >= MEGABYTE ? [bytes / MEGABYTE, "MB"] : [bytes / 1024, "KB"];
  const figures = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return `${figures.format(Math.ceil(size * 10) / 10)} ${unit}`;
}
