"""Advice per tier as the cards show it: plain text in one language, one dict per tier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from math import ceil
from typing import Any

from tiering.strategy.kpis import Kpi
from tiering.strategy.playbooks import ServiceLevel
from tiering.strategy.reasons import Named
from tiering.strategy.recommend import Recommendation
from tiering.strategy.tier_advice import TierAdvice
from tiering.words import Words

LONGEST_NAME = 60
KPI_TOLD = ("label", "baseline", "target", "period", "responsible")


def advice_cards(advice: tuple[TierAdvice, ...], words: Words, currency: str = "") -> list[dict[str, Any]]:
    """Advice per tier → one card per tier, top first; every value is plain text or a list of it.

    Keys: ``tier`` (number, 0 the top), ``label``, ``headline``, ``service_line``, ``service_note``, ``facts``
    (sentences), ``kpi`` (``label``, ``baseline``, ``target``, ``hint``), ``kpi_note``, ``recommendations`` (see
    ``recommendation_card``), ``more`` (a sentence on what was left out, or on why there is nothing). Names and
    categories are the user's own text: show them as text, never as markup.
    """
    return [_card(part, words, currency) for part in advice]


def recommendation_card(part: Recommendation, words: Words, currency: str = "") -> dict[str, str]:
    """Recommendation → ``kind`` (code), ``title``, ``detail`` (at most three names, then how many more), ``money``."""
    common = {name: _fact(name, value, words) for name, value in part.facts.items()}
    text = f"strategy.move.{part.kind}"
    if part.signs:
        common["why"] = words("strategy.names.or").join(words(f"strategy.sign.{sign}") for sign in part.signs)
    return {
        "kind": part.kind,
        "title": words(f"{text}.title", n=len(part.rows), **common),
        "detail": words(f"{text}.detail", names=_names(part, words), **common),
        "money": words(f"strategy.money.{part.basis}", money=words.money(part.money, currency)),
    }


def not_judged(unavailable: Mapping[Any, str], words: Words) -> list[str]:
    """Kinds the data cannot support → one sentence per thing that is missing."""
    by_need = sorted(unavailable.items(), key=lambda item: item[1])
    between = words("strategy.names.between")
    return [
        words(
            "strategy.cards.not_judged",
            kinds=between.join(words(f"strategy.move.{kind}.label") for kind, _ in group),
            need=words(f"strategy.needs.{need}"),
        )
        for need, group in groupby(by_need, key=lambda item: item[1])
    ]


def judged_in_part(parts: Mapping[Any, tuple[str, ...]], words: Words) -> list[str]:
    """Kinds judged by some of their signs only → a sentence each on what the others would need."""
    between = words("strategy.names.between")
    return [
        words(
            "strategy.cards.in_part",
            kind=words(f"strategy.move.{kind}.label"),
            need=between.join(words(f"strategy.needs.{need}") for need in needs),
        )
        for kind, needs in parts.items()
    ]


def service_line(service: ServiceLevel, words: Words) -> str:
    """Service level in one line: ratio · response · visits · sponsor."""
    visits, ratio = service.visits_a_year, f"strategy.service.ratio_{service.staff}"
    parts = [
        words(ratio, n=service.customers_each) if service.customers_each else words("strategy.service.nobody"),
        words("strategy.service.response", n=_plain_number(words, service.response_hours)),
        words("strategy.service.visits", n=_plain_number(words, visits)) if visits else _no_visits(words),
    ]
    if service.sponsor != "none":
        parts.append(words(f"strategy.service.sponsor_{service.sponsor}"))
    return " · ".join(parts)


def _no_visits(words: Words) -> str:
    return words("strategy.service.no_visits")


def _plain_number(words: Words, value: float) -> int | str:
    """Whole numbers as such, so that one is told in the singular."""
    return int(value) if value == int(value) else words.number(value, 1)


def _card(advice: TierAdvice, words: Words, currency: str) -> dict[str, Any]:
    text = advice.playbook.text
    return {
        "tier": advice.tier,
        "label": f"{advice.name} · {words(f'{text}.label')}",
        "headline": words(f"{text}.headline"),
        "service_line": service_line(advice.playbook.service, words),
        "service_note": words("strategy.service.note"),
        "facts": _facts(advice, words),
        "kpi": [kpi_row(kpi, words, currency) for kpi in advice.kpis],
        "kpi_note": words("strategy.kpi.note"),
        "recommendations": [recommendation_card(part, words, currency) for part in advice.recommendations],
        "more": _remainder(advice, words),
    }


def _facts(advice: TierAdvice, words: Words) -> list[str]:
    text = advice.playbook.text
    lines = [(name, f"{text}.{name}") for name in _LINES]
    if advice.playbook.emphasis:
        lines.append(("emphasis", advice.playbook.emphasis))
    own = advice.edited.get(words.language, {})
    facts = [
        words(f"{text}.what"),
        *(words(f"strategy.line.{name}", text=_said(own, key, words)) for name, key in lines),
    ]
    return [*facts, _staff(advice, words)]


_LINES = ("goal", "model")


def _said(own: Mapping[str, str], key: str, words: Words) -> str:
    """The text as the scenario words it, in one line; else the original."""
    return " ".join(own[key].split()) if key in own else words(key)


def _staff(advice: TierAdvice, words: Words) -> str:
    if not advice.customers:
        return words("strategy.line.nobody")
    if not advice.playbook.service.customers_each:
        return words("strategy.line.self_served", n=advice.customers)
    kind = advice.playbook.service.staff
    people = words(f"strategy.staff.{kind}", n=advice.staff)
    return words(f"strategy.line.staff_{kind}", n=advice.customers, staff=people)


def _remainder(advice: TierAdvice, words: Words) -> str:
    return remainder(len(advice.recommendations), advice.more, words) if advice.customers else ""


def remainder(named: int, left_out: int, words: Words) -> str:
    """What a tier's card says under the moves it names: how many more there are, or that there is none."""
    if left_out:
        return words("strategy.cards.more", n=left_out)
    return "" if named else words("strategy.cards.none")


