"""Rules: who calls for which move, and which move goes first."""

import pytest
from tiered_customers import customers, moves, tiering_of

from tiering.strategy.evidence import NEED_OF, evidence_of
from tiering.strategy.recommend import kinds_unavailable, partly_judged, recommendations
from tiering.strategy.rules import RULES

S, A, B, C, NONE = 90.0, 70.0, 50.0, 30.0, float("nan")
SILENT = {"annual_orders": 0, "annual_revenue": 0.0, "recency_days": 400.0, "prior_revenue": 80_000.0}
# 30-day rhythm of shape 9, and one of shape 0.83 where the mean logarithm is 2.69
RED_DAYS, AMBER_DAYS = 60.0, 42.0


def move(points, **changes):
    """Kind for one customer among calm ones in every tier; None when it calls for nothing."""
    table = customers(changes, {}, {}, {}, {})
    return moves(table, [points, S, A, B, C]).get(0)


def test_a_calm_customer_calls_for_nothing():
    assert [move(points) for points in (S, A, B, C, NONE)] == [None] * 5


@pytest.mark.parametrize(("points", "kind"), [(S, "protect"), (A, "protect"), (B, "protect"), (C, "protect")])
def test_a_big_customer_clearly_overdue_is_protected_whatever_tier_its_silence_left_it_in(points, kind):
    assert move(points, recency_days=RED_DAYS) == kind


@pytest.mark.parametrize(("points", "kind"), [(S, "protect"), (A, "protect"), (B, "remind"), (C, "remind")])
def test_a_small_customer_clearly_overdue_is_reminded_below_the_upper_tiers(points, kind):
    assert move(points, recency_days=RED_DAYS, annual_revenue=20_000.0) == kind


@pytest.mark.parametrize(("points", "kind"), [(S, "check_in"), (A, "check_in"), (B, None), (C, None)])
def test_a_customer_somewhat_late_is_visited_in_the_upper_tiers_only(points, kind):
    assert move(points, recency_days=AMBER_DAYS) == kind


def test_the_same_silence_is_only_somewhat_late_for_an_irregular_buyer():
    assert move(A, recency_days=RED_DAYS, gap_log_mean=2.6946648) == "check_in"
    assert move(A, recency_days=AMBER_DAYS, gap_log_mean=2.6946648) is None


def test_two_gaps_are_no_rhythm_to_be_late_by():
    assert move(A, recency_days=RED_DAYS, gaps=2) is None


@pytest.mark.parametrize("points", [S, A, B, C, NONE])
def test_who_bought_before_and_not_in_the_window_is_won_back_even_without_a_score(points):
    assert move(points, **SILENT) == "win_back"


def test_who_has_been_gone_for_two_windows_is_left_alone():
    assert move(C, **SILENT | {"prior_revenue": 0.0}) is None


def test_a_prospect_who_never_bought_calls_for_nothing():
    never = dict.fromkeys((*SILENT, "tenure_days", "gaps", "returns_share", "growth", "categories"))
    assert move(NONE, **never) is None


@pytest.mark.parametrize(("score", "kind"), [(2.5, "fix"), (2.6, None), (None, None)])
def test_satisfaction_in_the_lower_half_of_its_scale_is_fixed(score, kind):
    assert move(C, satisfaction=score) == kind


@pytest.mark.parametrize(("share", "kind"), [(0.11, "fix"), (0.10, None)])
def test_more_than_a_tenth_returned_is_fixed(share, kind):
    assert move(B, returns_share=share) == kind


@pytest.mark.parametrize(("points", "grade", "kind"), [(S, "CCC", "collect"), (A, "D", "collect"), (A, "B", None)])
def test_weak_credit_in_an_upper_tier_is_secured(points, grade, kind):
    assert move(points, credit=grade) == kind


@pytest.mark.parametrize(("growth", "kind"), [(-0.20, "check_in"), (-0.19, None), (-0.9, "check_in"), (None, None)])
def test_a_customer_of_an_upper_tier_buying_a_fifth_less_is_visited(growth, kind):
    assert move(A, growth=growth) == kind


@pytest.mark.parametrize(("recent", "kind"), [(25_000.0, "check_in"), (26_000.0, None)])
def test_without_a_year_before_half_as_much_in_the_second_half_is_a_fall(recent, kind):
    table = customers({"recent_half_revenue": recent}, {}).drop(columns=["growth", "prior_revenue"])
    assert moves(table, [A, B]).get(0) == kind


SELLING = [
    (58.0, {}, "grow"),
    (A, {"wallet_share": 0.1, "wallet": 900_000.0}, "wallet"),
    (B, {"growth": 0.8}, "watch"),
]


