"""What the live studio is fed with and what it answers: the contract between page and browser."""

from __future__ import annotations

from typing import Literal, TypedDict

from tiering.words.catalogue import Words, catalogue

PREFIX = "studio."


class Colour(TypedDict):
    """One tier colour for light and one for dark pages, as ``#rrggbb``."""

    light: str
    dark: str


class Tier(TypedDict):
    """A tier, best first: its letter, its own name, and what the server counted in it."""

    name: str
    label: str
    colour: Colour
    customers: int
    revenue: float


class IndicatorRow(TypedDict):
    """One slider: ``weight`` 0..100; ``effective`` and shares 0..1; ``reason`` says why it is not available."""

    key: str
    label: str
    hint: str
    weight: int
    effective: float | None
    less_is_better: bool
    available: bool
    reason: str
    baseline_weight: int | None


class Group(TypedDict):
    """Indicators that stand together under one heading."""

    label: str
    indicators: list[IndicatorRow]


class Totals(TypedDict):
    """All customers and their revenue (the base of all shares), and how many of them are not rated."""

    customers: int
    revenue: float
    unrated: int


class Eighty(TypedDict):
    """The fewest customers, in revenue order, that make 80 % of revenue, and their share of all (0..1)."""

    customers: int
    share: float


class Pareto(TypedDict):
    """Cumulative shares of customers (``x``) and of revenue (``y``) in revenue order; some 100 to 200 points."""

    x: list[float]
    y: list[float]
    eighty: Eighty | None


class BaselineTier(TypedDict):
    """What a tier of the pinned baseline held; matched by name."""

    name: str
    customers: int
    revenue: float


class Baseline(TypedDict):
    """The pinned baseline: its name, its cut lines as scores, its tiers."""

    name: str
    lines: list[float]
    tiers: list[BaselineTier]


Move = TypedDict("Move", {"id": str, "name": str, "from": str, "to": str, "revenue": float, "reason": str})
"""A customer in another tier than under the baseline; ``reason`` is a short text."""


class MoverSummary(TypedDict):
    """How many rose and fell, the revenue concerned, and the weightiest of them."""

    up: int
    down: int
    revenue: float
    top: list[Move]


class Effect(TypedDict):
    """Customers, and their revenue, that change tier."""

    customers: int
    revenue: float


class Near(TypedDict):
    """A customer close to a line."""

    id: str
    name: str
    score: float
    revenue: float


class Sensitivity(TypedDict):
    """What a line decides: moved down or up by 1 %, and who lies nearest on both sides (nearest first)."""

    down: Effect
    up: Effect
    above: list[Near]
    below: list[Near]


class Names(TypedDict):
    """All customers as columns, score descending: lets names follow a dragged line (up to some 2,000 customers)."""

    id: list[str]
    name: list[str]
    score: list[float]
    revenue: list[float]


class Path(TypedDict):
    """Customers whom rules or a decision by hand take from the tier of the lines to another.

    ``tiers``: final tier number by the lines' tier number, the last one for "no score"; ``bins``: of these customers,
    (bin, customers, revenue) where there are any, bins as in ``counts``; ``unscored``: customers and revenue without
    a score.
    """

    tiers: list[int]
    bins: list[tuple[int, int, float]]
    unscored: tuple[int, float]


class StudioPayload(TypedDict):
    """Everything the studio shows.

    ``seq`` echoes the newest event taken in (0 before the first). ``counts`` and ``revenue`` have 1001 entries:
    entry *i* holds the scores from i / 10 up to the next tenth, the last one the score of 100. ``lines`` are
    scores, highest first, and ``shares`` the cumulative shares on or above them (of revenue in mode ``revenue``,
    else of customers), both before any rule; ``above`` the customers there. ``paths``: see `Path`, none where the
    lines alone decide. ``stacks``: customers of each tier by bin where no line by score parts them, else none.
    ``units`` (size, name) for large amounts, largest first.
    ``dark`` None lets the browser see for itself. ``words`` are templates, see `studio_words`. ``names`` may be None
    while a weight is dragged, which halves the message. ``notes`` are sentences under the sliders.
    """

    seq: int
    locale: str
    units: list[tuple[float, str]]
    currency: str
    dark: bool | None
    words: dict[str, str]
    mode: Literal["score", "share", "revenue"]
    tiers: list[Tier]
    groups: list[Group]
    lines: list[float]
    shares: list[float]
    above: list[int]
    paths: list[Path]
    stacks: list[list[int]]
    counts: list[int]
    revenue: list[float]
    totals: Totals
    pareto: Pareto
    baseline: Baseline | None
    movers: MoverSummary | None
    sensitivity: list[Sensitivity]
    names: Names | None
    notes: list[str]


class StudioEvent(TypedDict, total=False):
    """What the browser sends; ``seq`` is to be echoed in the next payload.

    ``weights``: every available indicator → 0..100. ``cuts``: ``lines`` as the scenario keeps them, scores descending
    or cumulative shares ascending, and ``line``, the one that moved. ``pick_customer``: ``id``. ``released`` False
    while a weight is still being dragged.
    """

    seq: int
    kind: Literal["weights", "cuts", "show_movers", "pick_customer"]
    released: bool
    weights: dict[str, int]
    lines: list[float]
    line: int
    id: str


def large_units(words: Words) -> list[tuple[float, str]]:
    """Units in which the language says large amounts, largest first, down to the amount as it is."""
    return list(reversed(words.locale.units[:-1]))


def studio_words(words: Words) -> dict[str, str]:
    """Templates of the studio in one language, by key without the prefix; forms after a number under ``<key>.one``."""
    templates: dict[str, str] = {}
    for key, entry in catalogue().items():
        if key.startswith(PREFIX):
            for name, text in entry.items():
                language, _, form = name.partition("_")
                if language == words.language:
                    templates[key.removeprefix(PREFIX) + (form and f".{form}")] = text
    return templates
