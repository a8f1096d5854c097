"""How to add: the recipes of CONTRIBUTING carried out in a copy, each in as many code files as it says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tiering.words.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
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
PAGE = '''"""Stock: a page like any other."""

import streamlit as st

from tiering.ui.base import frame


def page() -> None:
    """Draw the page."""
    frame.header(frame.words()("nav.stock"))
    st.write("drawn")
'''
MESSAGE = '''"""How many customers there are."""

from tiering.report.handout import Handout
from tiering.report.story.parts import Part


def number_part(handout: Handout) -> Part:
    """The number of customers."""
    return Part(handout.words("story.number.title", n=len(handout.tiering.tiers)))
'''
PROBE = """
import json
from datetime import date
import altair as alt
import pyarrow as pa
from streamlit.testing.v1 import AppTest
from tests.report.four_customers import plain, plain_tiers
from tiering.dataset import Dataset, SourceFacts
from tiering.evaluate import evaluate
from tiering.problems import DataProblem, Problem
from tiering.report.handout import Handout
from tiering.report.story import story_of
from tiering.said.labels import reason_counts
from tiering.scenario import Scenario
from tiering.strategy.actions import actions
from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import recommendations
from tiering.ui.base.session_choices import Choices
from tiering.ui.base.drawing import in_language
from tiering.ui.base.theme import compact_label
from tiering.ui.studio.payload import large_units, studio_words
from tiering.words import LANGUAGES, Words
from tiering.words.locale import language_named
from tiering.words.sentences import problem_sentence


def drawn(page):
    shown = AppTest.from_string(f"import app; app.main('{page}')", default_timeout=60)
    shown.session_state["choices"] = Choices(language="de")
    return shown.run()


