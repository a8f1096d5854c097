"""The same figures in every paper, and the same as on the pages: tiers, moves, measures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.report.reading import tables, titles, written
from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.evaluate import evaluate
from tiering.report import Handout
from tiering.report.papers import PAPERS, PaperKind
from tiering.scenario import Cuts, Scenario
from tiering.strategy.tier_advice import advice
from tiering.tiers.totals import movers
from tiering.words import Words
from tiering.words.advice import KPI_TOLD, advice_cards

SAY = Words("en")
TIERS = ("S", "A", "B", "C")
KINDS: tuple[PaperKind, ...] = tuple(PAPERS)


@cache
def handout() -> Handout:
    both = dataset(orders_of(10), customers_of(12))
    now = evaluate(both, Scenario(name="Spring", cuts=Cuts(lines=(80.0, 50.0, 20.0))))
    before = evaluate(both, now.scenario.model_copy(update={"cuts": Cuts(lines=(90.0, 60.0, 30.0))}))
    return Handout(now, both, SAY, before)


@cache
def paper(kind: PaperKind) -> bytes:
    return written(handout(), kind)


def by_tier(kind: PaperKind) -> dict[str, tuple[str, ...]]:
    """Rows of the paper's table of tiers, below the header that names them."""
    found = next(rows for rows in tables(paper(kind), kind) if any("Share of customers" in row for row in rows))
    return {row[0]: row[1:] for row in found if row and row[0] in TIERS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_counts_as_many_customers_in_each_tier_as_the_cards(kind: PaperKind) -> None:
    counts = handout().tiering.totals.customers.tolist()
    assert {name: int(row[0]) for name, row in by_tier(kind).items()} == dict(zip(TIERS, counts, strict=False))


def test_the_workbook_holds_the_revenue_of_each_tier_to_the_cent() -> None:
    revenue = handout().tiering.totals.revenue.tolist()
    assert {name: float(row[2]) for name, row in by_tier("xlsx").items()} == dict(zip(TIERS, revenue, strict=False))


@pytest.mark.parametrize("kind", ["pptx", "html"])
def test_slides_and_page_say_the_revenue_of_the_cards_in_one_unit(kind: PaperKind) -> None:
    revenue = handout().tiering.totals.revenue.tolist()
    said = SAY.moneys([*revenue, sum(revenue)], handout().dataset.currency)
    assert {name: row[2] for name, row in by_tier(kind).items()} == dict(zip(TIERS, said, strict=False))


def test_every_paper_with_moves_tells_as_many_as_the_page() -> None:
    given = handout()
    assert given.baseline is not None
    moved = movers(given.baseline.tiers, given.tiering.tiers, given.tiering.base.revenue)
    assert moved.up + moved.down == len(moved.rows) > 0
    told = next(title for title in titles(paper("pptx")) if title.startswith("Against the baseline"))
    assert told.startswith(f"Against the baseline: {moved.up} up, {moved.down} down")
    assert told in paper("html").decode()
    listed = next(rows for rows in tables(paper("xlsx"), "xlsx") if "Baseline tier" in rows[0])
    assert len(listed) - 1 == len(moved.rows)


@pytest.mark.parametrize("kind", ["pptx", "html", "docx"])
def test_measures_have_the_baseline_and_target_of_the_page(kind: PaperKind) -> None:
    given = handout()
    cards = advice_cards(advice(given.tiering), SAY, given.dataset.currency)
    on_page = [tuple(kpi[name] for name in KPI_TOLD) for card in cards for kpi in card["kpi"]]
    in_paper = [row[-len(KPI_TOLD) :] for rows in tables(paper(kind), kind) for row in rows[1:] if "Target" in rows[0]]
    assert on_page == in_paper


def test_all_papers_of_one_handout_recommend_the_same_moves() -> None:
    overview = next(rows for rows in tables(paper("xlsx"), "xlsx") if rows[0][:2] == ("Tier", "Action"))
    told = next(rows for rows in tables(paper("pptx"), "pptx") if rows[0][:2] == ("Tier", "Move"))
    assert [row[1] for row in told[1:]] == [row[1] for row in overview[1 : len(told)]]


def test_a_handout_without_a_baseline_tells_no_moves() -> None:
    alone = replace(handout(), baseline=None)
    assert "Against the baseline" not in written(alone, "html").decode()
