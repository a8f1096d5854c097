"""A stage for the live components: the component in a bare page, with a server played by the test."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error, Page

from tiering.ui.pages.tiers.advice import advice_markup, advice_script, advice_styles
from tiering.ui.studio import studio_markup, studio_script, studio_styles, studio_words
from tiering.ui.studio.payload import large_units
from tiering.words import Words

COLOURS = ("#7a3e00", "#c47a00", "#2f78a8", "#9fb2bf", "#6b7d3a", "#7a6a9b")
MOUNT = """async ([markup, styles, script]) => {
  document.body.replaceChildren();
  const host = document.body.appendChild(document.createElement("div"));
  const shadow = host.attachShadow({ mode: "open" });
  shadow.innerHTML = markup + "<style>" + styles + "</style>";
  const module = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const events = (window.events = []);
  const setTriggerValue = (name, value) => events.push(value);
  window.show = (data) => module.default({ parentElement: shadow, data, setTriggerValue });
}"""

KEYS = """(node, keys) => {
  node.focus();
  for (const name of keys) {
    const [key, shiftKey] = [name.replace("Shift+", ""), name.startsWith("Shift+")];
    node.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
  }
}"""


class Stage:
    """One component on a bare page; ``show`` plays the server's payload, ``events`` is what the server got."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", self._note)

    def _note(self, error: Error) -> None:
        self.faults.append(str(error))

    def mount(self, *assets: str) -> None:
        """Put a component's markup, styles and script on the page."""
        self.page.evaluate(MOUNT, list(assets))

    def show(self, payload: dict[str, Any]) -> None:
        """Hand the component a payload, as a rerun of the page does."""
        self.page.evaluate("(payload) => { window.show(payload); }", payload)

    def events(self) -> list[dict[str, Any]]:
        """What the component has sent so far."""
        events: list[dict[str, Any]] = self.page.evaluate("window.events")
        return events

    def texts(self, selector: str) -> list[str]:
        """Visible texts of all elements that match."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    def press(self, selector: str, *keys: str) -> None:
        """Press keys on the first element that matches, all in one go, and let the page paint."""
        self.page.locator(selector).first.evaluate(KEYS, list(keys))
        self.painted()

    def painted(self) -> None:
        """Wait until what was asked for is painted."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def quiet(self) -> None:
        """Wait until the keys count as released."""
        # counted by the page itself: a slow page is late with both its timers, and with this one after its own
        self.page.evaluate("new Promise((done) => setTimeout(done, 250))")


def studio_stage(page: Page) -> Stage:
    """Stage with the studio."""
    stage = Stage(page)
    stage.mount(studio_markup(), studio_styles(), studio_script())
    return stage


def advice_stage(page: Page) -> Stage:
    """Stage with the advice cards."""
    stage = Stage(page)
    stage.mount(advice_markup(), advice_styles(), advice_script())
    return stage


def indicator(key: str, weight: int, **facts: Any) -> dict[str, Any]:
    """One slider's row."""
    usual = {
        "key": key,
        "label": key.title(),
        "hint": "",
        "weight": weight,
        "effective": weight / 100,
        "less_is_better": False,
        "available": True,
        "reason": "",
        "baseline_weight": None,
    }
    return {**usual, **facts}


def colour(position: int) -> dict[str, str]:
    """A tier's colour, the same on light and dark."""
    return {"light": COLOURS[position], "dark": COLOURS[position]}


def payload(
    customers: list[tuple[float, float]], lines: list[float], *, mode: str = "score", **facts: Any
) -> dict[str, Any]:
    """What the server says of ``customers`` (score, revenue) cut at ``lines``; ``facts`` replace single parts."""
    counts, revenue = [0] * 1001, [0.0] * 1001
    for score, amount in customers:
        counts[round(score * 10)] += 1
        revenue[round(score * 10)] += amount
    return {**_parts(customers, lines, mode), "counts": counts, "revenue": revenue, **facts}


def _parts(customers: list[tuple[float, float]], lines: list[float], mode: str) -> dict[str, Any]:
    total = sum(amount for _, amount in customers)
    return {
        "seq": 0,
        "locale": "en-GB",
        "units": large_units(Words("en")),
        "currency": "£",
        "dark": False,
        "words": studio_words(Words("en")),
        "mode": mode,
        "tiers": _tiers(customers, lines),
        "groups": [{"label": "Financial", "indicators": [indicator("spend", 60), indicator("margin", 40)]}],
        "lines": lines,
        "shares": [_share_above(customers, line, mode) for line in lines],
        "above": [sum(score >= line for score, _ in customers) for line in lines],
        "paths": [],
        "totals": {"customers": len(customers), "revenue": total, "unrated": 0},
        "pareto": _pareto(customers, total),
        "baseline": None,
        "movers": None,
        "sensitivity": [{"down": _none(), "up": _none(), "above": [], "below": []} for _ in lines],
        "names": None,
        "notes": [],
    }


def _none() -> dict[str, float]:
    return {"customers": 0, "revenue": 0.0}


def _tiers(customers: list[tuple[float, float]], lines: list[float]) -> list[dict[str, Any]]:
    edges = [101.0, *lines, 0.0]
    inside = [
        [amount for score, amount in customers if edges[tier + 1] <= score < edges[tier]]
        for tier in range(len(lines) + 1)
    ]
    return [
        {"name": "SABCDE"[tier], "label": "", "colour": colour(tier), "customers": len(held), "revenue": sum(held)}
        for tier, held in enumerate(inside)
    ]


def _share_above(customers: list[tuple[float, float]], line: float, mode: str) -> float:
    sizes = [(score, amount if mode == "revenue" else 1.0) for score, amount in customers]
    total = sum(size for _, size in sizes)
    return sum(size for score, size in sizes if score >= line) / total if total > 0 else 0.0


def _pareto(customers: list[tuple[float, float]], total: float) -> dict[str, Any]:
    if total <= 0:
        return {"x": [], "y": [], "eighty": None}
    x, y, held = [0.0], [0.0], 0.0
    for rank, (_, amount) in enumerate(sorted(customers, key=lambda customer: -customer[1]), start=1):
        held += amount
        x.append(rank / len(customers))
        y.append(held / total)
    needed = next(rank for rank, share in enumerate(y) if share >= 0.8)
    return {"x": x, "y": y, "eighty": {"customers": needed, "share": needed / len(customers)}}
