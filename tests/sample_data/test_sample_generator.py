"""The parts of the generator, each by a rule one can check in the head."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sample_data.generator.companies import Company, Word, brands, draw_companies, draw_groups, with_groups
from sample_data.generator.contracts import NO_CONTRACT, Contracts, contract_ends, due_dates
from sample_data.generator.lines import Lines, joined, priced
from sample_data.generator.market import FIRST_DAY, pick, read_market, rounded
from sample_data.generator.returns import draw_returns
from sample_data.generator.seasons import business_clock, working_days
from sample_data.generator.standing import stages, tiers_a_year_ago
from sample_data.generator.stored import dates, money

EVEN_YEAR = [1.0] * 12


def day(year: int, month: int, of_month: int) -> int:
    return (date(year, month, of_month) - FIRST_DAY).days


def lines_of(customer: list[int], days: list[int], yuan: list[int]) -> Lines:
    count = np.arange(len(customer))
    fen = np.array(yuan) * 100
    quantity, price = np.sign(fen), np.abs(fen)
    zero = np.zeros(len(count), dtype=np.int64)
    return Lines(np.array(customer), np.array(days), count, zero, quantity, price, zero, zero)


def test_three_business_years_pass_in_three_years() -> None:
    assert business_clock(EVEN_YEAR).end == pytest.approx(1096 / 365.25)


@pytest.mark.parametrize("holiday", [(2024, 10, 1), (2025, 10, 7), (2024, 2, 10), (2025, 1, 29), (2026, 2, 20)])
def test_no_business_time_passes_on_holidays(holiday: tuple[int, int, int]) -> None:
    clock = business_clock(EVEN_YEAR)
    assert clock.time_of(day(*holiday)) == clock.time_of(day(*holiday) + 1)


def test_more_business_time_passes_at_the_end_of_a_quarter() -> None:
    clock = business_clock(EVEN_YEAR)
    monday_in_may, monday_in_late_june = day(2025, 5, 12), day(2025, 6, 23)
    usual = clock.time_of(monday_in_may + 1) - clock.time_of(monday_in_may)
    rush = clock.time_of(monday_in_late_june + 1) - clock.time_of(monday_in_late_june)
    assert rush == pytest.approx(1.8 * usual)


def test_the_clock_finds_the_day_of_a_time() -> None:
    clock = business_clock(EVEN_YEAR)
    wednesday = day(2025, 5, 14)
    middle = (clock.time_of(wednesday) + clock.time_of(wednesday + 1)) / 2
    assert clock.day_at(np.array([middle])) == [wednesday]


def test_a_weekend_moves_to_the_nearest_working_day() -> None:
    friday, saturday, sunday, monday = (day(2025, 5, of_month) for of_month in (16, 17, 18, 19))
    assert working_days(np.array([friday, saturday, sunday, monday])).tolist() == [friday, friday, monday, monday]


def test_monthly_bills_fall_on_the_same_day_of_each_month_until_service_ends() -> None:
    contracts = Contracts(months=np.array([1]), first=np.array([day(2026, 1, 15)]), last=np.array([day(2026, 4, 20)]))
    customer, due = due_dates(contracts)
    assert customer.tolist() == [0, 0, 0, 0]
    # 15 January and 15 April are working days; 15 February and March are Sundays
    assert due.tolist() == [day(2026, 1, 15), day(2026, 2, 16), day(2026, 3, 16), day(2026, 4, 15)]


def test_contracts_run_for_whole_years() -> None:
    contracts = Contracts(np.array([12, 1, 0]), np.array([0, 0, 0]), np.array([1095] * 3))
    ends = contract_ends(contracts, customer=np.array([0, 0, 1]), day=np.array([0, 366, 40]))
    two_years, one_year = 731 - 1, 365 - 1
    assert ends.tolist() == pytest.approx([two_years, one_year, NO_CONTRACT], abs=1)


def test_whole_numbers_round_half_up() -> None:
    assert rounded(np.array([149, 150, 151, 250]), 100).tolist() == [1, 2, 2, 3]


def test_list_prices_change_once_a_year_and_large_orders_pay_less() -> None:
    market = read_market("internet_infrastructure")
    bandwidth = market.products.keys.index("bgp_bandwidth")
    assert market.price_lists[:3, bandwidth].tolist() == [4200, 3990, 3791]  # 42 yuan, 5 % less each year, half up
    product, start = np.array([bandwidth, bandwidth]), np.array([0, 0])
    price, cost = priced(market, product, start, np.array([100.0, 10_000_000.0]), np.zeros(2))
    assert price[0] == 4200
    assert cost.tolist() == [3108, 3108]
    assert cost[1] < price[1] < price[0]


def test_a_draw_follows_its_weights() -> None:
    weights = np.tile([0.0, 3.0, 1.0], (4000, 1))
    counts = np.bincount(pick(np.random.default_rng(1), weights), minlength=3)
    assert counts[0] == 0
    assert counts[1] == pytest.approx(3000, abs=120)


def test_orders_of_different_sources_stay_apart() -> None:
    together = joined([lines_of([0, 1], [5, 6], [10, 20]), lines_of([2], [7], [30])])
    assert together.order.tolist() == [0, 1, 2]
    assert together.amount.tolist() == [1000, 2000, 3000]


def test_what_comes_back_was_sold_before_and_is_not_more() -> None:
    sold = lines_of([0] * 200, [10] * 200, [100] * 200)
    back = draw_returns(np.random.default_rng(1), sold, share=0.5)
    assert 20 < len(back.day) < 200
    assert (back.day > 10).all()
    assert (back.amount < 0).all()
    assert (back.amount >= -10_000).all()


def test_stages_follow_from_first_and_last_order() -> None:
    lines = lines_of([1, 2, 3, 4, 4, 5], [100, 1090, 1020, 800, 1000, 900], [1] * 6)
    assert stages(lines, 6) == ["demand", "churn", "contract", "delivery", "repurchase", "operation"]


def test_last_years_tiers_rank_the_revenue_of_the_year_before() -> None:
    count = 400
    lines = lines_of(list(range(count)), [500] * count, list(range(1, count + 1)))
    tiers = np.array(tiers_a_year_ago(np.random.default_rng(1), lines, count + 1)[:count])
    assert (tiers[-20:] == "S").sum() >= 16
    assert (tiers[:200] == "C").sum() >= 180
    assert tiers_a_year_ago(np.random.default_rng(1), lines, count + 1)[count] is None


def test_names_read_the_same_in_both_languages() -> None:
    company = Company(
        Word("海科", "Haike"), Word("装备", "Equipment"), Word("股份有限公司", "Co., Ltd."), Word("苏州", "Suzhou")
    )
    assert company.zh == "海科装备（苏州）股份有限公司"
    assert company.en == "Haike Equipment (Suzhou) Co., Ltd."


def test_each_company_has_a_brand_of_its_own() -> None:
    companies = draw_companies(np.random.default_rng(1), ["energy"] * 1200, ["small"] * 1200)
    assert len({company.brand for company in companies}) == 1200
    assert len({brand.en for brand in brands()}) == len({brand.zh for brand in brands()}) == len(brands())


def test_daughters_take_the_brand_of_their_parent_and_name_their_city() -> None:
    companies = draw_companies(np.random.default_rng(1), ["energy"] * 2, ["small"] * 2)
    parent, daughter = with_groups(companies, np.array([-1, 0]), ["beijing", "suzhou"])
    assert parent.zh.endswith("集团有限公司")
    assert daughter.brand == parent.brand
    assert "（苏州）" in daughter.zh


def test_no_parent_has_a_parent() -> None:
    parent = draw_groups(np.random.default_rng(1), 500, share=0.2)
    daughters = parent >= 0
    assert 40 < daughters.sum() < 100
    assert (parent[parent[daughters]] == -1).all()


def test_money_and_dates_are_exact() -> None:
    assert [str(value) for value in money(np.array([1, -250, 10**14])).to_pylist()] == [
        "0.01",
        "-2.50",
        "1000000000000.00",
    ]
    assert dates(np.array([0, 1095])).to_pylist() == [date(2023, 10, 1), date(2026, 9, 30)]
