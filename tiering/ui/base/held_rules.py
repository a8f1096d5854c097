"""Rules, weights and decisions as the browser tab holds them, without any data: they outlive the server."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from tiering.ui.base import session_choices
from tiering.ui.base.keep.files import light
from tiering.ui.base.session_choices import Choices

KEYS = ("language", "sample", "scenario", "baseline", "saved", "log", "drawn", "proposed")
MOST_CHARACTERS = 1_000_000  # a tab holds some five million, and who sends more is no tab of ours
MOST_FILES = 20


def rules_text(choices: Choices) -> str:
    """What a tab holds of a session, with the names of its files; empty where it is too much to hold."""
    kept = {key: form.dump_python(getattr(choices, key), mode="json") for key, form in light(Choices) if key in KEYS}
    if choices.resumed is not None:
        kept["scenario"] = choices.resumed.model_dump(mode="json")
    names = [source.name for source in (*choices.sources, *choices.waiting)] or list(choices.again)
    text = json.dumps({"choices": kept, "files": names[:MOST_FILES]}, ensure_ascii=False)
    return text if len(text) <= MOST_CHARACTERS else ""


def resumed_choices(text: object) -> Choices | None:
    """What a tab brought back → choices to go on with; None for anything that was not written so.

    Where the session had files of its own, they are to be loaded ``again``; until then the sample is shown by what
    fits every data, and the scenario waits in ``resumed``.
    """
    if not isinstance(text, str) or not 0 < len(text) <= MOST_CHARACTERS:
        return None
    try:
        told = json.loads(text)
        forms = dict(light(Choices))
        given: dict[str, Any] = {
            key: forms[key].validate_json(json.dumps(told["choices"][key])) for key in KEYS if key in told["choices"]
        }
        files = tuple(str(name) for name in told["files"][:MOST_FILES])
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return None
    choices = Choices(**given)
    if not files:
        return choices
    waiting = session_choices.on_other_data(choices.scenario)
    return replace(choices, scenario=waiting, resumed=choices.scenario, baseline=None, again=files)
