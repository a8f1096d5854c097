"""``compare``: two scenario files over one file of orders, one row per customer out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tiering.decision.saved import Saved, saved_to_json
from tiering.scenario import Cuts, Scenario

# silent for 0, 30, 60 and 90 days: about 100, 66, 33 and 0 points
LINES = """order_no,customer_no,date,amount
1,east,2025-12-31,4000.00
2,north,2025-12-01,3000.00
3,south,2025-11-01,2000.00
4,west,2025-10-02,1000.00
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.csv").write_text(LINES, encoding="utf-8")
    for name, lines in {"a": (80.0, 20.0), "b": (50.0, 40.0)}.items():
        write(tmp_path / f"{name}.json", lines)
    return tmp_path


def write(path: Path, lines: tuple[float, ...], tiers: tuple[str, ...] = ("A", "B", "C")) -> None:
    scenario = Scenario(tiers=tiers, weights={"recency_days": 1}, cuts=Cuts(lines=lines))
    path.write_text(saved_to_json(Saved(scenario)), encoding="utf-8")


def rows(folder: Path) -> list[list[str]]:
    return [line.split(",") for line in (folder / "out.csv").read_text(encoding="utf-8").splitlines()]


def compared(run: Run, folder: Path, *more: object):
    return run(
        "compare", folder / "a.json", folder / "b.json", folder / "orders.csv", "--out", folder / "out.csv", *more
    )


def test_every_customer_has_one_row_with_both_tiers(run: Run, folder: Path) -> None:
    assert compared(run, folder).status == 0
    header, *listed = rows(folder)
    assert header[:5] == ["customer_id", "tier_before", "tier_after", "change", "score_before"]
    assert [row[:4] for row in listed] == [
        ["east", "A", "A", "same"],
        ["north", "B", "A", "up"],
        ["south", "B", "C", "down"],
        ["west", "C", "C", "same"],
    ]


def test_the_summary_names_the_paths_with_their_money(run: Run, folder: Path) -> None:
    said = compared(run, folder).said
    assert "2 customers would change tier" in said
    assert "B → A" in said
    assert "3,000.00" in said
    assert str(folder / "out.csv") in said


def test_the_same_scheme_twice_moves_nobody(run: Run, folder: Path) -> None:
    write(folder / "b.json", (80.0, 20.0))
    assert "No customer would change tier." in compared(run, folder).said
    assert {row[3] for row in rows(folder)[1:]} == {"same"}


def test_schemes_with_other_tiers_have_no_up_and_down(run: Run, folder: Path) -> None:
    write(folder / "b.json", (50.0,), ("重点", "C"))
    assert "up and down cannot be told" in compared(run, folder).said
    assert [row[3] for row in rows(folder)[1:]] == ["other", "other", "other", "same"]


def test_both_are_looked_at_on_the_same_day(run: Run, folder: Path) -> None:
    assert compared(run, folder, "--as-of", "2025-12-15").status == 0
    assert [row[0] for row in rows(folder)[1:]] == ["north", "south", "west"]


def test_the_other_way_round_everything_is_turned_round(run: Run, folder: Path) -> None:
    run("compare", folder / "b.json", folder / "a.json", folder / "orders.csv", "--out", folder / "out.csv")
    assert [row[3] for row in rows(folder)[1:]] == ["same", "down", "up", "same"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("no JSON", "b.json: This is not a scenario file."),
        ('{"version": 9}', "b.json: This scenario was saved by a newer version (9)."),
        ('{"window_months": 0}', "b.json: “window_months” in the scenario cannot be used."),
        ('{"weights": {"charm": 3}}', "“charm”"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_named_with_the_reason(
    run: Run, folder: Path, text: str, sentence: str
) -> None:
    (folder / "b.json").write_text(text, encoding="utf-8")
    outcome = compared(run, folder)
    assert outcome.status == 4
    assert sentence in outcome.said
    assert not (folder / "out.csv").exists()


def test_a_missing_file_is_named(run: Run, folder: Path) -> None:
    (folder / "a.json").unlink()
    outcome = compared(run, folder)
    assert outcome.status == 2
    assert "a.json" in outcome.said


def test_the_result_never_replaces_what_it_is_made_from(run: Run, folder: Path) -> None:
    outcome = run("compare", folder / "a.json", folder / "b.json", folder / "orders.csv", "--out", folder / "a.json")
    assert outcome.status == 2
