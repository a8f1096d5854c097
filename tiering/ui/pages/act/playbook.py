"""Playbooks: what to do for each kind of customer and key account, with its measures; the texts can be edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st

from tiering.metrics.windows import history_months
from tiering.said.tables import knows_revenue
from tiering.strategy.kpis import steering_kpis
from tiering.strategy.segment_playbooks import INDUSTRIES, INDUSTRY_FIELDS, MODIFIERS, measures, modifiers
from tiering.strategy.service_levels import service_levels, tier_playbooks
from tiering.ui.base import cached, cached_views, drill_down, frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.act import playbook_groups
from tiering.ui.pages.act.playbook_groups import FAMILIES, Group, editor, reset, rows_of, segments_of_family, text_of
from tiering.ui.pages.money.products import kept_rule
from tiering.views.products import product_roles
from tiering.views.rfm import EIGHT, TEN
from tiering.words import Words
from tiering.words.advice import kpi_row, service_line

NEEDS = {"rfm": "needs_rfm", "lifecycle": "needs_lifecycle", "risk": "needs_rhythm"}
TEAM = ("sales", "operations", "product", "analyst")


def section(shown: Shown, words: Words) -> None:
    """Draw the playbook of the group that was picked."""
    family = choices.picked("playbook_of", [*FAMILIES, "key"], words)
    if family == "key":
        key_account_section(words)
        return
    found = segments_of_family(shown, family, words)
    if not found:
        st.info(words(f"playbook.{NEEDS[family]}"))
        return
    with st.container(horizontal=True, gap="medium"):
        industry = _industry(shown, words)
        name = _picked(found, words)
    _group(shown, next(group for group in found if group.key == name), (family, industry), words)


def _industry(shown: Shown, words: Words) -> str:
    now = shown.tiering.scenario.playbooks.industry
    key = "strategy-industry"
    state.set_widget(key, now)

    def change() -> None:
        books = state.choices().scenario.playbooks
        state.change_scenario(playbooks=books.model_copy(update={"industry": state.widget_value(key)}))

    st.selectbox(
        words("plan.industry.label"),
        INDUSTRIES,
        format_func=lambda name: words(f"playbook.industry.{name}.label"),
        key=key,
        on_change=change,
        filter_mode=None,
        width=200,
    )
    return now


def _picked(found: list[Group], words: Words) -> str:
    names = {group.key: group.name for group in found}
    return choices.selected("playbook_group", list(names), words, lambda key: names[key])


def _group(shown: Shown, group: Group, asked: tuple[str, str], words: Words) -> None:
    family, industry = asked
    left, right = st.columns([7, 5], gap="large")
    with left:
        _who(shown, group, words)
        _rows(shown, group, family, words)
        if industry != "general":
            _preset(industry, words)
    with right:
        _measures(shown, group, family, words)
        leading_products(shown, words)
        modifier_section(words, _fitting(shown, group))
    if family == "rfm":
        _finer_groups(words)
    with st.expander(words("playbook.edit"), icon=":material/edit:"):
        _editors(group, industry, words)


def _fitting(shown: Shown, group: Group) -> dict[str, Counter[str]]:
    """How many of the group each adjustment fits."""
    members = shown.tiering.base.customers[group.members]
    return {side: Counter(kinds) for side, kinds in modifiers(members, shown.tiering.scenario.window_months).items()}


def _finer_groups(words: Words) -> None:
    """One line for each group of the finer maps, whose customers the analysis lists."""
    with st.expander(words("playbook.finer")):
        for name, groups_of_map in (("eight", EIGHT), ("ten", TEN)):
            st.markdown(f"**{words(f'segments.rfm_map.{name}')}**")
            _listed(
                [
                    (words(f"segments.rfm.group.{group}"), words(f"segments.rfm.advice.{group}"))
                    for group in groups_of_map
                ]
            )


def _editors(group: Group, industry: str, words: Words) -> None:
    texts = list(group.book.texts.items())
    texts += [("emphasis", group.book.emphasis)] if group.book.emphasis else []
    if industry != "general":
        texts += [(name, f"playbook.industry.{industry}.{name}") for name in INDUSTRY_FIELDS]
    st.caption(words("playbook.edit_hint"))
    for field, key in texts:
        editor(key, words(f"playbook.field.{field}"), words)
    st.button(words("playbook.reset"), on_click=reset, args=(tuple(key for _, key in texts), words))


def _who(shown: Shown, group: Group, words: Words) -> None:
    number = int(group.members.sum())
    if not number:
        st.markdown(words("playbook.nobody"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_counted(shown, group.members, words), width="content")
        if st.button(words("playbook.show"), type="tertiary"):
            ids = shown.tiering.base.customers["customer_id"].to_numpy()
            drill_down.show_customers(drill_down.Listing(group.name, ids[group.members].tolist()))


def _counted(shown: Shown, members: np.ndarray, words: Words) -> str:
    """How many they are, and what they bring a year where that is known."""
    number = int(members.sum())
    if not knows_revenue(shown.tiering, members):
        return words("playbook.count_only", n=number)
    revenue = float(shown.tiering.base.revenue[members].sum())
    return words("playbook.count", n=number, money=frame.plain(words.money(revenue, shown.dataset.currency)))


def _rows(shown: Shown, group: Group, family: str, words: Words) -> None:
    if family in ("tier", "risk"):
        tier = _tier_of(shown, group)
        st.markdown(f"**{service_line(service_levels(shown.tiering.scenario)[tier], words)}**")
        st.caption(words("strategy.service.note"))
    _listed(rows_of(group.book.texts, words))
    if group.book.emphasis:
        _listed([(words("playbook.field.emphasis"), text_of(group.book.emphasis, words))])


def _tier_of(shown: Shown, group: Group) -> int:
    names = list(shown.tiering.scenario.tiers)
    return next(place for place, name in enumerate(names) if group.key == name or group.key.startswith(f"{name} "))


def _listed(rows: list[tuple[str, str]]) -> None:
    st.markdown("\n".join(f"- **{label}** · {text}" for label, text in rows))


def _preset(industry: str, words: Words) -> None:
    st.markdown(f"**{words('playbook.own_industry', industry=words(f'playbook.industry.{industry}.label'))}**")
    _listed(rows_of({name: f"playbook.industry.{industry}.{name}" for name in INDUSTRY_FIELDS}, words))


def _measures(shown: Shown, group: Group, family: str, words: Words) -> None:
    evidence = cached.evidence(shown)
    if family == "tier":
        tier = _tier_of(shown, group)
        found = steering_kpis(shown.tiering, evidence, tier, tier_playbooks(shown.tiering.scenario)[tier])
    else:
        found = measures(evidence, group.members, group.book)
    is_set = family == "tier" and group.key in shown.tiering.scenario.playbooks.targets
    if not found:
        st.caption(words("policy.kpi.none"))
        return
    rows = pd.DataFrame([kpi_row(kpi, words, shown.dataset.currency) for kpi in found])
    rows = rows.assign(known=[kpi.known for kpi in found])
    labels = {
        "label": words("playbook.kpi"),
        "baseline": words("playbook.baseline"),
        "target": words("playbook.target_set" if is_set else "playbook.target"),
        "period": words("story.kpi.period"),
        "responsible": words("story.kpi.responsible"),
        "known": words("playbook.known"),
    }
    drill_down.table("playbook-kpis", rows, labels, None)
    if family == "tier":
        playbook_groups.section(group.key, found, words)


MOST = 5


def leading_products(shown: Shown, words: Words) -> None:
    """Draw the value-added and new products, and those to be retired; nothing where no product is named."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    if orders is None or as_of is None or "product" not in orders.column_names:
        return
    figures = cached_views.products(shown, shown.tiering.scenario.window_months)
    roles = product_roles(figures, kept_rule(), history_months(orders, as_of))
    for key, parts in (("lead_with", ("value", "new")), ("avoid", ("retire",))):
        names = [str(name) for name in figures["item"][[role in parts for role in roles]] if name][:MOST]
        if names:
            st.caption(frame.plain(words(f"playbook.{key}", names=words.listed(names))))