@pytest.mark.parametrize(("points", "chance", "kind"), SELLING)
def test_who_buys_as_before_and_pays_is_sold_more(points, chance, kind):
    assert move(points, **chance) == kind


@pytest.mark.parametrize(("points", "chance", "kind"), SELLING[:2])
def test_nobody_whose_sales_fall_is_asked_for_more(points, chance, kind):
    assert move(points, **chance | {"growth": -0.3}) in (None, "check_in")


@pytest.mark.parametrize(("points", "chance", "kind"), SELLING)
@pytest.mark.parametrize("weak", [{"credit": "CC"}, {"overdue_days": 45.0}])
def test_nobody_on_weak_credit_is_asked_for_more_in_any_tier(points, chance, kind, weak):
    assert move(points, **chance | weak) in (None, "collect")


def test_weak_credit_in_a_lower_tier_is_left_to_the_standard_terms():
    assert move(B, credit="C") is None


@pytest.mark.parametrize(("days", "kind"), [(90.0, "welcome"), (91.0, None)])
def test_a_customer_is_new_for_three_months(days, kind):
    assert move(C, tenure_days=days, gaps=0) == kind


@pytest.mark.parametrize(("points", "rate", "kind"), [(S, 0.20, "right_size"), (S, 0.22, None), (B, 0.05, None)])
def test_a_margin_under_seven_tenths_of_the_usual_is_right_sized_in_the_upper_tiers(points, rate, kind):
    assert move(points, margin_rate=rate) == kind


@pytest.mark.parametrize(
    ("points", "kind"), [(77.0, "grow"), (79.999, "grow"), (76.999, None), (80.0, None), (37.5, "grow")]
)
def test_who_is_within_three_points_of_the_line_above_is_helped_up(points, kind):
    assert move(points) == kind


@pytest.mark.parametrize(("revenue", "kind"), [(100_000.0, "watch"), (100_001.0, None)])
def test_small_is_who_buys_no_more_than_the_customer_in_the_middle(revenue, kind):
    table = customers({"growth": 0.8, "annual_revenue": revenue}, *[{"annual_revenue": 100_000.0}] * 4)
    assert moves(table, [C, S, A, B, C]).get(0) == kind


@pytest.mark.parametrize(
    ("points", "growth", "orders", "kind"),
    [(B, 0.5, 3, "watch"), (B, 0.49, 12, None), (B, 2.0, 2, None), (A, 2.0, 12, None), (C, 0.6, None, "watch")],
)
def test_a_lower_customer_growing_by_half_is_watched_unless_it_is_a_single_project(points, growth, orders, kind):
    assert move(points, growth=growth, annual_orders=orders) == kind


@pytest.mark.parametrize("chance", [{"growth": 2.0}, {"categories": 1.0}, {}])
def test_nobody_is_sold_more_after_half_a_year_of_silence(chance):
    table = customers(
        chance | {"recency_days": 182.0, "gaps": 1}, chance | {"recency_days": 183.0, "gaps": 1}, {}, {}, {}
    )
    points = [58.0 if not chance else B] * 2 + [B] * 3
    assert list(moves(table, points)) == [0]


def test_one_category_is_broadened_where_the_tier_buys_three():
    table = customers({"categories": 1.0}, {"categories": 3.0}, {"categories": 3.0})
    assert moves(table, [B, B, B]) == {0: "broaden"}


@pytest.mark.parametrize("trouble", [{"growth": -0.3}, {"credit": "CC"}, {"recency_days": 200.0, "gaps": 1}])
def test_no_second_category_is_offered_to_who_buys_less_pays_late_or_sleeps(trouble):
    table = customers({"categories": 1.0} | trouble, {"categories": 3.0}, {"categories": 3.0})
    assert moves(table, [B, B, B]) == {}


def test_one_category_is_normal_where_the_tier_buys_two():
    table = customers({"categories": 1.0}, {"categories": 2.0}, {"categories": 2.0})
    assert moves(table, [B, B, B]) == {}


def test_the_breadth_of_another_tier_does_not_count():
    table = customers({"categories": 1.0}, {"categories": 1.0}, {"categories": 6.0}, {"categories": 6.0})
    assert moves(table, [B, B, A, A]) == {}


@pytest.mark.parametrize(
    ("points", "troubles", "kind"),
    [
        (A, {"credit": "C", "recency_days": RED_DAYS}, "collect"),
        (A, {"recency_days": RED_DAYS, "satisfaction": 1.0}, "protect"),
        (A, {"recency_days": AMBER_DAYS, "satisfaction": 1.0}, "fix"),
        (78.0, {"recency_days": AMBER_DAYS}, "check_in"),
        (78.0, {"satisfaction": 1.0}, "fix"),
        (78.0, {"credit": "C"}, "collect"),
        (78.0, {"margin_rate": 0.1}, "right_size"),
        (58.0, {"recency_days": RED_DAYS, "annual_revenue": 20_000.0}, "remind"),
        (58.0, {"tenure_days": 30.0, "gaps": 1}, "welcome"),
        (58.0, {"growth": 3.0}, "grow"),
        (B, {"growth": 3.0, "categories": 1.0}, "watch"),
        (C, SILENT | {"satisfaction": 1.0}, "win_back"),
    ],
)
def test_what_must_be_mended_goes_before_what_could_be_sold(points, troubles, kind):
    assert move(points, **troubles) == kind


