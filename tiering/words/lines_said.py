"""How the tiers are drawn, in sentences: for pages, papers and the command line alike."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.scenario.ways import Capacity, Condition, Criterion, Majority, Sign, Standards, TierRule
from tiering.tiers.majority import votes
from tiering.tiers.readings import Readings, readings
from tiering.tiers.score import MILLI
from tiering.tiers.standards import Judged, judge
from tiering.words.catalogue import Words
from tiering.words.limits import limit_text

SIGNS: dict[Sign, str] = {">": ">", ">=": "≥", "<=": "≤", "<": "<"}


def readings_of(tiering: Tiering) -> Readings:
    """The indicators of a tiering's customers, as its rules ask for them."""
    return readings(tiering.base.customers, tiering.base.matrix.indicators, tiering.base.matrix.standing)


def label_of(key: str, words: Words) -> str:
    """Label of an indicator; a key from elsewhere as it is."""
    text = f"indicator.{key}.label"
    return words(text) if words.has(text) else key


def drawn_sentences(tiering: Tiering, words: Words) -> list[str]:
    """For each tier, best first, what one has to be or to reach for it."""
    scenario, known = tiering.scenario, readings_of(tiering)
    match scenario.way:
        case Standards():
            asked = [rule_text(rule, known, words) for rule in scenario.way.rules]
            return [*asked, words("ways.drawn.rest")]
        case Majority():
            lines = len(scenario.tiers) - 1
            return [
                *(_profile_text(scenario.way, tier, known, words) for tier in range(lines)),
                words("ways.drawn.rest"),
            ]
    points = [words("ways.drawn.line", points=words.number(place / MILLI, 1)) for place in tiering.positions]
    if isinstance(scenario.way, Capacity):
        staff = [_staff_text(scenario.way, tier, words) for tier in range(len(scenario.tiers))]
        return [
            words.listed((line, people))
            for line, people in zip([*points, words("ways.drawn.rest")], staff, strict=True)
        ]
    return [*points, words("ways.drawn.rest")]


def rule_text(rule: TierRule, known: Readings, words: Words) -> str:
    """``Annual revenue > 1,000,000 and Order frequency ≥ 12``; that nobody meets it where it has no condition."""
    if not rule.conditions:
        return words("ways.drawn.nobody")
    return words(f"ways.drawn.{rule.need}").join(condition_text(part, known, words) for part in rule.conditions)


def condition_text(condition: Condition, known: Readings, words: Words) -> str:
    """``Annual revenue > 1,000,000``."""
    limit = limit_text(condition.value, known.indicators.get(condition.indicator), words)
    return f"{label_of(condition.indicator, words)} {SIGNS[condition.sign]} {limit}"


def unjudged(tiering: Tiering, words: Words, currency: str = "") -> list[str]:
    """What standards or a majority could not judge in this data; nothing where tiers are drawn by score."""
    way = tiering.scenario.way
    if isinstance(way, Standards):
        return _standard_notes(tiering, way, words, currency)
    return _majority_notes(tiering, way, words) if isinstance(way, Majority) else []


def _standard_notes(tiering: Tiering, standards: Standards, words: Words, currency: str) -> list[str]:
    """Columns a rule lacks, rules without conditions, customers held back by a missing value, customers not tiered."""
    judged = judge(readings_of(tiering), standards)
    notes = _rule_notes(tiering.scenario.tiers, standards, judged, words)
    held = int(judged.kept_back.sum())
    if held:
        money = float(tiering.base.revenue[judged.kept_back].sum())
        notes.append(words("ways.standards.kept_back", n=held, money=words.money(money, currency)))
    return [*notes, *_untiered(tiering, "ways.standards.untiered", words)]


def _rule_notes(tiers: tuple[str, ...], standards: Standards, judged: Judged, words: Words) -> list[str]:
    """For each tier the columns its rule asks for in vain, and what that means; tiers without a condition."""
    notes = []
    for place, rule in enumerate(standards.rules):
        asked = dict.fromkeys(condition.indicator for condition in rule.conditions)
        lacking = [label_of(key, words) for key in asked if key in judged.absent]
        if lacking:
            text = "ways.standards.closed" if place in judged.idle else "ways.standards.absent"
            notes.append(words(text, tier=tiers[place], indicators=words.listed(lacking)))
    empty = [tier for tier, rule in zip(tiers, standards.rules, strict=False) if not rule.conditions]
    return [*notes, words("ways.standards.idle", tiers=words.listed(empty))] if empty else notes


def _majority_notes(tiering: Tiering, majority: Majority, words: Words) -> list[str]:
    """Criteria left out, and customers of whom too little is known."""
    if not any(criterion.weight for criterion in majority.criteria):
        return [words("ways.majority.silent")]
    absent = votes(readings_of(tiering), majority, len(tiering.scenario.tiers) - 1).absent
    lacking = [criterion for criterion in majority.criteria if criterion.indicator in absent]
    return [*_unvoiced(lacking, majority, words), *_untiered(tiering, "ways.majority.untiered", words)]


def _unvoiced(lacking: list[Criterion], majority: Majority, words: Words) -> list[str]:
    """Criteria this data has no column for, the weight they hold, and vetoes that keep nobody out."""
    if not lacking:
        return []
    share = sum(one.weight for one in lacking) / sum(one.weight for one in majority.criteria)
    names = words.listed(label_of(one.indicator, words) for one in lacking)
    notes = [words("ways.majority.absent", indicators=names, share=words.percent(share))]
    barring = [label_of(one.indicator, words) for one in lacking if any(veto is not None for veto in one.vetoes or ())]
    return [*notes, words("ways.majority.no_veto", indicators=words.listed(barring))] if barring else notes


def _untiered(tiering: Tiering, text: str, words: Words) -> list[str]:
    untiered = int((tiering.base_tiers == len(tiering.scenario.tiers)).sum())
    return [words(text, n=untiered)] if untiered else []


def _profile_text(majority: Majority, tier: int, known: Readings, words: Words) -> str:
    share = words.percent(majority.majority)
    parts = words.listed(_voice_text(criterion, tier, known, words) for criterion in majority.criteria)
    return words("ways.drawn.majority", share=share, criteria=parts)


def _voice_text(criterion: Criterion, tier: int, known: Readings, words: Words) -> str:
    """``Annual revenue ≥ 400,000 (60)``, with the veto where there is one."""
    indicator, key = known.indicators.get(criterion.indicator), criterion.indicator
    sign, bad = ("≥", "≤") if known.more_is_better(key) else ("≤", "≥")
    text = (
        f"{label_of(key, words)} {sign} {limit_text(criterion.profiles[tier], indicator, words)} ({criterion.weight})"
    )
    veto = criterion.vetoes[tier] if criterion.vetoes else None
    if veto is None:
        return text
    return words("ways.drawn.veto", text=text, veto=f"{bad} {limit_text(veto, indicator, words)}")


def _staff_text(capacity: Capacity, tier: int, words: Words) -> str:
    staff = capacity.tiers[tier]
    return words("ways.drawn.staff", people=words.number(staff.people, 1), hours=words.number(staff.hours, 1))
