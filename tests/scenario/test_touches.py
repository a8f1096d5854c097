"""Every choice says what it touches, and what it says is true of scores, tiers, links and other data."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.decision.four_customers import FOUR, LINES
from tests.small_data import dataset, order_lines
from tiering.decision.comparison import on_same_customers
from tiering.decision.link import link_text, saved_of_link
from tiering.evaluate import Tiering, evaluate
from tiering.ingest.clean.population import selected_population
from tiering.scenario import Anchors, Cuts, Scenario
from tiering.scenario.exceptions import Appeal, CapRule, Ledger, Override, PointRule, Review, TierRules
from tiering.scenario.measures import Measures, Newcomers, Stated
from tiering.scenario.plan import Crm, CrmColumn, Experiments, Playbooks, Resources
from tiering.scenario.population import Existing, Money, Population
from tiering.scenario.touches import Touches, changed, declared, only, touching
from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.ui.base.cached import base_key
from tiering.ui.base.session_choices import dropped_choices, on_next_file, on_other_data, renamed

START = Scenario(
    tiers=("A", "B", "C"), weights={"annual_revenue": 60, "recency_days": 40}, goal="own", cuts=Cuts(lines=(70.0, 30.0))
)
EAST = Override(customer_id="east", tier="C", reason="leaves", owner="Li", expires=date(2030, 1, 1))
RICH = TierRule(conditions=(Condition(indicator="annual_revenue", sign=">", value=3500.0),))
# one other value of every choice there is: a new one has to be added here
OTHERWISE: dict[str, Any] = {
    "version": 2,
    "name": "Spring",
    "tiers": ("S", "A", "B"),
    "weights": {"annual_revenue": 5, "recency_days": 95},
    "goal": "retention",
    "cuts": Cuts(kind="share", lines=(0.25, 0.5)),
    "revenue": "gross",
    "window_months": 1,
    "as_of": date(2025, 12, 1),
    "anchors": {"annual_revenue": Anchors(points=(0.0, 9000.0), levels=(0.0, 1.0))},
    "rules": TierRules(points=(PointRule(field="orders", test="at_least", value=1, points=10),)),
    "ledger": Ledger(overrides=(EAST,)),
    "way": Standards(rules=(RICH, RICH)),
    "hues": ("#7a4a00", "#3a7ca5", "#93a8b8"),
    "resources": Resources(people=3.0, hours_per_person=1500.0),
    "playbooks": Playbooks(industry="saas", targets={"A": {"satisfaction": 4.5}}),
    "experiments": Experiments(effect=0.2),
    "measures": Measures(turned=("recency_days",)),
    "newcomers": Newcomers(months=2, data_from=date(2025, 1, 1), orders_from=date(2025, 1, 1)),
    "stated": Stated(ranking=("recency_days", "annual_revenue")),
    "population": Population(merges={"west": "east"}, excluded=("south",), side="all"),
    "money": Money(stage="paid"),
    "review": Review(entry=2.0),
    "crm": Crm(columns=(CrmColumn(column="tier", name="Grade"),)),
    "existing": Existing(baseline=True, names={"Gold": "A"}),
    "answers": {"states": {"on loan": "no"}},
}
FIELDS = tuple(Scenario.model_fields)
RETURNS = dataset(order_lines(("east", "2025-12-31", "-900.00", "0"), *LINES, columns=("cost",)))


def otherwise(*names: str) -> Scenario:
    return START.model_copy(update={name: OTHERWISE[name] for name in names})


def tiers_of(tiering: Tiering) -> dict[str, tuple[int, int]]:
    ids = tiering.base.customers["customer_id"]
    return dict(zip(ids, zip(tiering.tiers.tolist(), tiering.scores.milli.tolist(), strict=True), strict=True))


def is_same_base(one: Tiering, other: Tiering) -> bool:
    mine, theirs = one.base, other.base
    return mine.customers.equals(theirs.customers) and np.array_equal(mine.matrix.levels, theirs.matrix.levels)


def test_every_choice_declares_what_it_touches() -> None:
    assert declared(Scenario).keys() == OTHERWISE.keys() == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_no_rule_changes_no_score_and_no_tier(name: str) -> None:
    before, after = evaluate(RETURNS, START), evaluate(RETURNS, otherwise(name), as_of=date(2025, 12, 31))
    if not declared(Scenario)[name].rule:
        assert tiers_of(after) == tiers_of(before)
    elif name not in ("goal", "tiers"):  # a goal only fills in weights that are left open, names are names
        assert tiers_of(after) != tiers_of(before)


@pytest.mark.parametrize("name", FIELDS)
def test_a_customer_base_has_another_key_whenever_it_is_another(name: str) -> None:
    scenario = otherwise(name)
    keys = [base_key(selected_population(RETURNS, one.population), one) for one in (START, scenario)]
    if not is_same_base(evaluate(RETURNS, START), evaluate(RETURNS, scenario)):
        assert keys[0] != keys[1]
    if not declared(Scenario)[name].base and name not in ("population", "as_of"):
        assert keys[0] == keys[1]


def test_weights_lines_and_rules_leave_the_key_of_the_base_alone() -> None:
    assert base_key(FOUR, otherwise("weights", "cuts", "rules", "way", "name")) == base_key(FOUR, START)


@pytest.mark.parametrize("name", FIELDS)
def test_a_link_carries_all_but_who_the_customers_are_how_they_were_measured_and_what_their_lines_mean(
    name: str,
) -> None:
    there = getattr(saved_of_link(link_text(otherwise(name))).scenario, name)
    at_home = {"ledger": Ledger(), "anchors": {}, "population": Population(), "answers": {}}
    assert there == at_home.get(name, OTHERWISE[name])


def test_other_data_keeps_what_people_made_and_nothing_that_was_counted_in_the_data() -> None:
    kept, fresh = otherwise(*FIELDS), on_other_data(otherwise(*FIELDS))
    opened = {name for name in FIELDS if getattr(fresh, name) == getattr(Scenario(), name)} - {"version"}
    assert opened == {
        "cuts", "revenue", "window_months", "as_of", "anchors", "population", "money", "review", "crm", "existing",
    }  # fmt: skip
    assert (fresh.resources.people, fresh.resources.hours_per_person) == (None, kept.resources.hours_per_person)
    assert (fresh.playbooks.targets, fresh.playbooks.industry) == ({}, "saas")
    assert (fresh.newcomers.data_from, fresh.newcomers.orders_from, fresh.newcomers.months) == (None, None, 2)


def test_the_next_file_keeps_the_policy_too() -> None:
    kept, fresh = otherwise(*FIELDS), on_next_file(otherwise(*FIELDS), ())
    opened = {name for name in FIELDS if getattr(fresh, name) == getattr(Scenario(), name)} - {"version"}
    assert opened == {"as_of", "population", "money", "existing"}
    assert fresh.newcomers == kept.newcomers
    assert dropped_choices(kept, fresh, None) == ("as_of", "plan", "population", "money", "existing")


def test_compared_on_the_same_customers_a_scheme_keeps_its_rule_and_takes_their_date_window_and_scale() -> None:
    found = on_same_customers(START, otherwise(*FIELDS))
    taken = {name for name in FIELDS if getattr(found, name) != getattr(START, name)}
    assert taken == {"as_of", "window_months", "revenue", "anchors", "population"}
    assert touching(Scenario, lambda touches: touches.shared) == taken


def test_no_old_name_of_a_tier_is_left_where_it_gets_another() -> None:
    named = Scenario(
        tiers=("Zinc", "B", "C"),
        rules=TierRules(caps=(CapRule(field="orders", test="below", value=2, tier="Zinc"),)),
        ledger=Ledger(
            overrides=(EAST.model_copy(update={"tier": "Zinc"}),),
            appeals=(Appeal(customer_id="east", objection="grows", by="Wu", tier="Zinc", asked="Zinc"),),
        ),
        resources=Resources(**{name: {"Zinc": 1} for name in ("visits", "hours_per_visit", "desk_hours", "uplift")},
                            response_hours={"Zinc": 4}, sponsor={"Zinc": "yearly"}),
        playbooks=Playbooks(targets={"Zinc": {"calls": 2}}),
        existing=Existing(names={"Gold": "Zinc"}),
    )  # fmt: skip
    assert named.model_dump_json().count("Zinc") == 13
    after = named.model_copy(update=renamed(named, ("Iron", "B", "C")))
    assert (after.model_dump_json().count("Zinc"), after.model_dump_json().count("Iron")) == (0, 13)


def test_a_part_has_its_own_declaration_before_that_of_the_choice_it_is_in() -> None:
    people = Population(excluded=("K1",), side="end")
    held = only(people, lambda touches: touches.link, Touches(link=True))
    assert held == Population(side="end")
    after = START.model_copy(update={"population": Population()})
    told = [touches.told for touches in changed(START.model_copy(update={"population": people}), after)]
    assert told == ["population", "population"]
