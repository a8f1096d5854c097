"""What surrounds every page: title, data banner, language, and the sentence of a problem."""

from __future__ import annotations

import logging
import re
import traceback
import zlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import pandas as pd
import streamlit as st

from tiering.problems import DataProblem
from tiering.report.safe import cell_text, not_a_formula, straight
from tiering.said.meaning import receipt_line
from tiering.said.scheme_notes import money_sentence, population_sentence
from tiering.ui.base import cached, state
from tiering.words import LANGUAGES, Words
from tiering.words.sentences import problem_sentence

log = logging.getLogger(__name__)
# addresses become links even where every sign is escaped, unless something unseen stands within them
_ADDRESS = re.compile(r"https?:|www(?=\.)|@", re.IGNORECASE)
ICON = str(Path(__file__).with_name("icon.png"))


def words() -> Words:
    """The catalogue in the session's language."""
    return Words(state.choices().language)


def language_switch() -> None:
    """The languages, side by side; the pages keep their addresses."""

    def switch() -> None:
        state.choose(language=state.widget_value("language-switch"))

    state.set_widget("language-switch", state.choices().language)
    st.segmented_control(
        words()("app.language"),
        LANGUAGES,
        format_func=lambda language: words()(f"language.{language}"),
        key="language-switch",
        on_change=switch,
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def header(title: str, linked: bool = True) -> None:
    """Page title, what data is shown with the way to one's own file, and the language, in one row."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.subheader(title, anchor=False, width="content")
        data_banner(linked)
        st.space("stretch")
        language_switch()
    if linked:
        meaning()


def meaning() -> None:
    """What the money of one's own file means and who is not tiered; nothing over sample data as it is."""
    now, say = state.choices(), words()
    said = [population_sentence(now.scenario.population, cached.left_out_number(), say)]
    if now.dataset is not None:
        said.insert(0, money_sentence(now.scenario, say))
    if any(said):
        st.caption(plain(" · ".join(filter(None, said))))


def is_dark() -> bool:
    """Whether the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def guarded(part: Callable[[], None]) -> Callable[[], None]:
    """A page or fragment that shows a sentence in its place instead of stopping.

    The log gets a number, the kind of fault and its place in the code, never a value of the data.
    """

    @wraps(part)
    def shown() -> None:
        try:
            part()
        except DataProblem as problem:
            problem_box(problem)
        except Exception as fault:
            place = traceback.extract_tb(fault.__traceback__)[-1]
            code = f"{zlib.crc32(f'{place.filename}:{place.lineno}'.encode()):08x}"
            log.error("%s: %s in %s, line %s", code, type(fault).__name__, Path(place.filename).name, place.lineno)
            st.error(plain(words()("app.unexpected", code=code)))

    return shown


def problem_box(problem: DataProblem) -> None:
    """What is wrong · what was expected · what to do next, as plain text."""
    st.error(plain(problem_sentence(problem, words())))


def plain(text: str) -> str:
    """Text of a person or a file, safe where Streamlit would read Markdown."""
    unlinked = _ADDRESS.sub(lambda found: f"{found[0]}\u2060", cell_text(text))
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~$:&" else sign for sign in unlinked)


def data_banner(linked: bool) -> None:
    """Which data is shown: sample data with the way to one's own file, or the file with what was used of it."""
    now, say = state.choices(), words()
    if now.dataset is None:
        customers = cached.shown_dataset().customers
        name = say(f"sample.{now.sample}")
        st.markdown(say("sample.banner", name=name, n=customers.num_rows if customers else 0), width="content")
        if linked and st.button(say("sample.own"), type="primary"):
            st.switch_page(state.address("data"))
        return
    st.markdown(plain(receipt_line(now.dataset, say)), width="content")
    if linked:
        st.page_link(state.address("data"), label=say("receipt.see"), width="content")


def safe_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with no text that a spreadsheet would compute or that turns what follows it.

    Every table can be downloaded from its tool bar.
    """
    texts = [name for name, column in table.items() if column.dtype == object or pd.api.types.is_string_dtype(column)]
    safe = {name: table[name].map(_tame, na_action="ignore") for name in texts if _holds_text(table[name])}
    return table.assign(**{str(name): column for name, column in safe.items()})


def _tame(text: str) -> str:
    return not_a_formula(straight(text))


def _holds_text(column: pd.Series) -> bool:
    return all(isinstance(cell, str) for cell in column.dropna())
