"""What was taken to be so of a file, in sentences: claims, questions with the effect of each answer, money bridge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tiering.claims import BY_FILE, Choice, Claim, NotUsed, Question, Step, is_worth_asking
from tiering.dataset import Dataset, Meaning
from tiering.problems import DataProblem, Problem
from tiering.words import Words
from tiering.words.sentences import problem_sentence


def claim_sentence(claim: Claim, words: Words, currency: str = "") -> str:
    """One claim with its effect."""
    key = f"claim.{claim.claim}.{claim.evidence.get('why', 'said')}"
    return words(key, **_facts(claim, words, currency), value=_shown(claim.value, words))


def question_title(question: Question, words: Words) -> str:
    """What is asked."""
    return words(f"question.{question.code}.title", **_facts(question, words, ""))


def question_why(question: Question, words: Words, currency: str = "") -> str:
    """Why it is asked, empty where the title says it all."""
    key = f"question.{question.code}.{question.evidence.get('why', 'evidence')}"
    return words(key, **_facts(question, words, currency)) if words.has(key) else ""


def choice_label(question: Question, choice: Choice, words: Words) -> str:
    """One answer in words."""
    if isinstance(choice.value, str):
        key = f"question.{question.code}.choice.{choice.value}"
        return words(key) if words.has(key) else choice.value
    kinds = sorted(choice.value) if isinstance(choice.value, Mapping) else []
    key = f"question.{question.code}.choice.{kinds[0]}" if len(kinds) == 1 else ""
    if key and words.has(key):
        return words(key, value=_shown(choice.value[kinds[0]], words))
    return _shown(choice.value, words)


def choice_effect(choice: Choice, words: Words, currency: str = "") -> str:
    """What would count with an answer: lines and money, empty where it is not known."""
    if choice.money is None:
        return "" if choice.lines is None else words("question.effect.lines", n=choice.lines)
    return words("question.effect.money", n=choice.lines or 0, money=_money(choice.money, words, currency))


def answer_json(question: Question, value: Any) -> str:
    """The answer as ``--answers`` takes it."""
    return json.dumps(
        {question.code: {question.file: value} if question.code in BY_FILE else value}, ensure_ascii=False
    )


def step_label(step: Step, words: Words) -> str:
    """One step of the money bridge."""
    label = words(f"bridge.{step.step}")
    return f"{label}{words('bridge.colon')}{step.detail}" if step.detail else label


def receipt_line(dataset: Dataset, words: Words) -> str:
    """One line of the receipt: which files, how much of their money counts, or how many of their rows."""
    files = words.listed(source.name for source in dataset.sources)
    if dataset.meaning.bridge:
        total, counted = dataset.meaning.bridge[0], dataset.meaning.bridge[-1]
        key = "receipt.line_all" if total.money == counted.money and total.lines == counted.lines else "receipt.line"
        moneys = words.moneys([float(total.money), float(counted.money)], dataset.currency)
        said = words(key, files=files, total=moneys[0], counted=moneys[1], n=counted.lines)
        aside = sum(sum(source.set_aside.values()) for source in dataset.sources)
        return said + (words("receipt.line_aside", n=aside) if aside else "")
    used = sum(source.used for source in dataset.sources)
    aside = sum(source.read for source in dataset.sources) - used - sum(source.header for source in dataset.sources)
    return words("receipt.line_rows" if aside else "receipt.line_rows_all", files=files, n=used, aside=aside)


def bridge_sentence(dataset: Dataset, words: Words) -> str:
    """From the files' total to the revenue counted in one sentence, to the cent; empty where nothing was taken."""
    bridge = dataset.meaning.bridge
    if len(bridge) <= 2:
        return ""
    total, *between, counted = (words.money_exact(float(step.money), dataset.currency) for step in bridge)
    named = zip(bridge[1:-1], between, strict=True)
    said = [
        words("bridge.taken", step=step_label(step, words), n=abs(step.lines), money=money) for step, money in named
    ]
    return words("bridge.sentence", total=total, list=words.listed(said), counted=counted)


def meaning_lines(dataset: Dataset, words: Words) -> list[str]:
    """What was taken without asking, which files count for nothing, and the money bridge."""
    taken = [claim_sentence(one, words, dataset.currency) for one in dataset.meaning.claims if one.degree != "sure"]
    unused = [not_used_sentence(one, words) for one in dataset.meaning.not_used]
    bridge = bridge_sentence(dataset, words)
    return [*taken, *unused, *([bridge] if bridge else [])]


def deserves_a_look(meaning: Meaning) -> bool:
    """Whether what was taken without asking moves more than one per cent of the money."""
    whole = meaning.bridge[0].money if meaning.bridge else None
    moved = [claim.money for claim in meaning.claims if claim.degree == "likely"]
    return any(is_worth_asking(money, whole) for money in moved)


def not_used_sentence(one: NotUsed, words: Words) -> str:
    """Why a file or sheet counts for nothing."""
    if one.why == "problem":
        problem = DataProblem(Problem(one.facts["code"]), **one.facts["facts"])
        return f"{one.file}{words('bridge.colon')}{problem_sentence(problem, words)}"
    return words(f"not_used.{one.why}", file=one.file, **one.facts)


def _facts(one: Claim | Question, words: Words, currency: str) -> dict[str, object]:
    told = {name: _shown(fact, words) for name, fact in one.evidence.items() if name != "why"}
    money = _money(one.money, words, currency)
    return {"file": one.file, "n": one.lines, "money": money, "column": getattr(one, "column", ""), **told}


def _money(money: Decimal | None, words: Words, currency: str) -> str:
    return "" if money is None else words.money_exact(float(money), currency)


def _shown(fact: Any, words: Words) -> Any:
    """A fact as people read it: lists with the language's comma, answers as “value → what it counts as”."""
    if isinstance(fact, Mapping):
        return words.listed(f"{name} → {_shown(value, words)}" for name, value in fact.items())
    if isinstance(fact, list | tuple):
        return words.listed(str(_shown(one, words)) for one in fact)
    if isinstance(fact, Decimal):
        return words.money_exact(float(fact))
    if isinstance(fact, str) and words.has(f"meaning.value.{fact}"):
        return words(f"meaning.value.{fact}")
    return fact
