"""Advice cards: the sentences people read, in both languages, and names as plain text."""

import json
import re
from dataclasses import replace

import pytest
from tiered_customers import customers, only, tiering_of

from tiering.scenario.plan import Playbooks
from tiering.strategy.evidence import NEED_OF, evidence_of
from tiering.strategy.kpis import MEASURES
from tiering.strategy.playbooks import LADDER, LED_BY
from tiering.strategy.recommend import kinds_unavailable, recommendations
from tiering.strategy.rules import RULES
from tiering.strategy.tier_advice import advice
from tiering.words import LANGUAGES, Words
from tiering.words.advice import LONGEST_NAME, advice_cards, not_judged, recommendation_card

LATE = {"recency_days": 60.0}
GONE = {"annual_orders": 0, "annual_revenue": 0.0, "recency_days": 1400.0}
EN, ZH = Words("en"), Words("zh")


def cards(table, points, words=EN, **choices):
    return advice_cards(advice(tiering_of(table, points, **choices)), words, "¥")


def card(words, *changes):
    """The one recommendation for customers in the top tier, as shown."""
    tiering = tiering_of(customers(*changes), [90.0] * len(changes))
    return recommendation_card(only(recommendations(tiering)), words, "¥")


def test_an_overdue_customer_is_named_with_its_rhythm_and_its_money():
    assert card(EN, LATE | {"customer_name": "Haike"}) == {
        "kind": "protect",
        "title": "1 customer clearly overdue by its own rhythm: call now",
        "detail": "Haike (silent for 60 days, usually orders every 30). The account manager calls: is a project late, "
        "stock still full, or somebody else chosen? Up to 1 in 20 customers keeping their rhythm look this late by "
        "chance: a reason to ask, not a verdict.",
        "money": "¥100K a year",
    }


def test_the_same_in_chinese():
    shown = card(ZH, LATE | {"customer_name": "海科装备"})
    assert shown["title"] == "1 家明显超出自身采购节奏：尽快联系"
    assert shown["detail"].startswith("海科装备（60 天未下单，平均 30 天一单）。客户经理致电")
    assert shown["money"] == "年销售额 ¥10.0万"


def test_three_names_and_how_many_more():
    late = [LATE | {"customer_name": name} for name in "PQRST"]
    reason = "silent for 60 days, usually orders every 30"
    assert card(EN, *late)["detail"].startswith(f"P ({reason}); Q ({reason}); R ({reason}); and 2 more.")
    assert "，另有 2 家。" in card(ZH, *late)["detail"]


def test_three_customers_are_named_without_a_remainder():
    assert "more" not in card(EN, LATE, LATE, LATE)["detail"].split(". The account")[0]
    assert "另有" not in card(ZH, LATE, LATE, LATE)["detail"]


@pytest.mark.parametrize(
    ("points", "changes", "shown"),
    [
        (90.0, {"credit": "CCC"}, "Firm 0 (credit CCC)"),
        (30.0, GONE, "Firm 0 (silent for 1,400 days)"),
        (50.0, {"satisfaction": 1.5}, "Firm 0 (satisfaction 1.5 of 5)"),
        (50.0, {"returns_share": 0.1016}, "Firm 0 (10.2% returned)"),
        (50.0, {"tenure_days": 12.0, "gaps": 0}, "Firm 0 (first order 12 days ago)"),
        (57.96, {}, "Firm 0 (2.1 short)"),
        (59.999, {}, "Firm 0 (0.1 short)"),
        (50.0, {"growth": 1.25}, "Firm 0 (125% growth)"),
    ],
)
def test_each_reason_is_shown_with_its_figure(points, changes, shown):
    table = customers(changes, {"tenure_days": 800.0})
    part = only(recommendations(tiering_of(table, [points, 50.0])))
    assert recommendation_card(part, EN)["detail"].startswith(f"{shown}. ")


def test_a_thin_margin_is_shown_beside_the_usual_one():
    table = customers({"margin_rate": 0.123}, {}, {})
    shown = recommendation_card(only(recommendations(tiering_of(table, [90.0, 50.0, 50.0]))), EN, "€")
    assert shown["detail"].startswith("Firm 0 (margin rate 12.3%); the median margin rate of all customers is 30.0%.")
    assert shown["money"] == "€17.7K margin short of usual"


def test_the_only_category_and_the_breadth_of_the_tier_are_shown():
    table = customers({"categories": 1.0, "top_category": "阀门"}, {}, {})
    shown = recommendation_card(only(recommendations(tiering_of(table, [50.0] * 3))), ZH)
    assert shown["detail"].startswith("Firm 0（只买阀门）；同级客户采购品类数的中位数为 4。")


