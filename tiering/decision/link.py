"""A scenario as a few hundred letters of an address: its choices, never a customer."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import Any

from tiering.decision.saved import Saved, saved_from_json
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.scenario.touches import only

LONGEST = 2_000  # what every browser, mail and chat program carries
MOST_BYTES = 200_000  # unpacked; far above what a link of that length can honestly hold
_LETTERS = re.compile(r"[A-Za-z0-9_-]+")


def link_text(scenario: Scenario) -> str:
    """Scenario → letters, digits, ``-`` and ``_``: what differs from the defaults and is ``carried``."""
    fields = _differing(*(one.model_dump(mode="json") for one in (linked_scenario(scenario), Scenario())))
    written = json.dumps({"version": scenario.version, **fields}, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(written.encode(), level=9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def linked_scenario(scenario: Scenario) -> Scenario:
    """The scenario as a link carries it: without tiers set by hand, appeals, merged or excluded customers and scales.

    On the data it was made on it gives the same tiers, but for those choices about single customers.
    """
    return only(scenario, lambda touches: touches.link)


def saved_of_link(text: str) -> Saved:
    """What ``link_text`` wrote → the scenario, checked like a file.

    Raises
    ------
    DataProblem
        LINK_BROKEN for anything that was not written so, and those of ``saved_from_json``.
    """
    if not _LETTERS.fullmatch(text):
        raise DataProblem(Problem.LINK_BROKEN)
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        opened = zlib.decompressobj()
        written = opened.decompress(packed, MOST_BYTES)
        whole = opened.eof and not opened.unconsumed_tail
        return saved_from_json(written.decode() if whole else "")
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise DataProblem(Problem.LINK_BROKEN) from error
    except DataProblem as problem:
        if problem.code == Problem.SCENARIO_NOT_JSON:
            raise DataProblem(Problem.LINK_BROKEN) from problem
        raise


def _differing(fields: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """Fields that are not as usual, and of parts that are there anyway only what differs within them."""
    return {
        name: _differing(value, usual[name]) if isinstance(value, dict) and isinstance(usual.get(name), dict) else value
        for name, value in fields.items()
        if name not in usual or value != usual[name]
    }
