"""The groups that have a playbook, who is in them, its texts and its targets, as written or as edited."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from tiering.scenario.touches import MONEY
from tiering.strategy.kpis import Kpi
from tiering.strategy.segment_playbooks import (
    RISKS,
    SegmentPlaybook,
    risk_playbook,
    risks,
    segment_playbook,
    tier_playbook,
)
from tiering.ui.base import cached, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.customers.lifecycle import stages_of
from tiering.ui.pages.customers.rfm import figures_of
from tiering.views.lifecycle import STAGES
from tiering.views.rfm import FOUR, four_groups, quantile_limits
from tiering.words import Words

FAMILIES = ("tier", "rfm", "lifecycle", "risk")
WINDOW = ("recency_days", "annual_orders", "annual_revenue")


@dataclass(frozen=True)
class Group:
    """One group with its name, its customers (n,) and its playbook."""

    key: str
    name: str
    members: np.ndarray
    book: SegmentPlaybook


def segments_of_family(shown: Shown, family: str, words: Words) -> list[Group]:
    """Groups of a family; none where the data cannot tell them."""
    return {"tier": _tiers, "rfm": _rfm, "lifecycle": _lifecycle, "risk": _risks}[family](shown, words)


def _tiers(shown: Shown, words: Words) -> list[Group]:
    scenario, tiers = shown.tiering.scenario, shown.tiering.tiers
    return [
        Group(name, name, tiers == place, tier_playbook(scenario, place)) for place, name in enumerate(scenario.tiers)
    ]


def _rfm(shown: Shown, words: Words) -> list[Group]:
    customers = shown.tiering.base.customers
    if not set(WINDOW) <= set(customers):
        return []
    figures = figures_of(customers, "window")
    if not figures.known().any():
        return []
    codes = four_groups(figures, quantile_limits(figures, 2), cached.evidence(shown).column("tail"))
    return [
        Group(
            name,
            words(f"segments.rfm.group.{name}"),
            codes == place,
            segment_playbook(shown.tiering.scenario, "rfm", name),
        )
        for place, name in enumerate(FOUR)
    ]


def _lifecycle(shown: Shown, words: Words) -> list[Group]:
    if "first_order" not in shown.tiering.base.customers or shown.tiering.base.as_of is None:
        return []
    codes, scenario = stages_of(shown), shown.tiering.scenario
    return [
        Group(
            name,
            words(f"segments.lifecycle.stage.{name}"),
            codes == place,
            segment_playbook(scenario, "lifecycle", name),
        )
        for place, name in enumerate(STAGES)
    ]


def _risks(shown: Shown, words: Words) -> list[Group]:
    codes, scenario = risks(cached.evidence(shown)), shown.tiering.scenario
    if (codes < 0).all():
        return []
    return [
        Group(
            f"{tier_name} {risk}",
            f"{tier_name} · {words(f'playbook.risk.{risk}')}",
            (shown.tiering.tiers == tier) & (codes == place),
            risk_playbook(scenario, tier, risk),
        )
        for tier, tier_name in enumerate(scenario.tiers)
        for place, risk in enumerate(RISKS)
    ]


def text_of(key: str, words: Words) -> str:
    """The edited text where there is one, else the original."""
    return edited(words).get(key) or words(key)


def edited(words: Words) -> dict[str, str]:
    """Edited texts of the language shown, by key."""
    return dict(state.choices().scenario.playbooks.texts.get(words.language, {}))


def editor(key: str, label: str, words: Words) -> None:
    """A field to edit one text; emptied, it returns to the original."""
    widget = f"playbook-text-{words.language}-{key}"
    state.set_widget(widget, text_of(key, words))
    st.text_area(
        label, key=widget, on_change=lambda: _keep(key, str(state.widget_value(widget) or ""), words), max_chars=2000
    )


def reset(keys: tuple[str, ...], words: Words) -> None:
    """Forget the edits of ``keys`` in the language shown."""
    _set({key: text for key, text in edited(words).items() if key not in keys}, words)


def rows_of(texts: dict[str, str], words: Words) -> list[tuple[str, str]]:
    """(label, text) per field, safe in Markdown; an edited one is marked."""
    own = edited(words)
    mark = f" {words('playbook.edited')}"
    return [
        (words(f"playbook.field.{name}") + (mark if key in own else ""), plain(text_of(key, words)))
        for name, key in texts.items()
    ]


def _keep(key: str, text: str, words: Words) -> None:
    kept = {name: old for name, old in edited(words).items() if name != key}
    if text.strip() and text.strip() != words(key):
        kept[key] = text.strip()
    _set(kept, words)


def _set(texts: dict[str, str], words: Words) -> None:
    now = state.choices().scenario.playbooks
    others = {language: own for language, own in now.texts.items() if language != words.language}
    state.change_scenario(
        playbooks=now.model_copy(update={"texts": others | ({words.language: texts} if texts else {})})
    )


def section(tier: str, found: tuple[Kpi, ...], words: Words) -> None:
    """Draw a field for each measure that has a baseline; an emptied one returns to what is customary."""
    known = [kpi for kpi in found if kpi.target is not None]
    if not known:
        return
    with st.popover(words("playbook.targets.title")):
        st.caption(words("playbook.targets.hint"))
        for kpi in known:
            _field(tier, kpi, words)


def _field(tier: str, kpi: Kpi, words: Words) -> None:
    assert kpi.target is not None
    key, unit = f"playbook-target-{tier}-{kpi.key}", 100 if kpi.unit == "share" else 1
    state.set_widget(key, round(kpi.target * unit, 2))
    label = words(f"strategy.kpi.{kpi.key}.label")
    st.number_input(
        words("playbook.targets.percent", label=label) if kpi.unit == "share" else label,
        value=None,
        min_value=0.0,
        max_value=100.0 if kpi.unit == "share" else MONEY,
        key=key,
        on_change=lambda: _keep_target(tier, kpi.key, state.widget_value(key), unit),
    )


def _keep_target(tier: str, kpi: str, value: float | None, unit: int) -> None:
    books = state.choices().scenario.playbooks
    own = {name: target for name, target in books.targets.get(tier, {}).items() if name != kpi}
    if value is not None:
        own[kpi] = float(value) / unit
    others = {name: targets for name, targets in books.targets.items() if name != tier}
    state.change_scenario(
        playbooks=books.model_copy(update={"targets": others | ({tier: own} if own else {})}),
    )
