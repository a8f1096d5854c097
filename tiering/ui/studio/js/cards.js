// One card per tier: customers, revenue, shares, average and the change against the baseline.

function paintCards(studio, view) {
  const { payload, parts } = studio;
  setStyle(parts.cards, "--tiers", String(payload.tiers.length));
  parts.cards.classList.toggle("many", payload.tiers.length > 4);
  parts.cards.classList.toggle("few", payload.tiers.length < 3);
  fitParts(parts.tierCards, payload.tiers.length, () => createCard(parts.cards));
  payload.tiers.forEach((tier, index) => paintCard(studio, parts.tierCards[index], tier, view.tiers[index]));
}

function createCard(parent) {
  const root = element("article", "card", parent);
  const head = element("header", "", root);
  const card = { root, chip: element("span", "chip", head), label: element("span", "label", head) };
  const count = element("p", "count", root);
  card.customers = element("b", "figure", count);
  card.unit = element("span", "unit", count);
  card.change = element("span", "change", count);
  const bars = element("div", "shares", root);
  card.customerBar = element("i", "of-customers", bars);
  card.revenueBar = element("i", "of-revenue", bars);
  [card.revenue, card.share] = createLine(root, "money");
  [card.average, card.revenueChange] = createLine(root, "quiet");
  card.revenueChange.classList.add("revenue-change");
  return card;
}

function createLine(parent, className) {
  const line = element("p", className, parent);
  return [element("span", "figure", line), element("span", "figure", line)];
}

function paintCard(studio, card, tier, totals) {
  const { formats, payload } = studio;
  paintTierColour(card.root, colourOf(studio, tier));
  setText(card.chip, tier.name);
  setText(card.label, tier.label);
  setHint(card.label, tier.label);
  setText(card.customers, formats.count(totals.customers));
  setText(card.unit, formats.say("card.unit", { n: totals.customers }));
  const ofCustomers = ratio(totals.customers, payload.totals.customers);
  const ofRevenue = ratio(totals.revenue, payload.totals.revenue);
  setStyle(card.customerBar, "--share", clamp(ofCustomers, 0, 1).toFixed(4));
  setStyle(card.revenueBar, "--share", clamp(ofRevenue, 0, 1).toFixed(4));
  paintCardMoney(studio, card, totals, ofRevenue);
  paintChange(studio, card, tier, totals);
  setHint(card.root, cardHint(studio, totals, ofCustomers, ofRevenue));
}

function paintCardMoney(studio, card, totals, ofRevenue) {
  const { formats } = studio;
  setText(card.revenue, formats.money(totals.revenue));
  card.revenue.classList.toggle("loss", totals.revenue < 0);
  setText(card.share, studio.payload.totals.revenue > 0 ? formats.percent(ofRevenue, 1) : "–");
  const average = totals.customers > 0 ? formats.money(totals.revenue / totals.customers) : "–";
  setText(card.average, formats.say("card.average", { money: average }));
}

function paintChange(studio, card, tier, totals) {
  const { formats, payload } = studio;
  const before = (tiersOfBaseline(payload) || []).find((part) => part.name === tier.name) || totals;
  const customers = totals.customers - before.customers;
  const revenue = Math.round((totals.revenue - before.revenue) * 100) / 100;
  const changed = customers !== 0 || revenue !== 0;
  setText(card.change, changed ? changeText(formats, customers, formats.count) : "");
  setText(card.revenueChange, changed ? changeText(formats, revenue, formats.money) : "");
  const facts = { customers: changeText(formats, customers, formats.count), revenue: changeText(formats, revenue, formats.exactMoney) };
  for (const node of [card.change, card.revenueChange]) setHint(node, changed ? formats.say("card.change", facts) : "");
}

/** The baseline's tiers where they are the same ones: an A of A/B/C is not the A of S/A/B/C. */
function tiersOfBaseline({ baseline, tiers }) {
  const same = baseline?.tiers.length === tiers.length && tiers.every(({ name }, index) => baseline.tiers[index].name === name);
  return same ? baseline.tiers : null;
}

function changeText(formats, amount, format) {
  return amount === 0 ? "±0" : formats.change(amount, format);
}

function cardHint(studio, totals, ofCustomers, ofRevenue) {
  const { formats } = studio;
  return formats.say("card.hint", {
    n: totals.customers, customers: formats.percent(ofCustomers, 1), revenue: formats.percent(ofRevenue, 1),
    money: formats.exactMoney(totals.revenue),
    average: totals.customers > 0 ? formats.exactMoney(totals.revenue / totals.customers) : "–",
  });
}

function ratio(part, whole) {
  return whole > 0 ? part / whole : 0;
}
