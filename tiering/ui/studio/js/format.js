// Numbers, money and sentences in the language of the payload.

const MINUS = "−";

function createFormats({ locale, units, currency, words }) {
  const plurals = new Intl.PluralRules(locale);
  const decimals = [0, 1, 2].map((digits) => decimalFormat(locale, digits));
  const formats = {
    count: (value) => signedText(value, decimals[0].format(Math.abs(value))),
    score: (value) => decimals[1].format(Math.floor(value * 10 + 1e-4) / 10),
    percent: (share, digits = 0) => signedText(share, decimals[digits].format(Math.abs(share) * 100) + "%"),
    money: (value) => signedText(value, currency + compactText(locale, units, Math.abs(value))),
    exactMoney: (value) => signedText(value, currency + decimals[2].format(Math.abs(value))),
  };
  formats.change = (value, format) => (value > 0 ? "+" : "") + format(value);
  formats.say = (key, facts = {}) => fillTemplate(templateOf(words, plurals, key, facts), facts, formats);
  return formats;
}

function decimalFormat(locale, digits) {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function signedText(value, text) {
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

const compactFormats = new Map();

function compactText(locale, units, amount) {
  const [size, unit] = unitOf(units, amount);
  const lead = amount / size;
  const digits = digitsOf(lead);
  const least = unit ? digits : 0;
  const key = `${locale}${least}${digits}`;
  if (!compactFormats.has(key)) {
    const options = { minimumFractionDigits: least, maximumFractionDigits: digits };
    compactFormats.set(key, new Intl.NumberFormat(locale, options));
  }
  return compactFormats.get(key).format(lead) + unit;
}

/** The unit in which an amount is said: 999,999 is 1M, not 1000K. */
function unitOf(ladder, amount) {
  const found = ladder.findIndex(([least]) => amount >= least);
  const step = found < 0 ? ladder.length - 1 : found;
  const size = ladder[step][0];
  const rounded = Number((amount / size).toFixed(digitsOf(amount / size))) * size;
  return step > 0 && rounded >= ladder[step - 1][0] ? ladder[step - 1] : ladder[step];
}

function digitsOf(lead) {
  return lead >= 99.95 ? 0 : lead >= 9.995 ? 1 : 2; // 99.96 is said as 100
}

function templateOf(words, plurals, key, facts) {
  const form = Number.isInteger(facts.n) ? words[`${key}.${plurals.select(facts.n)}`] : undefined;
  return form || words[key] || "";
}

function fillTemplate(template, facts, formats) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => {
    const fact = facts[name];
    return fact === undefined ? whole : typeof fact === "number" ? formats.count(fact) : String(fact);
  });
}