@pytest.mark.parametrize("name", ["{n}", "{0}", "%s", "<img src=x onerror=alert(1)>", "[a](http://x)", "a & b"])
def test_a_name_is_text_and_nothing_else(name):
    assert card(EN, LATE | {"customer_name": name})["detail"].startswith(f"{name} (silent")


def test_a_name_stays_on_one_line_and_does_not_fill_the_card():
    shown = card(EN, LATE | {"customer_name": "Two\nlines\t" + "x" * 500})["detail"]
    assert shown.startswith("Two lines xxx")
    assert len(shown.split(" (silent")[0]) == LONGEST_NAME


def test_a_card_says_what_the_tier_is_and_how_it_is_served():
    top = cards(customers({}, {}), [90.0, 90.0])[0]
    assert (top["tier"], top["label"], top["headline"]) == (0, "S · Key accounts", "Protect and build together")
    assert top["service_line"] == (
        "1 account manager for 8 · answer within 2 h · 12 visits a year · executive sponsor, meets quarterly"
    )
    assert "2 customers: at this ratio they take 1 account manager." in top["facts"]


def test_the_base_is_served_by_the_desk_without_visits():
    base = cards(customers(*[{}] * 3), [30.0] * 3, ZH)[3]
    assert base["service_line"] == "1 名内勤销售服务 300 家 · 48 小时内响应 · 按需联系"
    assert "本级 3 家，按此配比需 1 名内勤销售。" in base["facts"]


def test_the_goal_adds_its_emphasis():
    plain, profitable = (cards(customers({}), [90.0], goal=goal)[0]["facts"] for goal in ("balanced", "profitability"))
    assert not [fact for fact in plain if fact.startswith("Emphasis")]
    assert [fact for fact in profitable if fact.startswith("Emphasis: Trade added services")]


def test_a_tier_with_nothing_to_do_says_so_and_an_empty_one_says_that():
    calm, empty = cards(customers({}), [90.0])[:2]
    assert calm["more"] == "No customer here calls for a move of its own; keep to the service level above."
    assert (empty["more"], empty["facts"][-1]) == ("", "No customer is in this tier now.")


def test_baselines_and_targets_are_in_their_units_with_a_period_and_who_answers():
    rows = cards(customers({}, {"recent_half_revenue": 0.0}), [90.0, 90.0])[0]["kpi"]
    assert {row["label"]: (row["baseline"], row["target"]) for row in rows} == {
        "Repurchase rate": ("50.0%", "57.5%"),
        "Annual revenue per customer": ("¥100K", "¥110K"),
        "Average satisfaction": ("4.00", "4.40"),
        "Margin rate": ("30.0%", "32.0%"),
        "Returns share": ("2.0%", "1.7%"),
    }
    assert {(row["period"], row["responsible"]) for row in rows} == {("12 months", "account manager")}
    base = cards(customers({}), [30.0])[3]["kpi"]
    assert {row["responsible"] for row in base} == {"inside sales"}


def test_a_measure_without_data_or_at_its_bound_gives_its_place_to_the_next_useful_one():
    rows = cards(customers({}).drop(columns="satisfaction"), [90.0])[0]["kpi"]
    assert [row["label"] for row in rows] == [
        "Annual revenue per customer", "Margin rate", "Returns share", "Orders per customer", "Categories per customer",
    ]  # fmt: skip
    assert not [row for row in rows if row["baseline"] == row["target"]]


def test_targets_are_called_customary_and_unverified():
    assert "unverified" in cards(customers({}), [90.0])[0]["kpi_note"]
    assert "未经验证" in cards(customers({}), [90.0], ZH)[0]["kpi_note"]


def test_kinds_the_data_cannot_support_are_told_once_per_missing_thing():
    bare = customers({}, {})[["customer_id", "annual_revenue", "satisfaction", "recency_days"]]
    told = not_judged(kinds_unavailable(evidence_of(tiering_of(bare, [90.0, 30.0]).base)), EN)
    assert "Not judged (Protect; Check in; Remind): needs customers with four or more orders." in told
    assert len(told) == 7


