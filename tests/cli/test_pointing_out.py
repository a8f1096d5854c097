"""Columns are pointed out with ``--answers``: the message offers it in the form in which it is then accepted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run

UNKNOWN = "Ord,Buyer,When,Worth thing\nO1,Acme,2025-01-01,12\nO2,Beta,2025-02-01,13\nO3,Beta,2025-03-01,14\n"
NOBODY = "Ord,Whom,When,Amount\nO1,Acme,2025-01-01,12\nO2,Beta,2025-02-01,13\nO3,Beta,2025-03-01,14\n"
TWICE = "Customer,Amount,Order date,Amount\nAcme,100,2025-01-01,5\nBeta,200,2025-02-01,6\n"


def written(folder: Path, content: str) -> Path:
    path = folder / "orders.csv"
    path.write_text(content, encoding="utf-8")
    return path


def revenue(out: Path) -> dict[str, float]:
    with out.open(encoding="utf-8-sig", newline="") as file:
        return {row["customer_id"]: float(row["revenue"]) for row in csv.DictReader(file)}


def offered(said: str) -> str:
    """The first answer that a message offers, as JSON."""
    return said.split("--answers '")[1].split("'", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("language", "header", "page"), [("en", "HEADER", "What the columns"), ("zh", "列名", "列对应")]
)
def test_a_missing_column_is_asked_for_as_it_can_be_answered(
    run: Run, tmp_path: Path, language: str, header: str, page: str
) -> None:
    orders, out = written(tmp_path, NOBODY), tmp_path / "t.csv"
    asked = run("tier", orders, "--out", out, "--lang", language)
    assert asked.status == 4
    assert f"""--answers '{{"columns": {{"customer_id": "{header}"}}}}'""" in asked.said
    assert page not in asked.said
    assert run("tier", orders, "--out", out, "--answers", offered(asked.said).replace(header, "Whom")).status == 0
    assert revenue(out) == {"Acme": 12.0, "Beta": 27.0}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_column_that_may_be_the_amount_is_offered_by_its_header(run: Run, tmp_path: Path, language: str) -> None:
    orders, out = written(tmp_path, UNKNOWN), tmp_path / "t.csv"
    asked = run("tier", orders, "--out", out, "--lang", language)
    assert asked.status == 3
    assert not out.exists()
    assert offered(asked.said) == '{"amount": "Worth thing"}'
    assert run("tier", orders, "--out", out, "--answers", offered(asked.said)).status == 0
    assert revenue(out) == {"Acme": 12.0, "Beta": 27.0}


def test_the_column_chosen_of_two_is_the_one_that_counts(run: Run, tmp_path: Path) -> None:
    orders, out = written(tmp_path, TWICE), tmp_path / "t.csv"
    for header, expected in (("Amount", 100.0), ("Amount_2", 5.0)):
        assert run("tier", orders, "--out", out, "--answers", f'{{"columns": {{"amount": "{header}"}}}}').status == 0
        assert revenue(out)["Acme"] == expected


@pytest.mark.parametrize("answer", ['{"columns": {"amount": "Price"}}', '{"columns": {"worth": "Worth thing"}}'])
def test_a_column_that_no_file_has_is_said_and_nothing_is_written(run: Run, tmp_path: Path, answer: str) -> None:
    out = tmp_path / "t.csv"
    refused = run("tier", written(tmp_path, UNKNOWN), "--out", out, "--answers", answer)
    assert refused.status == 2
    assert "No file has the column" in refused.said
    assert not out.exists()
