"""The questions a file leaves open, with the answer to each as it is typed on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tiering.words import Words

MOST_EXAMPLES = 3


def question_lines(name: str, question: dict[str, Any], words: Words) -> Iterator[str]:
    """One question of the file ``name``: what is asked, why, and a line per answer with what it leads to."""
    code = str(question["code"])
    yield words("cli.tier.question", name=name, question=words(f"question.{code}.title") + _why(code, question, words))
    for choice in question["choices"]:
        answer = json.dumps({code: choice["value"]}, ensure_ascii=False)
        yield f"  --answers '{answer}'  → {_examples(choice.get('preview'))}"


def _why(code: str, question: dict[str, Any], words: Words) -> str:
    """The evidence in a sentence, nothing where it has none."""
    evidence = question["evidence"]
    key = f"question.{code}.{evidence.get('why', 'evidence')}"
    return words.locale.between_sentences + words(key, **evidence) if words.has(key) else ""


def _examples(preview: object) -> str:
    if not isinstance(preview, list):
        return "" if preview is None else str(preview)
    return ", ".join(str(one) for one in preview[:MOST_EXAMPLES])
