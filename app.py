"""The app: page frame, language and navigation."""

from __future__ import annotations

import gc

import streamlit as st
from streamlit.starlette import App

from pages import customer, data, movement, report, scenarios, segments, strategy, tiers, vote
from tiering.ui.base import cached, frame, notice, refresh, state
from tiering.ui.server import sessions, visitors
from tiering.words import Language

PAGES = {
    "tiers": tiers.page,
    "customer": customer.page,
    "segments": segments.page,
    "movement": movement.page,
    "strategy": strategy.page,
    "scenarios": scenarios.page,
    "data": data.page,
    "report": report.page,
    "vote": vote.page,
}
UNLISTED = {"vote"}  # reached by its address alone


def main(start: str = "tiers") -> None:
    """Draw the frame and the page that the address names; ``/`` leads to ``start``."""
    words = frame.words()
    st.set_page_config(page_title=words("app.name"), page_icon=frame.ICON, layout="wide")
    if visitors.sees_ballot_only():
        _ballot()
        return
    addresses = {
        key: st.Page(
            frame.guarded(page),
            title=words(f"nav.{key}"),
            url_path=key,
            visibility="hidden" if key in UNLISTED else "visible",
        )
        for key, page in PAGES.items()
    }
    state.keep_addresses(addresses)
    home = st.Page(lambda: st.switch_page(addresses[start]), title=words("app.name"), default=True, visibility="hidden")
    chosen = st.navigation([home, *addresses.values()], position="top")
    if refresh.is_restoring():
        refresh.tab()
        return
    asked = state.choices().goto
    if asked is not None:
        state.choose(goto=None)
        st.switch_page(addresses[asked])
    notice.turned_to("page", chosen.url_path)
    refresh.again_note(words)
    with sessions.places():
        chosen.run()
    refresh.tab()


def _ballot() -> None:
    """All that another computer sees: whatever its address names, it is the ballot."""
    st.navigation([st.Page(frame.guarded(vote.page), url_path="vote")], position="hidden").run()
    visitors.ask_code(frame.words())


def prepare(language: Language) -> None:
    """Have the first page ready before anybody asks for it."""
    cached.warm_sample(language)


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Once per server: what the imports left is not looked at again by the garbage collector."""
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    settle()
    main()
else:  # the server imports what it serves; `streamlit run` and the command line find the same
    app = App(__file__, middleware=sessions.middleware(), lifespan=sessions.lifespan)
