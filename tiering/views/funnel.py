"""The way of a customer by the stage a file names: demand, contract, delivery, operation, repurchase or churn."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.ingest.meaning.class_words import class_words

STEPS = ("demand", "contract", "delivery", "operation", "repurchase", "churn")
NO_STEP = -1


def funnel_steps(stages: pd.Series) -> NDArray[np.int8]:
    """Stage words of n customers, in Chinese or English → codes into `STEPS`, −1 for a word of no step."""
    codes, names = pd.factorize(stages)
    steps = [_step(str(name)) for name in names]
    return np.array([*steps, NO_STEP], dtype=np.int8)[codes]


def _step(name: str) -> int:
    folded = name.strip().casefold()
    return next(
        (STEPS.index(step) for step, words in class_words("stage").items() if any(w in folded for w in words)), NO_STEP
    )
