"""What stays of a session when files are added or replaced, lines are drawn in another way, or tiers renamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Run, customers_of, dataset, orders_of
from tiering.decision.saved import Saved
from tiering.evaluate import CustomerBase, completed, customer_base, default_as_of, tier_customers
from tiering.indicators.scales import kept_scales
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import Review
from tiering.scenario.plan import Crm, CrmColumn
from tiering.scenario.population import Existing, Money, Population
from tiering.scenario.ways import Way
from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.base.keep import files
from tiering.ui.base.state import Choices
from tiering.ui.pages.tiers.ways.choice import with_tiers
from tiering.views.existing_tier import existing_baseline
from tiering.words import LANGUAGES, Words

MOVED = Cuts(lines=(81.5, 52.5, 23.5))
POLICY: dict[str, Any] = {
    "cuts": MOVED,
    "window_months": 6,
    "revenue": "gross",
    "review": Review(entry=3.0),
    "crm": Crm(columns=(CrmColumn(column="tier", name="Grade"),)),
}
OF_THE_DATA: dict[str, Any] = {
    "as_of": date(2025, 6, 1),
    "population": Population(excluded=("K1",)),
    "money": Money(stage="paid"),
}


@dataclass(frozen=True)
class Named:
    """As much of a file as tells it from another."""

    sha256: str


ORDERS, CUSTOMERS = dataset(orders_of(10), None), dataset(None, customers_of(30))
BOTH = dataset(orders_of(10), customers_of(12))
JANUARY, BESIDE, FEBRUARY = Named("january"), Named("beside"), Named("february")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Choices]:
    """A session with a file open and its tiers seen; answers what it remembers."""
    held: dict[str, Any] = {"choices": Choices()}
    monkeypatch.setattr(state.st, "session_state", held)
    state.open_dataset(ORDERS, (JANUARY,))
    seen()
    return lambda: held["choices"]


def test_a_file_added_leaves_every_choice_with_baseline_and_undo(session: Callable[[], Choices]) -> None:
    first = session().baseline
    state.change_scenario(**POLICY, **OF_THE_DATA)
    before = session()
    state.open_dataset(BOTH, (JANUARY, BESIDE))
    seen()
    after = session()
    assert (after.scenario, after.baseline, after.undo) == (before.scenario, first, before.undo)
    assert after.dataset is BOTH
    state.undo()
    assert session().scenario == first


def test_a_date_before_the_first_order_goes_with_the_file_that_had_it(session: Callable[[], Choices]) -> None:
    state.change_scenario(as_of=date(2024, 12, 31), window_months=3)
    state.open_dataset(BOTH, (JANUARY, BESIDE))
    assert (session().scenario.as_of, session().scenario.window_months) == (None, 3)


def test_lines_nobody_chose_are_proposed_for_the_files_together(session: Callable[[], Choices]) -> None:
    state.open_dataset(BOTH, (JANUARY, BESIDE))
    assert (session().scenario.cuts, session().anew) == (None, ("lines",))


def test_pinned_lines_stay_though_they_were_proposed(session: Callable[[], Choices]) -> None:
    state.pin_baseline()
    pinned = session().scenario.cuts
    state.open_dataset(BOTH, (JANUARY, BESIDE))
    assert pinned is not None
    assert session().scenario.cuts == pinned
    assert session().baseline is not None


def test_the_next_file_meets_the_same_policy_and_is_asked_about_its_own_customers(
    session: Callable[[], Choices],
) -> None:
    anchors = kept_scales(seen().matrix)
    state.change_scenario(**POLICY, **OF_THE_DATA, anchors=anchors)
    state.open_dataset(BOTH, (FEBRUARY,), existing=Existing(baseline=True))
    now = session()
    assert {name: getattr(now.scenario, name) for name in POLICY} == POLICY
    assert now.scenario.anchors == anchors
    assert (now.scenario.as_of, now.scenario.population) == (None, Population())
    assert now.scenario.existing.baseline
    assert now.anew == ("as_of", "population", "money", "baseline")


def test_proposed_lines_are_proposed_anew_for_the_next_file_unless_scales_are_frozen(
    session: Callable[[], Choices],
) -> None:
    proposed = session().scenario.cuts
    state.change_scenario(window_months=6)
    state.open_dataset(BOTH, (FEBRUARY,))
    assert session().scenario.cuts is None
    assert "lines" in session().anew
    anchors = kept_scales(seen().matrix)
    state.change_scenario(cuts=proposed, anchors=anchors)
    state.open_dataset(ORDERS, (JANUARY,))
    assert session().scenario.cuts == proposed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_was_proposed_anew_until_the_next_step(run_page: Run, language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    page = run_page("tiers", language, BOTH, anew=("lines", "baseline"))
    said = next(text.value for text in page.caption if words("tiers.anew_part.baseline") in text.value)
    assert words("tiers.anew_part.lines") in said
    page.selectbox(key="window-control").set_value(6).run()
    assert said not in [text.value for text in page.caption]


# another way of drawing lines


def test_moved_lines_and_written_standards_come_back_with_their_way(run_page: Run) -> None:
    page = run_page("tiers", "en", BOTH, scenario=Scenario(cuts=MOVED))
    for kind in ("share", "standards", "score"):
        page.selectbox(key="cuts-control").set_value(kind).run()
    assert held(page).scenario.cuts == MOVED
    written = Standards(rules=(TierRule(conditions=(Condition(indicator="annual_revenue", sign=">", value=7),)),) * 3)
    page.session_state["choices"] = replace(
        held(page), scenario=held(page).scenario.model_copy(update={"way": written})
    )
    page.run()
    for kind in ("capacity", "standards"):
        page.selectbox(key="cuts-control").set_value(kind).run()
    assert held(page).scenario.way == written


def test_moved_lines_come_back_with_their_number_of_tiers(run_page: Run) -> None:
    page = run_page("tiers", "en", BOTH, scenario=Scenario(cuts=MOVED))
    for scheme in ("abc", "sabc"):
        page.segmented_control(key="scheme-control").set_value(scheme).run()
    assert held(page).scenario.cuts == MOVED


def test_lines_proposed_for_one_file_are_not_kept_for_another(session: Callable[[], Choices]) -> None:
    state.change_scenario(cuts=Cuts(kind="share", lines=(0.1, 0.3, 0.6)))
    assert set(session().drawn) == {"score-3"}  # few customers: three tiers
    state.open_dataset(BOTH, (FEBRUARY,))
    assert session().drawn == {}


def test_what_each_way_looked_like_outlives_a_page_refresh(tmp_path: Path) -> None:
    drawn: dict[str, Way] = {"score-4": MOVED, "standards-2": Standards(rules=(TierRule(),))}
    files.save(tmp_path, Choices(drawn=drawn, proposed=(MOVED,)))
    back = files.load(tmp_path, Choices)
    assert (back.drawn, back.proposed) == (drawn, (MOVED,))


# other names


def test_the_tiers_of_a_file_stand_for_the_renamed_ones() -> None:
    table = customers_of(30).append_column("current_tier", [["S", "A", "B"] * 10])
    in_use = Scenario(tiers=("S", "A", "B"), existing=Existing(baseline=True))
    base = customer_base(dataset(None, table), in_use, None)
    tiering = tier_customers(base, completed(in_use, base))
    after = tiering.scenario.model_copy(update=with_tiers(Shown(BOTH, tiering, tiering), ("金", "银", "铜")))
    assert after.existing.names == {"S": "金", "A": "银", "B": "铜"}
    assert existing_baseline(tier_customers(base, after)) is not None


def test_baseline_and_saved_schemes_take_the_new_names_and_give_them_back(run_page: Run) -> None:
    start = Scenario(tiers=("S", "A", "B"), existing=Existing(names={"Gold": "S"}))
    page = run_page("tiers", "en", BOTH, scenario=start, saved=(Saved(Scenario(name="East", tiers=("S", "A", "B"))),))
    page.segmented_control(key="scheme-control").set_value("abc").run()
    now = held(page)
    assert now.baseline is not None
    assert now.scenario.tiers == now.baseline.tiers == now.saved[0].scenario.tiers == ("A", "B", "C")
    assert now.scenario.existing.names == {"Gold": "A"}
    next(one for one in page.button if one.label == "Undo").click().run()
    back = held(page)
    assert back.baseline is not None
    assert back.scenario.tiers == back.baseline.tiers == back.saved[0].scenario.tiers == ("S", "A", "B")


def test_a_scheme_of_other_tiers_keeps_its_names(run_page: Run) -> None:
    other = Scenario(name="West", tiers=("X", "Y", "Z"))
    page = run_page(
        "tiers", "en", BOTH, scenario=Scenario(tiers=("S", "A", "B")), baseline=other, saved=(Saved(other),)
    )
    page.segmented_control(key="scheme-control").set_value("abc").run()
    assert held(page).baseline == other
    assert held(page).saved[0].scenario == other


def seen() -> CustomerBase:
    """The tiers as a page shows them first: what is left open is filled in."""
    now = state.choices()
    assert now.dataset is not None
    base = customer_base(now.dataset, now.scenario, now.scenario.as_of or default_as_of(now.dataset))
    state.complete_scenario(completed(now.scenario, base))
    return base


def held(page: AppTest) -> Choices:
    return page.session_state["choices"]
