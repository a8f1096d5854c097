"""``tier --scenario``: own indicators and newcomers count in the command line as they do on the page."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import run_command
from tests.scenario_texts import scenario_to_json
from tiering.scenario import Cuts, Scenario
from tiering.scenario.measures import Measures, OwnIndicator

ORDERS = """order_no,customer_no,date,amount,Shop class
1,old,2023-01-05,100.00,plain
2,old,2025-12-31,100.00,plain
3,half,2025-07-01,40.00,plain
5,half,2025-07-01,20.00,plain
6,old,2024-12-31,70.00,plain
4,weeks,2025-12-20,90.00,flagship
"""
SHOPS = OwnIndicator(column="Shop class", scale="ordered", order=("plain", "flagship"))
SCENARIO = Scenario(
    tiers=("A", "B"),
    weights={"annual_revenue": 80, SHOPS.key: 20, "own:Gone": 10},
    cuts=Cuts(lines=(50.0,)),
    measures=Measures(own=(SHOPS, OwnIndicator(column="Gone"))),
)


def test_the_run_names_provisional_tiers_newcomers_and_a_column_that_vanished(tmp_path: Path) -> None:
    orders, scenario, out = (tmp_path / name for name in ("orders.csv", "scenario.json", "tiers.csv"))
    orders.write_text(ORDERS, encoding="utf-8")
    scenario.write_text(scenario_to_json(SCENARIO), encoding="utf-8")
    outcome = run_command("tier", orders, "--scenario", scenario, "--out", out)
    assert outcome.status == 0, outcome.said
    assert "Newcomers: 1 annualised, 1 tiered provisionally." in outcome.said
    assert "Gone" in outcome.said
    head, *lines = (line.split(",") for line in out.read_text(encoding="utf-8").splitlines())
    rows = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    assert {who: row["standing"] for who, row in rows.items()} == {"old": "", "half": "yearly", "weeks": "provisional"}
    assert (rows["weeks"]["score"], rows["weeks"]["tier"]) == ("20.507", "B")  # by the orders so far and its own column
    assert rows["half"]["annual_revenue"] == "60.00"
