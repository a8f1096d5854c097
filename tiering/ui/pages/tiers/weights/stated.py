"""Weights as people state them: indicators ranked, or compared two by two."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import streamlit as st

from tiering.indicators.weights.ahp import ACCEPTED, MOST_COMPARED, Comparison, compared_weights, judgement_matrix
from tiering.indicators.weights.rank_order import rank_order_centroid
from tiering.scenario.measures import Judgement, Stated
from tiering.ui.base import cached, frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.weights.proposal import Proposal, counted_keys
from tiering.ui.pages.tiers.weights.ranking import Entry, RankingPayload, ranking, ranking_event
from tiering.words import Words

SCALE = tuple(range(8, -9, -1))  # 8 stands for 9 : 1, 0 for 1 : 1, −8 for 1 : 9
RANKING, COMPARED = "weights-ranking", "weights-compared"
FIRST_COMPARED = 4
Pair = tuple[str, str]


def by_rank(shown: Shown, words: Words) -> Proposal | None:
    """The indicators in their order of importance, as stated or else as the weights have them now."""
    ranked = ranked_keys(shown)
    shares = dict(zip(ranked, rank_order_centroid(len(ranked)).tolist(), strict=True))
    st.caption(words("weights.rank.how"))
    ranking(_ranking_payload(shown, shares, words), key=RANKING, on_event=_rank)
    return Proposal(shares) if ranked else None


def ranked_keys(shown: Shown) -> list[str]:
    """Indicators of the data in the stated order; where none is stated, those with a weight, biggest first."""
    stated = shown.tiering.scenario.stated.ranking
    known = set(shown.tiering.base.matrix.keys)
    return [key for key in stated if key in known] or counted_keys(shown)


def _ranking_payload(shown: Shown, shares: dict[str, float], words: Words) -> RankingPayload:
    left = [key for key in shown.tiering.base.matrix.keys if key not in shares]
    return {
        "locale": words.locale.tag,
        "dark": frame.is_dark(),
        "ranked": [_entry(key, words.percent(share), words) for key, share in shares.items()],
        "left": [_entry(key, "", words) for key in left],
        "words": {part: words(f"weights.rank.{part}") for part in ("label", "left", "out", "keys")},
    }


def _entry(key: str, note: str, words: Words) -> Entry:
    return {"key": key, "label": words(f"indicator.{key}.label"), "note": note}


def _rank() -> None:
    event = ranking_event(RANKING)
    if event is not None:
        # what this data lacks keeps its place at the end, for the data that has it
        gone = [key for key in _stated().ranking if key not in event["order"] and not _is_offered(key)]
        _state(ranking=(*event["order"], *gone))


def _is_offered(key: str) -> bool:
    return key in cached.shown().tiering.base.matrix.keys


def _stated() -> Stated:
    return state.choices().scenario.stated


def _state(**said: Any) -> None:
    state.change_scenario(stated=_stated().model_copy(update=said))


def by_pairs(shown: Shown, words: Words) -> Proposal | None:
    """Up to seven indicators, each pair compared on a slider, with the consistency of all judgements."""
    offered = shown.tiering.base.matrix.keys
    stated = [key for key in _stated().compared if key in offered]
    state.set_widget(COMPARED, stated or counted_keys(shown)[:FIRST_COMPARED])
    keys = st.multiselect(
        words("weights.pairs.which", n=MOST_COMPARED),
        offered,
        format_func=lambda key: words(f"indicator.{key}.label"),
        max_selections=MOST_COMPARED,
        key=COMPARED,
        on_change=lambda: _state(compared=tuple(state.widget_value(COMPARED))),
    )
    if not keys:
        return None
    st.caption(words("weights.pairs.how"))
    _sliders(list(combinations(keys, 2)), words)
    ratios = {(i, j): ratio_of(_judged().get((keys[i], keys[j]), 0)) for i, j in combinations(range(len(keys)), 2)}
    comparison = compared_weights(judgement_matrix(len(keys), ratios))
    _consistency(comparison, [words(f"indicator.{key}.label") for key in keys], words)
    return Proposal(dict(zip(keys, comparison.weights.tolist(), strict=True)))


def ratio_of(step: int) -> float:
    """Position of a slider → how many times as much the first counts: 2 → 3, 0 → 1, −2 → 1/3."""
    return 1.0 + step if step >= 0 else 1 / (1.0 - step)


def ratio_label(step: int) -> str:
    """``3 : 1``, ``1 : 1``, ``1 : 3``."""
    return f"{1 + max(step, 0)} : {1 + max(-step, 0)}"


def _sliders(pairs: list[Pair], words: Words) -> None:
    columns = st.columns(3, gap="large")
    for number, (first, second) in enumerate(pairs):
        key = f"weights-pair-{first}-{second}"
        state.set_widget(key, _judged().get((first, second), 0))
        columns[number % 3].select_slider(
            words(
                "weights.pairs.pair",
                first=words(f"indicator.{first}.label"),
                second=words(f"indicator.{second}.label"),
            ),
            SCALE,
            format_func=ratio_label,
            key=key,
            on_change=_judge,
            args=(first, second, key),
        )


def _judged() -> dict[Pair, int]:
    """The judgements made so far, whichever way round the pair was shown."""
    made = _stated().judgements
    return {pair: step for one in made for pair, step in (((one.first, one.second), one.step), (_turned(one)))}


def _turned(one: Judgement) -> tuple[Pair, int]:
    return (one.second, one.first), -one.step


def _judge(first: str, second: str, key: str) -> None:
    others = [one for one in _stated().judgements if {one.first, one.second} != {first, second}]
    made = Judgement(first=first, second=second, step=int(state.widget_value(key)))
    _state(judgements=(*others, made))


def _consistency(comparison: Comparison, labels: list[str], words: Words) -> None:
    ratio = words.number(comparison.consistency_ratio, 2)
    st.caption(words("weights.pairs.consistency", ratio=ratio))
    if comparison.consistency_ratio >= ACCEPTED and comparison.triple is not None:
        names = words.listed([labels[row] for row in comparison.triple])
        st.warning(words("weights.pairs.inconsistent", ratio=ratio, names=names))
