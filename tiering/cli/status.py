"""What a command comes to: its exit status, and a sentence for whatever stopped it."""

from __future__ import annotations

from collections.abc import Callable

from tiering.cli.columns import answer_for
from tiering.cli.files import QuestionOpen
from tiering.cli.questions import asked_lines, question_lines
from tiering.cli.request import CannotRun
from tiering.cli.summary import say
from tiering.problems import DataProblem
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
            say("\n".join(asked_lines(one, words)))
        say(words("cli.tier.answer"))
        return QUESTION_OPEN
    except DataProblem as problem:
        name = problem.facts.get("name")
        said = problem_sentence(problem, words, _todo(problem, words))
        say(f"{name}: {said}" if name else said)
        return PROBLEM
    return DONE
