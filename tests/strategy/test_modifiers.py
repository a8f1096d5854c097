"""Modifiers: which adjustment of a playbook fits whom, in the words of either language."""

import pandas as pd
import pytest

from sample_data import SETS, load_canonical
from tiering.strategy.segment_playbooks import MODIFIERS, modifiers


def kinds(side: str, values: list[object], column: str, **more: int) -> list[str]:
    return modifiers(pd.DataFrame({column: values}), **more)[side].tolist()


def test_sizes_are_known_in_both_languages_and_micro_counts_as_small():
    words = ["Small", "中型企业", "LARGE", "微型", "huge", None]
    assert kinds("size", words, "size") == ["small", "medium", "large", "small", "", ""]


def test_industries_are_known_by_a_part_of_their_word():
    words = ["汽车制造", "Private Banking", "三甲医院", "Retail chain", "教育", None]
    assert kinds("industry", words, "industry") == ["manufacturing", "finance", "medical", "retail", "", ""]


def test_a_chain_is_short_or_long_by_its_word_and_numbers_tell_nothing():
    assert kinds("chain", ["Short", "长", "中", None], "decision_chain") == ["short", "long", "", ""]
    assert kinds("chain", [2.0, 9.0], "decision_chain") == ["", ""]


@pytest.mark.parametrize(("orders", "kind"), [(12, "high"), (11, ""), (4, ""), (3, "low"), (1, "low"), (0, "")])
def test_monthly_is_often_and_up_to_three_orders_a_year_seldom(orders, kind):
    assert kinds("frequency", [orders], "annual_orders") == [kind]


def test_a_shorter_window_is_put_on_a_year():
    assert kinds("frequency", [6, 1], "annual_orders", window_months=6) == ["high", "low"]


def test_a_file_without_these_columns_fits_no_adjustment():
    assert all(set(kinds) == {""} for kinds in modifiers(pd.DataFrame({"customer_id": ["a", "b"]})).values())


@pytest.mark.parametrize("key", SETS)
def test_the_samples_are_read_alike_in_both_languages(key):
    told = [modifiers(load_canonical(key, language)[1].to_pandas()) for language in ("zh", "en")]
    assert set(told[0]) == set(MODIFIERS)
    for side in ("size", "industry", "chain"):
        assert told[0][side].tolist() == told[1][side].tolist()
        assert set(told[0][side]) - {""} <= set(MODIFIERS[side])
        assert (told[0][side] != "").any()
