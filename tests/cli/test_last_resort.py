"""A fault nobody foresaw ends a command in a sentence and status 1, never in a stack of the program."""

from __future__ import annotations

import pytest

from tiering.cli.commands import status_or_sentence
from tiering.words import Language, Words


def failing() -> int:
    return int("customer K-7")


@pytest.mark.parametrize(("language", "begins"), [("en", "This step did not finish"), ("zh", "这一步没有完成")])
def test_a_fault_is_one_sentence_with_its_place_and_no_value(
    capsys: pytest.CaptureFixture[str], language: Language, begins: str
) -> None:
    assert status_or_sentence(failing, Words(language)) == 1
    said = capsys.readouterr().err
    assert said.startswith(begins)
    assert len(said.splitlines()) == 1
    assert "ValueError, test_last_resort.py:" in said
    assert "K-7" not in said


def test_what_goes_well_keeps_its_status() -> None:
    assert status_or_sentence(lambda: 3, Words("en")) == 3
