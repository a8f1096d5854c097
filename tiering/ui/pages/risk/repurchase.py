"""Repurchase: who will order again within a horizon, how far that can be trusted, and what demand it makes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.movement.repurchase import Repurchase, TooLittle
from tiering.ui.base import drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.risk import calibration_chart
from tiering.ui.pages.money import expected_orders
from tiering.words import Words

SEASON = 0.05  # told and came further apart than this lie at different levels
HORIZONS = {"one": 1, "three": 3, "six": 6, "year": 12}


def section(shown: Shown, words: Words) -> None:
    """Draw the probabilities, or why there are none and what plain rules say."""
    if shown.dataset.orders is None:
        st.info(words("movement.repurchase.needs_orders"))
        return
    months = HORIZONS[choices.picked("horizon", list(HORIZONS), words, default="three")]
    found = expected_orders.learnt(shown, months, words)
    if isinstance(found.model, TooLittle) or found.forecast is None:
        _refused(shown, found, months, words)
    else:
        _told(shown, found.model, words)
        expected_orders.by_tier(shown, found.model, found.forecast, words)
        expected_orders.top_list(shown, found.model, found.forecast, words)


def _told(shown: Shown, model: Repurchase, words: Words) -> None:
    """The sum of the probabilities, and their quality on months not learnt from."""
    st.markdown(
        words(
            "movement.repurchase.sentence",
            months=model.months,
            n=round(float(model.chance.sum())),
            all=model.chance.size,
        )
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(words("movement.repurchase.tested"))
        st.markdown(_verdict(model, words))
        _qualities(model, words)
    with right:
        st.markdown(words("movement.repurchase.calibrated"))
        draw(calibration_chart(model.tested.calibration, words, frame.is_dark()), words)


def _verdict(model: Repurchase, words: Words) -> str:
    """Better than recency alone or not, and how far said and came lie apart."""
    tested = model.tested
    way = "average" if tested.best == "base" else "better" if tested.over_recency.low > 0 else "alike"
    error = words.number(tested.used.calibration_error * 100, 1)
    came, told = float(tested.happened.mean()), float(tested.told.mean())
    facts = {"day": tested.day, "n": tested.happened.size, "share": words.percent(came)}
    said = [words(f"movement.repurchase.{way}", error=error, **facts)]
    said += [words("movement.repurchase.season", told=words.percent(told))] * (abs(told - came) > SEASON)
    return words.sentences(said)


def _qualities(model: Repurchase, words: Words) -> None:
    tested = model.tested
    rows = [
        {
            "method": words(f"movement.repurchase.method_{method}")
            + (words("movement.repurchase.in_use") if method == tested.best else ""),
            "brier": round(quality.brier, 4),
            "auc": f"{quality.auc.value:.3f} ({quality.auc.low:.3f} – {quality.auc.high:.3f})",
            "off": round(quality.calibration_error * 100, 1),
        }
        for method, quality in tested.quality.items()
    ]
    labels = {key: words(f"movement.repurchase.quality_{key}") for key in ("method", "brier", "auc", "off")}
    drill_down.table("repurchase-quality", pd.DataFrame(rows), labels, None)
    notes = [words("movement.repurchase.quality_hint")]
    notes += [words("movement.repurchase.no_boosting")] * ("boosting" not in tested.quality)
    notes += [words("movement.repurchase.put_right")] * tested.is_put_right
    st.caption(words.sentences(notes))


def _refused(shown: Shown, found: expected_orders.Learnt, months: int, words: Words) -> None:
    """Why no probability is given, and what the last window says in plain counts."""
    refusal = found.model
    assert isinstance(refusal, TooLittle), "asked only where no model was trained"
    st.info(words(f"movement.repurchase.too_little_{refusal.reason}", needed=refusal.needed, n=refusal.found))
    if not found.rules:
        st.caption(words("movement.repurchase.no_rule", months=months))
        return
    st.markdown(words("movement.repurchase.plain", months=months))
    rows = pd.DataFrame(
        {
            "band": [words(f"movement.repurchase.band_{rule.band}", months=months) for rule in found.rules],
            "then": [rule.again.whole for rule in found.rules],
            "again": [rule.again.part for rule in found.rules],
            "again_share": [rule.again.value for rule in found.rules],
            "interval": [" – ".join(words.percent(end) for end in rule.again.interval) for rule in found.rules],
            "now": [rule.now for rule in found.rules],
        }
    )
    labels = {name: words(f"movement.repurchase.rule_{name}", months=months) for name in rows.columns}
    drill_down.table("plain-rules", rows, labels, None)