def kpi_row(kpi: Kpi, words: Words, currency: str) -> dict[str, str]:
    """A measure in words: ``label``, ``baseline``, ``target``, ``period``, who, ``hint``."""
    assert kpi.baseline is not None, "a measure that steers has a baseline"
    assert kpi.target is not None, "and a target"
    baseline, target = _PAIRS[kpi.unit](words, (kpi.baseline, kpi.target), currency)
    return {
        "label": words(f"strategy.kpi.{kpi.key}.label"),
        "baseline": baseline,
        "target": target,
        "period": words("strategy.kpi.period", n=kpi.months),
        "responsible": words(f"strategy.kpi.responsible_{kpi.responsible}"),
        "hint": words(f"strategy.kpi.{kpi.key}.hint"),
    }


def _names(part: Recommendation, words: Words) -> str:
    """The customers named, each with its reason, and how many more there are."""
    names = words("strategy.names.between").join(_name(named, words) for named in part.named)
    others = len(part.rows) - len(part.named)
    return words("strategy.names.more", names=names, n=others) if others else names


def reason(named: Named, words: Words) -> str:
    """Why a customer is named, in words."""
    facts = {name: _fact(name, value, words) for name, value in named.facts.items()}
    return words(f"strategy.reason.{named.reason}", **facts)


def _name(named: Named, words: Words) -> str:
    return words("strategy.names.one", name=_one_line(named.name), why=reason(named, words))


def _fact(name: str, value: float | str, words: Words) -> str:
    return _one_line(value) if isinstance(value, str) else _FORMS[name](words, value)


def _one_line(text: str) -> str:
    """The user's own text without line breaks, cut where it would fill the card."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _whole(words: Words, value: float) -> str:
    return words.number(value)


def _percent(words: Words, value: float) -> str:
    return words.percent(value)


def _precise_percent(words: Words, value: float) -> str:
    return words.percent(value, 1)


def _tenths_up(words: Words, value: float) -> str:
    """Rounded up, so that a customer below a line is never nothing short of it."""
    return words.number(max(ceil(value * 10 - 1e-9), 1) / 10, 1)


def _level(words: Words, value: float) -> str:
    return words.number(value, 0 if value == int(value) else 1)


_FORMS: dict[str, Callable[[Words, float], str]] = {
    "days": _whole,
    "usual": lambda words, value: words.number(max(value, 1)),
    "usual_rate": _precise_percent,
    "rate": _precise_percent,
    "usual_categories": _level,
    "reach": _whole,
    "score": _level,
    "top": _whole,
    "share": _precise_percent,
    "points": _tenths_up,
    "tickets": _whole,
    "growth": _percent,
    "fall": _percent,
}
_PAIRS: dict[str, Callable[[Words, tuple[float, float], str], Iterable[str]]] = {
    "share": lambda words, pair, _: (words.percent(value, 1) for value in pair),
    "money": lambda words, pair, currency: words.moneys(pair, currency),
    "level": lambda words, pair, _: (words.number(value, 2) for value in pair),
}
