"""Stage words of a file and the steps they stand for."""

from __future__ import annotations

import pandas as pd
import pytest

from tiering.views.lifecycle import STEPS, funnel_steps


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (["需求", "意向客户", "Lead", "prospect"], "demand"),
        (["签约", "合同阶段", "Contract signed"], "contract"),
        (["交付中", "Delivery", "Implementation"], "delivery"),
        (["运营", "运行", "售后", "In use"], "operation"),
        (["复购", "续费客户", "Renewal"], "repurchase"),
        (["流失", "已流失", "Churned", "Lost", "inactive"], "churn"),
    ],
)
def test_words_of_both_languages_name_the_same_step(words: list[str], step: str) -> None:
    assert [STEPS[code] for code in funnel_steps(pd.Series(words))] == [step] * len(words)


def test_a_missing_or_unknown_stage_is_no_step() -> None:
    assert funnel_steps(pd.Series(["重点", None, "42", "签约"], dtype=object)).tolist() == [-1, -1, -1, 1]


def test_a_file_without_any_stage_has_no_steps() -> None:
    assert funnel_steps(pd.Series([None, None], dtype=object)).tolist() == [-1, -1]
