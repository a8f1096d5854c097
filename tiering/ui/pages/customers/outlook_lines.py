"""On a customer's card: what it takes by the end of the review quarter to rise, and not to fall."""

from __future__ import annotations

import streamlit as st

from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.tiers.overrides import BY_RULE
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.views.outlook import MOST_ORDERS, Goal, Outlook, outlook
from tiering.words import Words


def outlook_lines(shown: Shown, row: int, words: Words) -> None:
    """Sentences for the customer in ``row``; what would unlock them where the data has no orders."""
    settled = shown.tiering.settlement
    if settled is not None and settled.hand.tiers[row] != BY_RULE:
        return
    if shown.dataset.orders is None:
        st.caption(words("outlook.no_orders"))
        return
    with st.spinner(words("outlook.working"), show_time=False):
        found = _looked_up(shown, row)
    if found is None:
        if shown.tiering.drawn[row]:
            st.caption(words("outlook.never"))
        return
    for line in outlook_sentences(found, shown, words):
        st.markdown(f"- {plain(line)}")
    facts = {"usual": words.money(found.usual, shown.dataset.currency), "pace": words.number(found.pace, 1)}
    st.caption(plain(words("outlook.basis", **facts)))


def outlook_sentences(found: Outlook, shown: Shown, words: Words) -> list[str]:
    """Up first, then what keeps the tier."""
    tiers = shown.tiering.scenario.tiers
    said = []
    if found.idle < found.now:
        said.append(words("outlook.rises_anyway", by=found.by, tier=tiers[found.idle]))
    elif found.rise is not None:
        way = _way(found.rise, found, shown, words)
        said.append(words("outlook.rise", by=found.by, tier=tiers[found.rise.tier], way=way))
    elif found.now > 0:
        said.append(words("outlook.no_rise", by=found.by, n=MOST_ORDERS))
    if found.idle <= found.now:
        said.append(words("outlook.stays", by=found.by))
    elif found.keep is not None:
        facts = {"by": found.by, "tier": tiers[found.idle], "now": tiers[found.now]}
        said.append(words("outlook.keep", way=_way(found.keep, found, shown, words), **facts))
    else:
        said.append(words("outlook.falls", by=found.by, tier=tiers[found.idle]))
    return said


def _way(goal: Goal, found: Outlook, shown: Shown, words: Words) -> str:
    """``2 more orders or one order of ¥38,000``, the one nearer to what the customer usually does first."""
    ways = []
    if goal.orders:
        ways.append(words("outlook.orders", n=goal.orders))
    if goal.money is not None:
        ways.append(words("outlook.money", money=words.money(goal.money, shown.dataset.currency)))
    if goal.orders and goal.orders > max(2 * found.pace, 1):
        ways.reverse()
    return words("outlook.or", first=ways[0], second=ways[1]) if len(ways) == 2 else ways[0]


def _looked_up(shown: Shown, row: int) -> Outlook | None:
    settings = shown.tiering.scenario.model_dump_json()
    return _found(shown.dataset.fingerprint, settings, row, _dataset=shown.dataset, _tiering=shown.tiering)


@st.cache_resource(scope="session", max_entries=50, show_spinner=False)
def _found(fingerprint: str, settings: str, row: int, _dataset: Dataset, _tiering: Tiering) -> Outlook | None:
    return outlook(_dataset, _tiering, row)
