"""The way of a customer by the stage a file names: demand, contract, delivery, operation, repurchase or churn."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STEPS = ("demand", "contract", "delivery", "operation", "repurchase", "churn")
NO_STEP = -1
_WORDS: dict[str, tuple[str, ...]] = {
    "churn": ("流失", "丢失", "终止", "churn", "lost", "terminated", "inactive"),
    "repurchase": ("复购", "续约", "续费", "增购", "repurchase", "renewal", "renewed", "expansion", "repeat"),
    "operation": (
        "运营",
        "运维",
        "运行",
        "使用",
        "售后",
        "上线",
        "operation",
        "in use",
        "in operation",
        "support",
        "active",
    ),
    "delivery": ("交付", "实施", "安装", "发货", "delivery", "implementation", "installation", "onboarding"),
    "contract": ("合同", "签约", "签单", "成交", "contract", "signed", "won", "closed"),
    "demand": ("需求", "意向", "线索", "商机", "潜在", "接洽", "demand", "lead", "prospect", "opportunity", "inquiry"),
}


def funnel_steps(stages: pd.Series) -> NDArray[np.int8]:
    """Stage words of n customers, in Chinese or English → codes into `STEPS`, −1 for a word of no step."""
    codes, names = pd.factorize(stages)
    steps = [_step(str(name)) for name in names]
    return np.array([*steps, NO_STEP], dtype=np.int8)[codes]


def _step(name: str) -> int:
    folded = name.strip().casefold()
    return next((STEPS.index(step) for step, words in _WORDS.items() if any(w in folded for w in words)), NO_STEP)
