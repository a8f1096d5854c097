// Advice per tier: cards to read, each recommendation a way to its customers.

export default function mount({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".advice");
  if (!data || !root) return;
  const advice = adviceIn(root);
  advice.choose = (tier, index) => setTriggerValue("event", { tier, index });
  advice.dark = paintThemeOn(root, data.dark, data.locale);
  paintAdvice(advice, data.tiers);
}

const advices = new WeakMap();

function adviceIn(root) {
  if (!advices.has(root)) advices.set(root, { list: root.querySelector("[data-part=cards]"), cards: [] });
  return advices.get(root);
}

function paintAdvice(advice, tiers) {
  setStyle(advice.list, "--across", String(tiers.length > 4 ? 3 : Math.max(1, tiers.length)));
  fitParts(advice.cards, tiers.length, () => createTierCard(advice.list));
  tiers.forEach((tier, index) => paintTierCard(advice, advice.cards[index], tier));
}

function createTierCard(parent) {
  const root = element("article", "tier-card", parent);
  const head = element("header", "", root);
  return {
    root, chip: element("span", "chip", head), headline: element("h3", "", head), service: element("p", "service", root),
    factList: element("div", "facts", root), kpiList: element("div", "kpis", root),
    recommendationList: element("div", "recommendations", root), more: element("p", "more", root),
    facts: [], kpis: [], recommendations: [],
  };
}

function paintTierCard(advice, card, tier) {
  paintTierColour(card.root, colourOf(advice, tier));
  setText(card.chip, tier.tier);
  setHint(card.chip, tier.label);
  setText(card.headline, tier.headline);
  setText(card.service, tier.service_line);
  setHint(card.service, tier.service_note);
  fitParts(card.facts, tier.facts.length, () => ({ root: element("p", "", card.factList) }));
  tier.facts.forEach((fact, index) => setText(card.facts[index].root, fact));
  paintKpis(card, tier.kpi);
  setHint(card.kpiList, tier.kpi_note);
  paintRecommendations(advice, card, tier);
  setText(card.more, tier.more || "");
  show(card.more, Boolean(tier.more));
  for (const list of [card.factList, card.kpiList, card.recommendationList]) show(list, list.childElementCount > 0);
}

function paintKpis(card, kpis) {
  fitParts(card.kpis, kpis.length, () => {
    const root = element("p", "kpi", card.kpiList);
    const row = { root, name: element("span", "name", root) };
    const figures = element("span", "figure", root);
    return { ...row, now: element("span", "now", figures), target: element("b", "", figures) };
  });
  kpis.forEach(({ label, baseline, target }, index) => {
    setText(card.kpis[index].name, label);
    setText(card.kpis[index].now, target ? `${baseline} → ` : baseline);
    setText(card.kpis[index].target, target || "");
  });
}

function paintRecommendations(advice, card, tier) {
  fitParts(card.recommendations, tier.recommendations.length, () => createRecommendation(advice, card));
  tier.recommendations.forEach(({ title, detail, money }, index) => {
    const row = card.recommendations[index];
    row.tier = tier.tier;
    setText(row.title, title);
    setText(row.money, money);
    setText(row.detail, detail);
  });
}

function createRecommendation(advice, card) {
  const root = element("button", "recommendation", card.recommendationList);
  root.type = "button";
  const index = card.recommendations.length;
  const row = {
    root, tier: "", title: element("span", "title", root), money: element("span", "figure money", root),
    detail: element("span", "detail", root),
  };
  root.addEventListener("click", () => advice.choose(row.tier, index));
  return row;
}
