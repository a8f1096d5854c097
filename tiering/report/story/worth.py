"""What the tiers are worth, and how few customers make most of it."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.report.handout import Handout
from tiering.report.story.parts import Bars, Curve, Part, Table
from tiering.said.provisional import provisional_notes
from tiering.said.tables import COLUMNS, TierRow, tier_rows, total_row
from tiering.views.concentration import pareto_curve
from tiering.words import Words

UP_TO_REVENUE = 3  # columns of a tier row that hold without any revenue


def tiers_part(handout: Handout) -> Part:
    """Each tier with its customers and revenue; the message is what the top tier brings."""
    words, tiering = handout.words, handout.tiering
    rows = tier_rows(tiering, words("tier.unscored"))
    currency = handout.dataset.currency
    shown = [*rows, total_row(tiering, words("report.summary.total"))]
    known = len(COLUMNS) if has_revenue(tiering) else UP_TO_REVENUE
    table = Table(
        tuple(words(f"report.summary.{key}") for key, _ in COLUMNS[:known]),
        tuple(row[:known] for row in _cells(shown, words, currency)),
        tuple(kind != "text" for _, kind in COLUMNS[:known]),
        tiers=0,
    )
    name, customers, share, _, revenue_share, _ = rows[0]
    title = words(
        "story.tiers.title" if has_revenue(tiering) else "story.tiers.title_no_revenue",
        tier=name,
        n=customers,
        share=words.percent(share, 1),
        revenue=words.percent(revenue_share or 0.0, 1),
    )
    return Part(
        title,
        table=table,
        chart=_shares(rows, words, known),
        note=" ".join(provisional_notes(tiering, words)),
    )


def has_revenue(tiering: Tiering) -> bool:
    """Whether the tiers hold any revenue: without it nothing is said of money, rather than nought."""
    return float(tiering.totals.revenue.sum()) > 0


def _shares(rows: list[TierRow], words: Words, known: int) -> Bars:
    """Shares of customers and, where it is known, of revenue."""
    shares = (
        (words("report.summary.customer_share"), tuple(row[2] for row in rows)),
        (words("report.summary.revenue_share"), tuple(row[4] or 0.0 for row in rows)),
    )
    return Bars(tuple(row[0] for row in rows), shares if known > UP_TO_REVENUE else shares[:1])


def _cells(rows: list[TierRow], words: Words, currency: str) -> list[tuple[str, ...]]:
    """Each column of money in one unit; empty where the data tells none."""
    names, customers, shares, revenue, revenue_shares, averages = zip(*rows, strict=True)
    columns = (
        names,
        map(words.number, customers),
        (words.percent(share, 1) for share in shares),
        words.moneys(revenue, currency),
        ("" if share is None else words.percent(share, 1) for share in revenue_shares),
        words.moneys(averages, currency),
    )
    return list(zip(*columns, strict=True))


def pareto_part(handout: Handout) -> Part | None:
    """How few customers make 80 %; nothing without positive revenue."""
    words, curve = handout.words, pareto_curve(handout.tiering.base.revenue)
    if not curve.customers.size:
        return None
    share = words.percent(curve.eighty_share, 1)
    reached = float(curve.revenue[curve.customers.searchsorted(curve.eighty_share).clip(0, curve.revenue.size - 1)])
    return Part(
        words("story.pareto.title", n=curve.eighty_customers, share=share),
        chart=Curve(
            tuple(zip(curve.customers.tolist(), curve.revenue.tolist(), strict=True)),
            (curve.eighty_share, max(reached, 0.8)),
            words("story.pareto.note", n=curve.eighty_customers, share=share),
            (words("story.pareto.customers"), words("story.pareto.revenue")),
        ),
    )