words = Words("de")
missing = DataProblem(Problem.MISSING_COLUMNS, missing=["amount", "customer_id"], found=[])
tiers, stock = drawn("tiers"), drawn("stock")
chart = in_language(alt.Chart(alt.Data(values=[])).mark_bar(), words).to_dict()
parked = pa.table({"customer_id": ["a", "b", "c"], "parking_spaces": [1.0, 5.0, 3.0]})
source = SourceFacts("f", "customers", read=3, used=3)
base = evaluate(Dataset(None, parked, pa.table({}), (source,), "f"), Scenario(weights={"parking_spaces": 10}))
orders = plain_tiers().base
thanks = actions(plain_tiers(), evidence_of(orders), recommendations(plain_tiers(), evidence_of(orders)), None)
print(json.dumps({
    "languages": LANGUAGES,
    "named": [language_named(name) for name in ("de_AT.UTF-8", "zh-CN", "fr")],
    "number": words.number(-1234.5, 1),
    "money": [words.money(amount, "€") for amount in (950, 12_340, 98_700_000)],
    "day": words.day(date(2026, 9, 30)),
    "plural": [words("customer.found", n=n) for n in (1, 2)],
    "list": words.listed(["a", "b"]),
    "reasons": reason_counts({"no_customer": 1200}, words),
    "problem": problem_sentence(missing, words),
    "axis": compact_label(words),
    "separators": chart["config"]["locale"]["number"],
    "studio": [large_units(words)[0], studio_words(words)["card.unit.one"]],
    "faults": [str(fault.value) for page in (tiers, stock) for fault in (*page.exception, *page.error)],
    "titles": [title.value for title in tiers.subheader],
    "switch": [one for group in tiers.button_group for one in group.options],
    "stock": [[title.value for title in stock.subheader], [text.value for text in stock.markdown]],
    "new problem": problem_sentence(DataProblem(Problem.NO_LUCK, n=3), Words("en")),
    "best parked": str(base.base.customers["customer_id"].iloc[int(base.scores.milli.argmax())]),
    "thanked": [[action.kind, len(action.rows), (action.due - orders.as_of).days] for action in thanks],
    "story": [part.title for part in story_of(Handout(plain_tiers(), plain(), Words("en"))).parts],
}))
"""


@dataclass
class House:
    """A copy of the project in which recipes are carried out; ``touched`` names the files each of them took."""

    root: Path
    texts: dict[str, dict[str, str]]
    touched: dict[str, set[str]] = field(default_factory=dict)

    def put(self, recipe: str, path: str, text: str) -> None:
        """A new file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")
        self.touched.setdefault(recipe, set()).add(path)

    def change(self, recipe: str, path: str, after: str, line: str) -> None:
        """New text behind what stands once in a file."""
        before = (self.root / path).read_text(encoding="utf-8")
        assert before.count(after) == 1, (path, after)
        (self.root / path).write_text(before.replace(after, after + line), encoding="utf-8")
        self.touched.setdefault(recipe, set()).add(path)

    def say(self, key: str, text: str) -> None:
        """A new text."""
        assert key not in self.texts
        self.texts[key] = {"zh": text, "en": text}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The copy, with one of each added."""
    root = tmp_path_factory.mktemp("house")
    for name in ("tiering", "pages", "sample_data", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "truth", "browser"))
    shutil.copy(ROOT / "app.py", root)
    copy = House(root, dict(catalogue()))
    copy.put("A language", "tiering/words/locales/de.toml", GERMAN)
    copy.say("language.de", "Deutsch")
    copy.put("A page", "pages/stock.py", PAGE)
    copy.change("A page", "app.py", "from pages import ", "stock, ")
    copy.change("A page", "app.py", "PAGES = {\n", '    "stock": stock.page,\n')
    copy.say("nav.stock", "Stock")
    line = '    Indicator("parking_spaces", "potential", "count", "range", "parking_spaces"),\n'
    copy.change("An indicator", "tiering/indicators/catalogue.py", "CATALOGUE: tuple[Indicator, ...] = (\n", line)
    copy.change(
        "An indicator", "tiering/indicators/presets.py", '    "balanced": {\n', '        "parking_spaces": 5,\n'
    )
    for key in ("indicator.parking_spaces.label", "indicator.parking_spaces.hint", "needs.parking_spaces"):
        copy.say(key, "Parking spaces")
    copy.change("A problem", "tiering/problems.py", '    EMPTY = "empty"\n', '    NO_LUCK = "no_luck"\n')
    for part in ("wrong", "expected", "todo"):
        copy.say(f"problem.no_luck.{part}", f"{part} {{n}}.")
    copy.put("A message of the deck and the page", "tiering/report/story/number.py", MESSAGE)
    outline = "tiering/report/story/outline.py"
    imported = "from tiering.report.story.number import number_part\n"
    copy.change("A message of the deck and the page", outline, "from tiering.report.handout import Handout\n", imported)
    copy.change("A message of the deck and the page", outline, "    parts = (\n", "        number_part(handout),\n")
    copy.say("story.number.title", "{n} customers in all")
    add_recommendation(copy)
    return copy


def add_recommendation(copy: House) -> None:
    """Thank everybody who bought, before anything else."""
    recipe = "A kind of recommendation"
    copy.change(recipe, "tiering/strategy/rules.py", "Kind = Literal[\n", '    "thank",\n')
    rule = '    Rule("thank", lambda now: now.evidence.column("annual_revenue") > 0, ("annual_revenue",)),\n'
    copy.change(recipe, "tiering/strategy/rules.py", "RULES: tuple[Rule, ...] = (\n", rule)
    reason = '    "thank": _plain("thank", days="recency_days"),\n'
    copy.change(recipe, "tiering/strategy/reasons.py", "_REASONS: dict[Kind, Reason] = {\n", reason)
    copy.change(recipe, "tiering/strategy/actions.py", "DUE_DAYS: dict[str, int] = {\n", '    "thank": 5,\n')
    facts = '    "thank": ("annual_revenue",),\n'
    copy.change(recipe, "tiering/strategy/reasons.py", "READ_BY: dict[str, tuple[str, ...]] = {\n", facts)
    copy.say("strategy.reason.thank", "bought {days} ago")
    for part in ("label", "title", "detail"):
        copy.say(f"strategy.move.thank.{part}", "Thank them")
    copy.say("moves.rule_of.thank", "Bought")


@pytest.fixture(scope="module")
def told(house: House) -> dict:
    """What the copy says."""
    words = house.root / "tiering" / "words"
    for path in words.glob("*.toml"):
        path.unlink()
    (words / "texts.toml").write_text("\n".join(entry(*text) for text in house.texts.items()), encoding="utf-8")
    line = [sys.executable, "-c", PROBE]
    ended = subprocess.run(line, cwd=house.root, capture_output=True, text=True, check=False, timeout=180)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def entry(key: str, texts: dict[str, str]) -> str:
    """The entry of a text with its German: the English between marks, so that nothing else can pass for it."""
    german = {name.replace("en", "de"): f"«{text}»" for name, text in texts.items() if name.startswith("en")}
    return f"{json.dumps(key)} = {{ {', '.join(f'{n} = {json.dumps(t)}' for n, t in (texts | german).items())} }}"


def stated(recipe: str) -> int:
    """The number of code files a recipe says it takes."""
    found = re.search(rf"^- \*\*{re.escape(recipe)}\*\* \((no|\d+) code", GUIDE, re.MULTILINE)
    assert found, f"CONTRIBUTING has no recipe {recipe!r} with its number of files"
    return 0 if found[1] == "no" else int(found[1])


def test_a_recipe_takes_as_many_code_files_as_it_says(house: House) -> None:
    taken = {recipe: len([path for path in paths if path.endswith(".py")]) for recipe, paths in house.touched.items()}
    assert taken == {recipe: stated(recipe) for recipe in house.touched}


def test_every_file_and_folder_a_recipe_names_is_there() -> None:
    recipes = GUIDE.split("## How to add")[1].split("\n## ")[0]
    named = [path for path in re.findall(r"`((?:tiering|pages|tests)/[^`]*)`", recipes) if "<" not in path]
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_term_of_the_glossary_lives_where_it_says_once() -> None:
    terms = [line.split("|")[1:5] for line in GUIDE.split("## Glossary")[1].splitlines() if line.startswith("| ")][1:]
    assert len(terms) > 30
    assert len({term for term, *_ in terms}) == len(terms)
    places = [
        (term.strip(), place) for term, *_, where in terms for place in re.findall(r"`([a-z_/]+(?:/|\.py))`", where)
    ]
    assert {term.strip() for term, *_ in terms} == {term for term, _ in places}
    assert [place for _, place in places if not (ROOT / "tiering" / place).exists()] == []


def test_a_language_is_offered_and_recognised(told: dict) -> None:
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
    assert told["titles"]
    assert all(title.startswith("«") for title in told["titles"])


def test_a_new_page_is_reached_and_drawn(told: dict) -> None:
    titles, texts = told["stock"]
    assert titles == ["«Stock»"]
    assert "drawn" in texts


def test_a_new_indicator_counts_towards_the_score(told: dict) -> None:
    assert told["best parked"] == "b"


def test_a_new_problem_has_its_sentence_in_three_parts(told: dict) -> None:
    assert told["new problem"] == "wrong 3. expected 3. todo 3."


def test_a_new_message_stands_in_the_story(told: dict) -> None:
    assert told["story"][0] == "4 customers in all"


def test_a_new_kind_of_recommendation_names_customers_and_a_day(told: dict) -> None:
    assert {(kind, days) for kind, _, days in told["thanked"]} == {("thank", 5)}
    assert sum(customers for _, customers, _ in told["thanked"]) == 2  # the two with revenue in the window
