"""The tiers of the file as the first baseline: cards and moves of the studio compare with them."""

from __future__ import annotations

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import customers_of, dataset
from tiering.evaluate import Tiering, completed, customer_base, tier_customers
from tiering.scenario import Cuts, Scenario
from tiering.scenario.population import Existing
from tiering.ui.studio.payload import StudioPayload
from tiering.ui.studio.shown import studio_payload
from tiering.views.concentration import pareto_curve
from tiering.views.existing_tier import are_tiers_of
from tiering.words import Words

# K5 is the biggest of five; by revenue shares K5 is A, K4 and K3 are B, K2 and K1 are C
IN_FILE = ["C", "B", "B", "A", None]


def tiering(baseline: bool) -> Tiering:
    customers = customers_of(5).append_column("current_tier", pa.array(IN_FILE, pa.string()))
    data = dataset(None, customers)
    scenario = Scenario(
        tiers=("A", "B", "C"),
        weights={"annual_revenue": 1},
        cuts=Cuts(kind="share", lines=(0.2, 0.6)),
        existing=Existing(baseline=baseline),
    )
    base = customer_base(data, scenario, None)
    return tier_customers(base, completed(scenario, base))


def payload(now: Tiering) -> StudioPayload:
    return studio_payload(now, now, pareto_curve(now.base.revenue), Words("en"), "")


def test_the_cards_compare_with_what_the_file_held() -> None:
    baseline = payload(tiering(True))["baseline"]
    assert baseline is not None
    assert baseline["lines"] == []
    # K4 and, without a tier in the file, K5 where the scheme has it
    assert [(one["name"], one["customers"]) for one in baseline["tiers"]] == [("A", 2), ("B", 2), ("C", 1)]
    assert [one["revenue"] for one in baseline["tiers"]] == [9000.0, 5000.0, 1000.0]


def test_the_moves_are_those_from_the_file() -> None:
    movers = payload(tiering(True))["movers"]
    assert movers is not None
    assert (movers["up"], movers["down"], movers["revenue"]) == (0, 2, 6000.0)
    assert [(one["id"], one["from"], one["to"]) for one in movers["top"]] == [("K4", "A", "B"), ("K2", "B", "C")]


def test_the_studio_says_what_it_compares_with() -> None:
    told, untold = (payload(tiering(chosen)) for chosen in (True, False))
    assert told["words"]["movers.title"] == "Against the tiers of your file"
    assert untold["words"]["movers.title"] == "Against the baseline"
    weights = [one["baseline_weight"] for group in told["groups"] for one in group["indicators"]]
    assert set(weights) == {None}
    assert untold["movers"] == {"up": 0, "down": 0, "revenue": 0.0, "top": []}


def test_only_names_of_the_scheme_are_its_tiers() -> None:
    def brings(names: list[str | None]) -> bool:
        return are_tiers_of(pa.table({"current_tier": pa.array(names, pa.string())}), ("S", "A", "B"))

    assert brings(["A级", "ｓ", None])
    assert not brings(["A", "Gold"])
    assert not brings([None])
    assert not are_tiers_of(None, ("A",))


def _opened(pinned: bool) -> None:
    import hashlib

    from tiering.ingest import read_bytes, suggest_mapping
    from tiering.ui.base import state
    from tiering.ui.base.source import Source
    from tiering.ui.pages.data import upload

    lines = ["客户编号,客户名称,年销售额,现有等级", *(f"K{n},公司{n},{n}000,{'SABC'[n % 4]}" for n in range(1, 9))]
    content = "\n".join(lines).encode()
    reading = read_bytes(content, "客户.csv")
    source = Source("客户.csv", hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading))
    upload.open_sources([source])
    if pinned:
        state.pin_baseline()


@pytest.mark.parametrize("pinned", [False, True])
def test_the_tiers_of_a_file_are_the_first_baseline_until_a_scheme_is_pinned(pinned: bool) -> None:
    shown = AppTest.from_function(_opened, kwargs={"pinned": pinned}, default_timeout=90).run()
    assert not shown.exception
    assert shown.session_state["choices"].scenario.existing.baseline is not pinned
