"""Grades and sizes given in words, as numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from tiering.indicators.levels import CREDIT_GRADES, ordered_level
from tiering.ingest.meaning.word_lists import class_words


def test_credit_grades_rise_from_d_to_aaa() -> None:
    levels = ordered_level(pd.Series(CREDIT_GRADES), "credit").tolist()
    assert levels == [float(level) for level in range(10)]
    assert CREDIT_GRADES[0] == "D"
    assert CREDIT_GRADES[-1] == "AAA"


@pytest.mark.parametrize(("level", "words"), list(enumerate(class_words("size").values())))
def test_sizes_read_the_same_in_both_languages(level: int, words: tuple[str, ...]) -> None:
    assert ordered_level(pd.Series(words), "size").tolist() == [float(level)] * len(words)


def test_case_and_blanks_around_a_word_do_not_matter() -> None:
    assert ordered_level(pd.Series([" aaa ", "Bb"]), "credit").tolist() == [9.0, 5.0]


def test_unknown_words_and_gaps_are_missing_never_the_worst() -> None:
    assert ordered_level(pd.Series(["excellent", None, "", "A"]), "credit").isna().tolist() == [True, True, True, False]


def test_a_column_of_numbers_stays_as_it_is() -> None:
    assert ordered_level(pd.Series([250, 12, None]), "size").tolist()[:2] == [250.0, 12.0]


def test_rows_keep_their_labels() -> None:
    assert ordered_level(pd.Series(["A"], index=[17]), "credit").index.tolist() == [17]
