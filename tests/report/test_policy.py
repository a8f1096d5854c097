"""The written policy: all chapters, filled from the scheme, opened by another reader."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from tests.report.four_customers import CUSTOMERS, SCENARIO, dataset, plain, plain_tiers, tiers_of
from tiering.decision.saved import Entry
from tiering.report import Handout
from tiering.report.policy import policy
from tiering.report.policy.chapters import quarter_ends
from tiering.scenario.exceptions import Appeal, CapRule, Ledger, Override, PointRule, Review, TierRules
from tiering.scenario.measures import Newcomers
from tiering.scenario.plan import Playbooks
from tiering.scenario.ways.standards import Standards, TierRule
from tiering.words import LANGUAGES, Words

CHAPTERS = 12


def paper(language="en", **changes):
    tiering = tiers_of(plain(), SCENARIO.model_copy(update=changes)) if changes else plain_tiers()
    return docx.Document(io.BytesIO(policy(Handout(tiering, plain(), Words(language)))))


def headings(document) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == "Heading 1"]


def cells(document) -> set[str]:
    return {cell.text for table in document.tables for row in table.rows for cell in row.cells}


def said(document) -> str:
    return "\n".join(one.text for one in document.paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapters_are_numbered_and_complete(language):
    titles = headings(paper(language))
    between = "、" if language == "zh" else ". "
    assert [title.split(between)[0] for title in titles] == [str(number) for number in range(1, CHAPTERS + 1)]


def test_weights_are_told_with_their_share():
    assert {"Annual revenue", "3", "75.0%"} <= cells(paper())


def test_points_caps_hand_set_tiers_and_appeals_are_listed():
    found = cells(
        paper(
            rules=TierRules(
                points=(PointRule(field="orders", test="at_least", value=2.0, points=10, name="Regular"),),
                caps=(CapRule(field="industry", test="is", value="steel", tier="B"),),
            ),
            ledger=Ledger(
                overrides=(Override(customer_id="small", tier="A", reason="tender", owner="Li", expires="2026-12-31"),),
                appeals=(Appeal(customer_id="gone", objection="returned in error", by="Wu", decision="declined"),),
            ),
        )
    )
    rows = {"Regular", "+10", "B at most", "Small & Co · small", "tender", "31 Dec 2026", "Gone · gone", "Declined"}
    assert rows <= found


def test_half_a_point_of_buffer_is_not_rounded():
    assert "2.5" in said(paper(review=Review(on=True, entry=2.5)))


def test_newcomers_are_treated_as_the_scenario_says():
    assert "nothing is annualised" in said(paper())
    assert "合作满 6 个月起" in said(paper("zh", newcomers=Newcomers(months=6)))


def test_edited_playbook_texts_stand_in_the_rights_of_a_tier():
    own = {"en": {"strategy.role.top.goal": "Keep every one.", "playbook.role.top.pricing": "Cost plus five."}}
    told = "\n".join(cells(paper(playbooks=Playbooks(texts=own))))
    assert "Goal: Keep every one." in told
    assert "Cost plus five. Agreements of three years" in told


def test_decisions_are_an_annex_newest_first():
    log = (
        Entry(day=date(2026, 1, 5), verdict="voted", subject="Weights", by="All"),
        Entry(day=date(2026, 2, 6), verdict="accepted", subject="Spring", reason="calmer =1+1"),
    )
    document = docx.Document(io.BytesIO(policy(Handout(plain_tiers(), plain(), Words("en"), log=log))))
    assert headings(document)[-1] == "13. Annex: decisions"
    assert [row.cells[2].text for row in document.tables[-1].rows] == ["What was decided", "Spring", "Weights"]


def test_without_exceptions_the_policy_says_so():
    assert "None is recorded today." in said(paper())
    assert "本方案未设加减分规则和等级上限。" in said(paper("zh"))


def test_measures_have_a_baseline_and_a_target_that_is_called_unverified():
    assert {"Annual revenue per customer", "Margin rate"} & cells(paper()) == {"Annual revenue per customer"}
    assert "unverified" in said(paper())


def test_strange_names_do_not_break_the_paper():
    strange = dataset(customers=CUSTOMERS | {"customer_name": ["\u0000=1+1", "<w:p/>", "名" * 2000, "\u202e🙂"]})
    document = docx.Document(io.BytesIO(policy(Handout(tiers_of(strange), strange, Words("zh")))))
    assert len(headings(document)) == CHAPTERS


@pytest.mark.parametrize(
    ("after", "ends"),
    [
        (date(2026, 9, 30), ["2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30"]),
        (date(2026, 1, 1), ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        (date(2023, 12, 31), ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
    ],
)
def test_reviews_are_on_the_last_days_of_quarters_to_come(after, ends):
    assert [str(day) for day in quarter_ends(after, 4)] == ends


def test_the_rules_that_hold_a_tier_stand_in_the_policy():
    text = said(paper(review=Review(on=True, entry=4, exit=7, confirm=3, stay=2, grace=1)))
    assert "4 points or more above" in text
    assert "more than 7 points below a line at 3 reviews in a row" in text
    assert "stays in the tier for 2 reviews" in text
    assert "At the first review after the first order" in text
    assert "set by hand and caps hold at once" in text


def test_until_rules_are_switched_on_the_tier_by_score_is_the_tier_in_force():
    text = said(paper(review=Review(entry=4, exit=7)))
    assert "nothing holds it back" in text
    assert "above a line" not in text


def test_where_no_line_by_score_parts_the_tiers_no_points_are_promised():
    text = said(paper(cuts=None, way=Standards(rules=(TierRule(),)), review=Review(on=True, grace=0, stay=1)))
    assert "Up: at once. Down: only when 2 reviews in a row draw a lower tier" in text
    assert "above a line" not in text
    assert "stays in the tier for one review" in text
