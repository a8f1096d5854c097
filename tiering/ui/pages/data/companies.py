"""Customers that may be one company: proposed with the reason, merged when somebody says so, taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tiering.dataset import Dataset
from tiering.ingest import NameConflicts, Proposal, name_conflicts, propose_merges
from tiering.ingest.clean.population import merges_of
from tiering.scenario.population import Population
from tiering.ui.base import cached, frame, state
from tiering.ui.base.progress import Job, run_with_progress
from tiering.words import Words

MOST_SHOWN = 500
AT_ONCE = 5_000  # names that are compared in no time
BETWEEN = " · "
LOOK = "look-for-names"
Found = tuple[tuple[Proposal, ...], NameConflicts]


def companies(words: Words) -> None:
    """Proposals to accept, merges to undo, and ids and names that do not agree."""
    dataset = cached.shown_dataset()
    if dataset.customers is None or "customer_name" not in dataset.customers.column_names:
        return
    if dataset.customers.num_rows > AT_ONCE and not _asked(words):
        return
    proposals, conflicts = _found(dataset, words)
    merges = state.choices().scenario.population.merges
    with st.expander(_title(proposals, merges, words), expanded=bool(merges)):
        st.caption(words("people.merge.hint"))
        _proposals(dataset, proposals, words)
        _merged(merges, words)
        _conflicts(conflicts, words)


def _asked(words: Words) -> bool:
    """Among very many names the search takes seconds: it waits until somebody wants it."""
    return st.checkbox(words("people.merge.look"), key=LOOK)


def _found(dataset: Dataset, words: Words) -> Found:
    kept = _kept(dataset.fingerprint)
    if not kept:
        said = words("people.merge.looking")
        kept.append(run_with_progress(lambda job: _looked(dataset, job), said, words, _not_now, key="cancel-names"))
    return kept[0]


def _looked(dataset: Dataset, job: Job[Found]) -> Found:
    assert dataset.customers is not None, "without customers there are no names"
    return propose_merges(dataset.customers, job.tell), name_conflicts(dataset)


def _not_now() -> None:
    state.set_widget(LOOK, False)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _kept(fingerprint: str) -> list[Found]:
    """A place for what was found, filled once somebody looked."""
    return []


def _title(proposals: Sequence[Proposal], merges: dict[str, str], words: Words) -> str:
    title = words("people.merge.title", n=len(proposals))
    return f"{title} · {words('people.merge.done', n=len(merges))}" if merges else title


def _proposals(dataset: Dataset, proposals: Sequence[Proposal], words: Words) -> None:
    if not proposals:
        st.caption(words("people.merge.none"))
        return
    listed = proposals[:MOST_SHOWN]
    if len(listed) < len(proposals):
        st.caption(words("people.merge.capped", shown=len(listed), n=len(proposals)))
    rows = pd.DataFrame(
        {
            "why": [words(f"people.merge.why.{one.why}") for one in listed],
            "names": [BETWEEN.join(dict.fromkeys(one.names)) for one in listed],
            "ids": [BETWEEN.join(one.ids) for one in listed],
        }
    )
    chosen = _choose(rows, f"proposals-{dataset.fingerprint[:8]}", words)
    st.button(
        words("people.merge.accept", n=len(chosen)),
        on_click=_accept,
        args=(dataset, [listed[row] for row in chosen]),
        disabled=not chosen,
        type="primary",
        key="accept-merges",
    )


def _merged(merges: dict[str, str], words: Words) -> None:
    if not merges:
        return
    st.caption(words("people.merge.list"))
    gone = sorted(merges)
    named = _named([*gone, *merges.values()])
    rows = pd.DataFrame({"gone": map(named.get, gone), "stays": [named[merges[one]] for one in gone]})
    chosen = _choose(rows, f"merged-{len(gone)}", words)
    st.button(
        words("people.merge.undo", n=len(chosen)),
        on_click=_undo,
        args=([gone[row] for row in chosen],),
        disabled=not chosen,
        key="undo-merges",
    )


def _named(ids: Sequence[str]) -> dict[str, str]:
    """Id → name and id, of customers who may be merged away."""
    customers = cached.whole_dataset().customers
    if customers is None or "customer_name" not in customers.column_names:
        return {one: one for one in ids}
    listed = customers.filter(pc.is_in(customers["customer_id"], value_set=pa.array(ids, pa.string())))
    names = dict(zip(listed["customer_id"].to_pylist(), listed["customer_name"].to_pylist(), strict=True))
    return {one: f"{names[one]} ({one})" if names.get(one) else one for one in ids}


def _choose(rows: pd.DataFrame, key: str, words: Words) -> list[int]:
    labels = {name: words(f"people.merge.{name}") for name in rows.columns if name != "why"}
    event: Any = st.dataframe(
        frame.safe_table(rows),
        hide_index=True,
        selection_mode="multi-row",
        on_select="rerun",
        column_config=labels | {"why": words("people.merge.reason")},
        height="content" if len(rows) < 8 else 300,
        key=key,
    )
    return [row for row in event.selection.rows if row < len(rows)]


def _conflicts(conflicts: NameConflicts, words: Words) -> None:
    """Ids that go under several names: nothing to merge, but worth a look."""
    several = conflicts.several_names
    if not several:
        return
    st.caption(words("people.merge.several_names", n=len(several)))
    rows = pd.DataFrame({"id": several.keys(), "names": [BETWEEN.join(names) for names in several.values()]})
    labels = {"id": words("people.merge.id"), "names": words("people.merge.names")}
    st.dataframe(frame.safe_table(rows[:MOST_SHOWN]), hide_index=True, column_config=labels, key="several-names")


def _accept(dataset: Dataset, proposals: Sequence[Proposal]) -> None:
    population = state.choices().scenario.population
    merges = population.merges | merges_of(dataset, proposals)
    change_population(population.model_copy(update={"merges": merges}))


def _undo(gone: Sequence[str]) -> None:
    population = state.choices().scenario.population
    left = {one: stays for one, stays in population.merges.items() if one not in gone}
    change_population(population.model_copy(update={"merges": left}))


def change_population(population: Population) -> None:
    """One step of undo; the baseline stands for the same customers."""
    state.change_scenario(population=population)
