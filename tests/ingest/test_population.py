"""Who is tiered: merges, own companies left out, dealers apart; money and rows add up at every step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tiering.dataset import Dataset, SourceFacts, Unmatched
from tiering.evaluate import evaluate
from tiering.ingest.clean.companies import Proposal
from tiering.ingest.clean.population import excluded_ids, kinds_of_customers, matching, merges_of, selected_population
from tiering.scenario import Scenario
from tiering.scenario.population import Population, Rule

SALES = {"A": "100", "B": "250", "C": "40", "D": "40", "E": "5"}
KINDS = {"A": "经销商", "B": "终端", "C": "终端", "D": None, "Z": "内部"}


def dataset() -> Dataset:
    """A to E ordered, A to D and Z are listed; Z is an own company that never ordered."""
    orders = pa.table(
        {
            "customer_id": list(SALES),
            "order_date": pa.array([date(2025, 1, day) for day in range(1, 6)], pa.date32()),
            "amount": pa.array(map(Decimal, SALES.values()), pa.decimal128(18, 2)),
        }
    )
    customers = pa.table(
        {
            "customer_id": list(KINDS),
            "customer_name": [f"name {one}" for one in KINDS],
            "渠道": pa.array(KINDS.values(), pa.string()),
            "seats": [1.0, 2.0, 3.0, 4.0, 5.0],
        }
    )
    sources = (SourceFacts("o.csv", "orders", 6, 5, 1),)
    return Dataset(orders, customers, pa.table({}), sources, "f", unmatched=Unmatched(("E",), ("Z",)))


def buyers(given: Dataset) -> set[str]:
    assert given.orders is not None
    return set(given.orders["customer_id"].to_pylist())


def revenue(given: Dataset) -> Decimal:
    assert given.orders is not None
    return pc.sum(given.orders["amount"]).as_py() or Decimal(0)


def test_everybody_is_the_dataset_itself() -> None:
    whole = dataset()
    assert selected_population(whole, Population()) is whole
    assert selected_population(whole, Population(apart=Rule(column="渠道", values=("经销商",)))) is whole


def test_an_own_company_is_left_out_of_orders_customers_and_lists() -> None:
    rest = selected_population(dataset(), Population(excluded=("A", "Z", "unknown")))
    assert buyers(rest) == {"B", "C", "D", "E"}
    assert rest.customers is not None
    assert rest.customers["customer_id"].to_pylist() == ["B", "C", "D"]
    assert rest.unmatched == Unmatched(("E",), ())
    assert revenue(rest) == Decimal("335.00")


def test_an_attribute_leaves_out_whoever_has_it_and_nobody_without_one() -> None:
    population = Population(left_out=Rule(column="渠道", values=("内部", "终端")))
    assert excluded_ids(dataset(), population) == ("B", "C", "Z")


@pytest.mark.parametrize(("side", "ids"), [("all", set("ABCDE")), ("end", set("BCDE")), ("apart", {"A"})])
def test_dealers_and_end_customers_are_tiered_together_or_apart(side: str, ids: set[str]) -> None:
    population = Population(apart=Rule(column="渠道", values=("经销商",)), side=side)  # type: ignore[arg-type]
    assert buyers(selected_population(dataset(), population)) == ids


def test_the_two_sides_add_up_to_the_whole() -> None:
    rule = Rule(column="渠道", values=("经销商",))
    sides = [selected_population(dataset(), Population(apart=rule, side=side)) for side in ("end", "apart")]
    assert sum(map(revenue, sides)) == revenue(dataset())


def test_a_column_the_data_lacks_changes_nothing() -> None:
    assert matching(dataset(), Rule(column="nowhere", values=("x",))) == ()
    assert buyers(selected_population(dataset(), Population(left_out=Rule(column="nowhere", values=("x",))))) == set(
        SALES
    )


def test_numbers_are_compared_as_they_are_written() -> None:
    assert matching(dataset(), Rule(column="seats", values=("3",))) == ("C",)


def test_only_attributes_with_few_values_tell_kinds_of_customers() -> None:
    assert kinds_of_customers(dataset()) == {"渠道": ("内部", "终端", "经销商")}


def test_the_same_choice_has_the_same_fingerprint_and_another_choice_another() -> None:
    keys = [
        selected_population(dataset(), Population(excluded=ids)).fingerprint for ids in (("A", "B"), ("B", "A"), ("A",))
    ]
    assert keys[0] == keys[1]
    assert len({*keys, dataset().fingerprint}) == 3


def test_merged_customers_can_be_left_out_together() -> None:
    population = Population(merges={"C": "B"}, excluded=("B",))
    assert buyers(selected_population(dataset(), population)) == {"A", "D", "E"}


class TestMerges:
    def test_the_customer_with_the_most_revenue_stays(self) -> None:
        assert merges_of(dataset(), [Proposal("writing", ("A", "B", "C"), ("", "", ""))]) == {"A": "B", "C": "B"}

    def test_among_equals_the_first_stays(self) -> None:
        assert merges_of(dataset(), [Proposal("slip", ("C", "D"), ("", ""))]) == {"D": "C"}

    def test_proposals_that_share_a_customer_are_one_company(self) -> None:
        pairs = [("A", "C"), ("D", "E"), ("C", "D")]
        merges = merges_of(dataset(), [Proposal("slip", pair, ("", "")) for pair in pairs])
        assert merges == {"C": "A", "D": "A", "E": "A"}

    def test_without_orders_the_customers_file_tells_the_revenue(self) -> None:
        customers = pa.table({"customer_id": ["A", "B"], "annual_revenue": [1.0, 2.0]})
        only = Dataset(None, customers, pa.table({}), (), "f")
        assert merges_of(only, [Proposal("writing", ("A", "B"), ("", ""))]) == {"A": "B"}

    @given(st.lists(st.sampled_from(list(combinations("ABCDE", 2))), max_size=6))
    def test_no_set_of_proposals_loses_money_or_runs_in_a_circle(self, pairs: list[tuple[str, str]]) -> None:
        proposals = [Proposal("slip", tuple(sorted(pair)), ("", "")) for pair in pairs]
        together = selected_population(dataset(), Population(merges=merges_of(dataset(), proposals)))
        assert revenue(together) == revenue(dataset())
        for one, other in pairs:
            assert not {one, other} <= buyers(together)


def test_merges_in_a_circle_are_no_choice() -> None:
    with pytest.raises(ValidationError, match="circle"):
        Population(merges={"A": "B", "B": "A"})


def test_the_choice_travels_with_the_scenario_and_acts_without_the_app() -> None:
    scenario = Scenario(population=Population(excluded=("B",), merges={"D": "C"}))
    again = scenario_from_json(scenario_to_json(scenario))
    assert again == scenario
    customers = evaluate(dataset(), again).base.customers["customer_id"]
    assert "B" not in set(customers)
    assert "D" not in set(customers)