def test_with_two_tiers_only_the_top_gets_the_close_watch():
    table = customers({"recency_days": AMBER_DAYS}, {"recency_days": AMBER_DAYS})
    assert moves(table, [70.0, 30.0], ("key", "rest")) == {0: "check_in"}


def test_without_order_counts_a_year_of_silence_is_lost_and_priced_at_the_annual_revenue():
    table = customers({"recency_days": 366.0}, {"recency_days": 364.0})[
        ["customer_id", "annual_revenue", "recency_days"]
    ]
    assert moves(table, [C, C]) == {0: "win_back"}


def test_every_kind_says_what_it_would_need_and_none_is_guessed():
    bare = customers({}, {})[["customer_id", "annual_revenue"]]
    lacking = kinds_unavailable(evidence_of(tiering_of(bare, [A, C]).base))
    assert lacking == {
        "collect": "credit",
        "win_back": "orders",
        "protect": "three_gaps",
        "fix": "satisfaction",
        "check_in": "three_gaps",
        "remind": "three_gaps",
        "welcome": "half_year",
        "right_size": "cost",
        "wallet": "wallet",
        "watch": "two_years",
        "broaden": "category",
    }


@pytest.mark.parametrize(
    ("absent", "needs"),
    [
        ([], {"fix": ("tickets",)}),
        (["satisfaction"], {"fix": ("satisfaction", "tickets")}),
        (["satisfaction", "returns_share"], {}),
    ],
)
def test_what_is_judged_in_part_only_says_what_the_rest_would_need(absent, needs):
    table = customers({}, {}).drop(columns=absent)
    assert partly_judged(evidence_of(tiering_of(table, [A, C]).base)) == needs


def test_complaints_can_be_judged_by_either_satisfaction_or_returns():
    without_scores = customers({"returns_share": 0.4}, {}).drop(columns="satisfaction")
    without_returns = customers({"satisfaction": 1.0}, {}).drop(columns="returns_share")
    assert moves(without_scores, [C, C]) == {0: "fix"}
    assert moves(without_returns, [C, C]) == {0: "fix"}


def test_a_file_without_amounts_supports_no_recommendation():
    table = customers({"satisfaction": 1.0}, {}).drop(columns="annual_revenue")
    found = evidence_of(tiering_of(table, [78.0, C]).base)
    assert set(kinds_unavailable(found)) == {rule.kind for rule in RULES}
    assert moves(table, [78.0, C]) == {}


@pytest.mark.parametrize("missing", [name for name in customers({}).columns if name != "customer_id"])
def test_any_column_may_be_absent(missing):
    table = customers(SILENT, {"satisfaction": 1.0}, {"recency_days": RED_DAYS}, {}).drop(columns=missing)
    moves(table, [S, A, B, NONE])


def test_every_column_a_rule_reads_has_a_code_for_its_absence():
    assert {key for rule in RULES for key in rule.needs} <= set(NEED_OF)


def test_no_rule_applies_to_an_empty_tier_above():
    table = customers({"recency_days": RED_DAYS}, {})
    assert moves(table, [C, C]) == {0: "remind"}


def test_bills_thirty_days_overdue_are_collected_in_every_tier_before_anything_is_sold():
    table = customers({"overdue_days": 31.0}, {"overdue_days": 30.0}, {"overdue_days": 90.0, "satisfaction": 1.0})
    assert moves(table, [S, A, C]) == {0: "collect", 2: "collect"}


def test_faults_and_many_tickets_are_mended():
    table = customers({"fault_rate": 0.2}, {"tickets": 9.0}, {"tickets": 1.0}, {"tickets": 1.0}, {"tickets": 2.0})
    assert moves(table, [A, A, A, A, A]) == {0: "fix", 1: "fix"}


def test_a_small_share_of_a_known_need_is_worth_what_is_bought_elsewhere():
    table = customers({"wallet_share": 0.2, "wallet": 500_000.0}, {"wallet_share": 0.2}, {"wallet_share": 0.3})
    found = recommendations(tiering_of(table, [S, C, A]))
    assert [(part.kind, part.rows.tolist(), part.money) for part in found] == [("wallet", [0], 400_000.0)]
