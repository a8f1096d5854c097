"""A new way of drawing lines, made as the recipe says: four code files and its words, nothing else is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHOICES = '''"""As many customers as asked for above the first line."""

from __future__ import annotations

from typing import ClassVar, Literal

from tiering.scenario.ways.way import Way


class Best(Way):
    """The best so many customers are the top tier; the others share the rest."""

    kind: Literal["best"] = "best"
    order: ClassVar[int] = 9
    number: int

    def fits(self, tiers: int) -> bool:
        """Two tiers."""
        return tiers == 2


WAYS = {"best": Best}
'''
DRAWING = '''"""The line at the score of the last of the best."""

from __future__ import annotations

import numpy as np

from tiering.scenario.ways.best import Best
from tiering.tiers.ways.drawing import Drawing, Drawn, Stock


def draw(best: Best, stock: Stock) -> Drawn:
    """The line at the score of the last of the best."""
    return stock.between((int(np.sort(stock.milli)[::-1][best.number - 1]),))


WAYS = {"best": Drawing(draw, lambda start: Best(number=1))}
'''
SAYING = '''"""The best in a sentence."""

from __future__ import annotations

from tiering.said.ways.cuts import line_sentences
from tiering.said.ways.saying import Saying

WAYS = {"best": Saying(line_sentences)}
'''
PANEL = '''"""How many the best are."""

from __future__ import annotations

WAYS = {"best": lambda shown, words: None}
'''
FILES = {
    "scenario/ways/best.py": CHOICES,
    "tiers/ways/best.py": DRAWING,
    "said/ways/best.py": SAYING,
    "ui/pages/tiers/ways/best.py": PANEL,
}
TRIED = """
from tests.decision.four_customers import FOUR
from tiering.evaluate import evaluate, tier_names
from tiering.said.ways import tier_sentences
from tiering.decision.saved import Saved, saved_from_json, saved_to_json
from tiering.scenario.ways import KINDS
from tiering.ui.base.session_choices import drawn_key
from tiering.ui.pages.tiers.ways.panel import PARTS
from tiering.words import Words

text = '{"tiers": ["A", "B"], "weights": {"annual_revenue": 1}, "way": {"kind": "best", "number": 3}}'
scenario = saved_from_json(text).scenario
tiering = evaluate(FOUR, saved_from_json(saved_to_json(Saved(scenario))).scenario)
said = tier_sentences(tiering, Words("en"))
print([KINDS[-1], "".join(tier_names(tiering)), said[-1], "best" in PARTS, tiering.scenario.line_kind])
"""


def test_a_fifth_way_made_by_the_recipe_is_read_drawn_said_and_shown(tmp_path: Path) -> None:
    for name in ("tiering", "tests/decision", "sample_data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests/__init__.py", "tests/small_data.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name, code in FILES.items():
        (tmp_path / "tiering" / name).write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TRIED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout.splitlines()[-1].replace("'", '"').replace("True", "true"))
    assert answer == ["best", "AAAB", "the rest", True, "best"]
