"""What a command comes to: its exit status, a sentence for whatever stopped it, and the questions that are open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tiering.claims import Question
from tiering.cli.files import QuestionOpen
from tiering.cli.request import CannotRun, answer_for
from tiering.cli.summary import say
from tiering.problems import DataProblem
from tiering.said.meaning import answer_json, choice_effect, choice_label, question_title, question_why
from tiering.words import Words
from tiering.words.sentences import problem_sentence

DONE, WRITTEN_WRONGLY, QUESTION_OPEN, PROBLEM = 0, 2, 3, 4


def _todo(problem: DataProblem, words: Words) -> str:
    """What to do where the app would send somebody to one of its pages; empty where its own advice holds here."""
    answer = answer_for(problem, words)
    return words("cli.columns.todo", answers=answer) if answer else ""


def status_of(action: Callable[[], None], words: Words) -> int:
    """Run an action → 0, 2 (the request cannot be carried out), 3 (a question), 4 (a problem of a file)."""
    try:
        action()
    except CannotRun as reason:
        say(words(reason.key, **reason.facts))
        return WRITTEN_WRONGLY
    except QuestionOpen as asked:
        for question in asked.questions:
            say("\n".join(question_lines(asked.name, question, words)))
        for one in asked.asked:
            say("\n".join(claim_question_lines(one, words)))
        say(words("cli.tier.answer"))
        return QUESTION_OPEN
    except DataProblem as problem:
        name = problem.facts.get("name")
        said = problem_sentence(problem, words, _todo(problem, words))
        say(f"{name}: {said}" if name else said)
        return PROBLEM
    return DONE


MOST_EXAMPLES = 3


def question_lines(name: str, question: dict[str, Any], words: Words) -> Iterator[str]:
    """One question of the file ``name``: what is asked, why, and a line per answer with what it leads to."""
    code = str(question["code"])
    yield words("cli.tier.question", name=name, question=words(f"question.{code}.title") + _why(code, question, words))
    for choice in question["choices"]:
        answer = json.dumps({code: choice["value"]}, ensure_ascii=False)
        yield f"  --answers '{answer}'  → {_examples(choice.get('preview'))}"


def claim_question_lines(question: Question, words: Words) -> Iterator[str]:
    """A question of what lines mean: what is asked, why, and a line per answer with what would count."""
    why = question_why(question, words)
    said = question_title(question, words) + (words.locale.between_sentences + why if why else "")
    yield words("cli.tier.question", name=question.file, question=said)
    for choice in question.choices:
        effect = [choice_label(question, choice, words), choice_effect(choice, words)]
        if question.proposal is not None and choice.value == question.proposal:
            effect.append(words("question.effect.proposed"))
        yield f"  --answers '{answer_json(question, choice.value)}'  → {' · '.join(one for one in effect if one)}"


def _why(code: str, question: dict[str, Any], words: Words) -> str:
    """The evidence in a sentence, nothing where it has none."""
    evidence = question["evidence"]
    key = f"question.{code}.{evidence.get('why', 'evidence')}"
    return words.locale.between_sentences + words(key, **evidence) if words.has(key) else ""


def _examples(preview: object) -> str:
    """The first few of a preview in a row; a row of cells as "what stands there = what is read of it"."""
    if not isinstance(preview, list):
        return "" if preview is None else str(preview)
    return ", ".join(
        " = ".join(map(str, one)) if isinstance(one, list) else str(one) for one in preview[:MOST_EXAMPLES]
    )
