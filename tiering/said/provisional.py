"""How provisional a tier is, in words: behind the tier's name, and as a column of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering, buyers, tier_names
from tiering.tiers.overrides import BY_RULE
from tiering.tiers.provisional import LAPSED, is_small, provisional_counts, provisional_names, small_cuts
from tiering.views.similar_tiers import similar_tiers
from tiering.words import Words

Rows = NDArray[np.intp]


def tier_texts(tiering: Tiering, words: Words, rows: Rows | None = None) -> NDArray[np.object_]:
    """Tier of each customer (n,) or of ``rows`` as people read it: "A", "A (provisional)", "too new to tier"."""
    names, kinds = tier_names(tiering), _kinds(tiering)
    if rows is not None:
        names, kinds = names[rows], kinds[rows]
    texts = np.where(names == "", words("tier.unscored"), names).astype(object)
    texts[(kinds == "too_new") & (names == "")] = words("standing.too_new")
    marked = (kinds == "provisional") & (names != "")
    texts[marked] = [words("standing.marked", tier=name) for name in names[marked]]
    return texts


def marked_labels(labels: list[str], tiering: Tiering, words: Words, rows: Rows) -> list[str]:
    """Names of the customers in ``rows``; behind the name of one whose tier is provisional that it is."""
    kinds = _kinds(tiering)[rows]
    return [
        words("standing.marked", tier=label) if kind == "provisional" else label
        for label, kind in zip(labels, kinds, strict=True)
    ]


def provisional_labels(listed: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Tiered customers with the machine names of ``standing`` in words; a history read as it is stays empty."""
    said = {kind: words(f"standing.{kind}") for kind in ("yearly", "provisional", "too_new")}
    return listed.assign(standing=listed["standing"].map(said).fillna("").astype(object))


def provisional_notes(tiering: Tiering, words: Words) -> list[str]:
    """How many are newcomers and how they are read, and own indicators this data has nothing of."""
    counts = provisional_counts(tiering.base.matrix, tiering.drawn)
    told = {"yearly": counts.yearly, "provisional": counts.provisional, "too_new": counts.too_new}
    said = [words(f"standing.count_{kind}", n=count) for kind, count in told.items() if count]
    notes = [words("standing.newcomers", counts=words.listed(said))] if said else []
    lapsed = lapsed_rows(tiering).size
    notes += [words("standing.lapsed", n=lapsed)] if lapsed else []
    notes += [*_few_notes(tiering, words), *_alike_notes(tiering, words)]
    keys = tiering.base.matrix.keys
    lost = [own.column for own in tiering.scenario.measures.own if own.key not in keys]
    return [*notes, *(words("standing.lost", column=column) for column in lost)]


def _few_notes(tiering: Tiering, words: Words) -> list[str]:
    """That the lines are those of a small base, where they are."""
    scenario, base, number = tiering.scenario, tiering.base, buyers(tiering.base)
    if not is_small(number) or scenario.way is not None:
        return []
    if scenario.cuts != small_cuts(tiering.scores.milli, len(scenario.tiers), base.revenue):
        return []
    return [words("standing.few", n=number, tiers=len(scenario.tiers))]


def _alike_notes(tiering: Tiering, words: Words) -> list[str]:
    """Which neighbouring tiers hardly differ in what their customers bring."""
    names = tiering.scenario.tiers
    return [
        words("standing.alike", tiers=words.listed([names[tier] for tier in run]), share=words.percent(apart))
        for run, apart in similar_tiers(tiering)
    ]


def lapsed_rows(tiering: Tiering) -> Rows:
    """Rows of the customers who stand in the lowest tier because they brought no revenue in the period."""
    settled = tiering.adjustments
    if settled is None:
        return np.zeros(0, dtype=np.intp)
    caps = zip(settled.points.rules.caps, settled.points.cap_answers, strict=True)
    held = [answer.holds for rule, answer in caps if rule.ready == LAPSED]
    return np.flatnonzero(np.any(held, axis=0) & tiering.drawn) if held else np.zeros(0, dtype=np.intp)


def _kinds(tiering: Tiering) -> NDArray[np.object_]:
    """How each customer (n,) stands; a tier that somebody answers for by name is not provisional."""
    kinds = provisional_names(tiering.base.matrix, tiering.drawn)
    if tiering.adjustments is not None:
        kinds[tiering.adjustments.hand.tiers != BY_RULE] = ""
    return kinds