def key_account_section(words: Words) -> None:
    """Draw the team, the sales model and the operation model."""
    keys = [*(f"playbook.key.team.{who}" for who in TEAM), "playbook.key.model", "playbook.key.operation"]
    st.markdown("\n".join(f"- {plain(text_of(key, words))}" for key in keys))
    modifier_section(words)
    keys += [f"playbook.modifier.{name}.{kind}" for name, kinds in MODIFIERS.items() for kind in kinds]
    with st.expander(words("playbook.edit"), icon=":material/edit:"):
        st.caption(words("playbook.edit_hint"))
        for key in keys:
            editor(key, words("playbook.text"), words)
        st.button(words("playbook.reset"), on_click=reset, args=(tuple(keys), words))


def modifier_section(words: Words, fitting: Mapping[str, Counter[str]] | None = None) -> None:
    """What to add for customers of a certain kind; ``fitting`` counts for each side whom it fits in the group."""
    with st.expander(words("playbook.modifier.title")):
        for name, kinds in MODIFIERS.items():
            st.markdown(f"**{words(f'playbook.modifier.{name}.label')}**")
            counts = (fitting or {}).get(name, Counter())
            st.markdown("\n".join(f"- {_adjustment(name, kind, counts[kind], words)}" for kind in kinds))


def _adjustment(name: str, kind: str, customers: int, words: Words) -> str:
    text = plain(text_of(f"playbook.modifier.{name}.{kind}", words))
    return words("playbook.modifier.fits", text=text, n=customers) if customers else text
