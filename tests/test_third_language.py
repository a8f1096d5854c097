"""A third language is one locale file and entries in the word files: tried in a copy, without a line of code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tiering.words.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[1]
GERMAN = """
position = 3
babel = "de_DE"
tag = "de-DE"
known_as = ["de", "german"]
comma = "; "
colon = ": "
between_sentences = " "
day = "d. MMMM y"
units = [[1e3, " Tsd."], [1e6, " Mio."], [1e9, " Mrd."]]
latin = "Liberation Sans"
asian = "SimSun"
drawn = "Liberation Sans"
encoding = "cp1252"
"""
PROBE = """
import json
from datetime import date
from streamlit.testing.v1 import AppTest
from tiering.problems import DataProblem, Problem
from tiering.said.labels import reason_counts
from tiering.ui.base.choices import Choices
from tiering.ui.base.drawing import in_language
from tiering.ui.charts.axes import compact_label
from tiering.ui.studio.payload import large_units, studio_words
from tiering.words import LANGUAGES, Words
from tiering.words.locale import language_named
from tiering.words.sentences import problem_sentence
import altair as alt

words = Words("de")
problem = DataProblem(Problem.MISSING_COLUMNS, missing=["amount", "customer_id"], found=[])
page = AppTest.from_string("import app; app.main('{page}')", default_timeout=60)
page.session_state["choices"] = Choices(language="de")
page.run()
chart = in_language(alt.Chart(alt.Data(values=[])).mark_bar(), words).to_dict()
print(json.dumps({
    "languages": LANGUAGES,
    "named": [language_named(name) for name in ("de_AT.UTF-8", "zh-CN", "fr")],
    "number": words.number(-1234.5, 1),
    "money": [words.money(amount, "€") for amount in (950, 12_340, 98_700_000)],
    "day": words.day(date(2026, 9, 30)),
    "plural": [words("customer.found", n=n) for n in (1, 2)],
    "list": words.listed(["a", "b"]),
    "reasons": reason_counts({"no_customer": 1200}, words),
    "problem": problem_sentence(problem, words),
    "axis": compact_label(words),
    "separators": chart["config"]["locale"]["number"],
    "studio": [large_units(words)[0], studio_words(words)["card.unit.one"]],
    "faults": [str(fault.value) for fault in (*page.exception, *page.error)],
    "title": [title.value for title in page.subheader],
    "switch": [one for group in page.button_group for one in group.options],
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the program says in German after the language was added as CONTRIBUTING tells."""
    copy = tmp_path_factory.mktemp("house")
    for name in ("tiering", "pages", "sample_data"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", copy)
    words = copy / "tiering" / "words"
    (words / "locales" / "de.toml").write_text(GERMAN, encoding="utf-8")
    for path in words.glob("*.toml"):
        path.unlink()
    texts = {**catalogue(), "language.de": {"zh": "Deutsch", "en": "Deutsch"}}
    (words / "texts.toml").write_text("\n".join(entry(*text) for text in texts.items()), encoding="utf-8")
    line = [sys.executable, "-c", PROBE.replace("{page}", "tiers")]
    ended = subprocess.run(line, cwd=copy, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def entry(key: str, texts: dict[str, str]) -> str:
    """The entry of a text with its German: the English between marks, so that nothing else can pass for it."""
    german = {name.replace("en", "de"): f"«{text}»" for name, text in texts.items() if name.startswith("en")}
    return f"{json.dumps(key)} = {{ {', '.join(f'{n} = {json.dumps(t)}' for n, t in (texts | german).items())} }}"


def test_the_language_is_offered_and_recognised(told: dict) -> None:
    assert told["languages"] == ["zh", "en", "de"]
    assert told["named"] == ["de", "zh", "en"]
    assert "«Deutsch»" in told["switch"]


def test_numbers_money_and_days_take_its_forms(told: dict) -> None:
    assert told["number"] == "−1.234,5"
    assert told["money"] == ["€950", "€12,3 Tsd.", "€98,7 Mio."]
    assert told["day"] == "30. September 2026"


def test_lists_sentences_and_plurals_take_its_forms(told: dict) -> None:
    assert told["list"] == "a; b"
    assert told["plural"] == ["«1 customer»", "«2 customers»"]
    assert told["reasons"].endswith("»: 1.200")
    assert told["problem"].count("» «") == 2


def test_charts_and_the_studio_take_its_units_and_separators(told: dict) -> None:
    assert "' Mio.'" in told["axis"]
    assert (told["separators"]["decimal"], told["separators"]["thousands"]) == (",", ".")
    assert told["studio"] == [[1e9, " Mrd."], "«customer»"]


def test_a_page_is_drawn_in_it(told: dict) -> None:
    assert told["faults"] == []
    assert told["title"]
    assert all(title.startswith("«") for title in told["title"])
