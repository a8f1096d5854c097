"""Who is tiered: own companies left out by a list or by an attribute, dealers tiered apart from end customers."""

from __future__ import annotations

import streamlit as st

from tiering.dataset import Dataset
from tiering.ingest.clean.population import excluded_ids, kinds_of_customers
from tiering.scenario.population import Population, Rule, Side
from tiering.ui.base import cached, state
from tiering.ui.base.frame import plain
from tiering.words import Words

SIDES: tuple[Side, ...] = ("all", "end", "apart")
NOBODY = ""


def who(words: Words) -> None:
    """The choices, folded away until somebody is left out."""
    whole = cached.whole_dataset()
    population = state.choices().scenario.population
    gone = excluded_ids(whole, population)
    title = words("people.who.title", n=len(gone)) if gone else words("people.who.title_all")
    with st.expander(title, expanded=bool(gone)):
        st.caption(words("people.who.hint"))
        _by_list(whole, population, words)
        kinds = kinds_of_customers(whole)
        if not kinds:
            st.caption(words("people.who.no_kinds"))
            return
        left, right = st.columns(2)
        with left:
            _rule("left_out", population.left_out, kinds, words)
        with right:
            _rule("apart", population.apart, kinds, words)
            if population.apart is not None:
                _side(population.side, words)


def _by_list(whole: Dataset, population: Population, words: Words) -> None:
    state.set_widget("excluded-ids", "\n".join(population.excluded))
    st.text_area(
        words("people.who.list"),
        key="excluded-ids",
        on_change=_exclude,
        args=(whole,),
        height=80,
        placeholder=words("people.who.list_hint"),
    )
    found = excluded_ids(whole, Population(excluded=population.excluded))
    missing = sorted(set(population.excluded).difference(found))
    if missing:
        st.caption(plain(words("people.who.unknown", list=words.listed(missing[:10]))))


def _exclude(whole: Dataset) -> None:
    """Ids as they are written, names as the ids they stand for."""
    said = [line.strip() for line in str(state.widget_value("excluded-ids") or "").splitlines()]
    names = _ids_by_name(whole)
    ids = [one for line in dict.fromkeys(said) if line for one in names.get(line, (line,))]
    _change(excluded=tuple(dict.fromkeys(ids)))


def _ids_by_name(whole: Dataset) -> dict[str, list[str]]:
    if whole.customers is None or "customer_name" not in whole.customers.column_names:
        return {}
    ids: dict[str, list[str]] = {}
    for row in whole.customers.select(["customer_id", "customer_name"]).to_pylist():
        ids.setdefault(str(row["customer_name"]), []).append(row["customer_id"])
    return ids


def _rule(name: str, rule: Rule | None, kinds: dict[str, tuple[str, ...]], words: Words) -> None:
    columns = [NOBODY, *kinds]
    now = rule.column if rule is not None and rule.column in kinds else state.widget_value(f"{name}-column")
    state.set_widget(f"{name}-column", now if now in columns else NOBODY)
    column = st.selectbox(
        words(f"people.who.{name}"),
        columns,
        format_func=lambda one: _column_label(one, words),
        key=f"{name}-column",
        on_change=_clear,
        args=(name,),
    )
    if not column:
        return
    held = [value for value in rule.values if value in kinds[column]] if rule and rule.column == column else []
    state.set_widget(f"{name}-values", held)
    st.multiselect(
        words(f"people.who.{name}_values"),
        kinds[column],
        key=f"{name}-values",
        on_change=_set_rule,
        args=(name, column),
        placeholder=words("people.who.pick"),
    )


def _column_label(column: str, words: Words) -> str:
    if not column:
        return words("people.who.nobody")
    key = f"field.{column}.label"
    return words(key) if words.has(key) else column


def _clear(name: str) -> None:
    if getattr(state.choices().scenario.population, name) is not None:
        _change(**{name: None})


def _set_rule(name: str, column: str) -> None:
    values = tuple(state.widget_value(f"{name}-values") or ())
    _change(**{name: Rule(column=column, values=values) if values else None})


def _side(side: Side, words: Words) -> None:
    state.set_widget("dealer-side", side)
    st.segmented_control(
        words("people.who.side"),
        SIDES,
        format_func=lambda one: words(f"people.who.side_{one}"),
        key="dealer-side",
        on_change=lambda: _change(side=state.widget_value("dealer-side")),
        required=True,
    )


def _change(**changes: object) -> None:
    population = state.choices().scenario.population
    state.change_scenario(population=Population.model_validate(population.model_dump() | _plainly(changes)))


def _plainly(changes: dict[str, object]) -> dict[str, object]:
    return {name: value.model_dump() if isinstance(value, Rule) else value for name, value in changes.items()}