def test_with_everything_known_nothing_is_left_unjudged():
    assert not_judged(kinds_unavailable(evidence_of(tiering_of(customers({}), [90.0]).base)), EN) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_a_card_may_need_is_there(language):
    words = Words(language)
    roles = {role for role, _ in LADDER}
    keys = [
        *(f"strategy.role.{role}.{part}" for role in roles for part in ("label", "headline", "what", "goal", "model")),
        *(f"strategy.emphasis.{goal}.{role}" for goal in LED_BY for role in roles),
        *(f"strategy.kpi.{key}.{part}" for key in MEASURES for part in ("label", "hint")),
        *(f"strategy.move.{rule.kind}.{part}" for rule in RULES for part in ("label", "title", "detail")),
        *(f"strategy.money.{rule.basis}" for rule in RULES),
        *(f"strategy.needs.{need}" for need in (*NEED_OF.values(), "nobody_known")),
    ]
    assert [key for key in keys if not words.has(key)] == []
    assert all(words(key) for key in keys)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tiers", [("S", "B"), ("S", "A", "B"), ("S", "A", "B", "C"), ("1", "2", "3", "4", "5")])
@pytest.mark.parametrize("goal", ["balanced", "market_share", "profitability", "retention", "own"])
def test_cards_are_complete_plain_data_for_every_scheme_and_goal(language, tiers, goal):
    table = customers(LATE, {"satisfaction": 1.0}, {"credit": "C"}, GONE, {"growth": 2.0}, {"categories": 1.0})
    shown = cards(table, [90.0, 58.0, 70.0, 10.0, 30.0, 50.0], Words(language), tiers=tiers, goal=goal)
    text = json.dumps(shown, ensure_ascii=False)
    assert len(shown) == len(tiers)
    assert not re.search(r"\{\w*\}|strategy\.|\bnan\b", text)
    assert not (language == "en" and re.search("[\u4e00-\u9fff]", text))
    assert not (language == "zh" and re.search("[\u4e00-\u9fff][,;:?!()]", text))


def test_a_card_says_what_the_scenario_words_its_own_way_in_that_language_only():
    own = Playbooks(texts={"en": {"strategy.role.top.goal": "Never lose\none.", "strategy.role.top.model": "By *Li*."}})
    tiering = tiering_of(customers({}), [90.0])
    found = advice(replace(tiering, scenario=tiering.scenario.model_copy(update={"playbooks": own})))
    facts, chinese = advice_cards(found, EN)[0]["facts"], advice_cards(found, ZH)[0]["facts"]
    assert facts[1:3] == ["Goal: Never lose one.", "Sales model: By *Li*."]
    assert chinese == advice_cards(advice(tiering), ZH)[0]["facts"]


def title(words, *changes, drop=()):
    """Title of the one recommendation for customers of tier B."""
    table = customers(*changes).drop(columns=list(drop))
    return recommendation_card(only(recommendations(tiering_of(table, [50.0] * len(changes)))), words, "¥")["title"]


def test_a_title_names_the_troubles_there_are_and_no_other():
    returned, unhappy = {"returns_share": 0.3}, {"satisfaction": 1.0}
    assert title(EN, returned, drop=["satisfaction"]) == "1 customer returning much: mend this before selling"
    assert title(ZH, returned, returned) == "2 家退货多：先解决问题，再谈销售"
    assert title(ZH, unhappy, returned) == "2 家满意度低或退货多：先解决问题，再谈销售"
    asking = title(EN, {"tickets": 9.0}, {"fault_rate": 0.5}, {"tickets": 1.0}, {"tickets": 1.0})
    assert asking == "2 customers with many faults or with many service tickets: mend this before selling"


def test_who_is_unhappy_and_returns_much_is_told_by_the_graver_of_both():
    both = {"returns_share": 0.3, "satisfaction": 1.0}
    assert title(ZH, both) == "1 家满意度低：先解决问题，再谈销售"
    assert card(EN, both)["detail"].startswith("Firm 0 (satisfaction 1 of 5). ")


def test_late_bills_are_not_called_weak_credit():
    assert title(ZH, {"overdue_days": 40.0}) == "1 家账款逾期 30 天以上：先控账期，再谈放量"
    assert "weak credit" not in title(EN, {"overdue_days": 40.0})


def test_a_fall_is_told_with_its_size_and_its_period():
    assert card(EN, {"growth": -0.254})["detail"].startswith("Firm 0 (buys 25% less than in the window before). ")
    assert card(ZH, {"growth": -0.254})["title"] == "1 家采购额下滑：安排回访"
    table = customers({"recent_half_revenue": 20_000.0}).drop(columns="growth")
    shown = recommendation_card(only(recommendations(tiering_of(table, [90.0]))), EN)
    assert shown["detail"].startswith("Firm 0 (buys 60% less in the second half of the window than in the first). ")
