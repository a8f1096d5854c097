"""Texts: complete in both languages, spelled alike, all of them used, and numbers in each language's form."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_data import SETS
from tiering.indicators.catalogue import CATALOGUE, GROUPS
from tiering.indicators.presets import PRESETS
from tiering.ingest.meaning.fields import FIELDS
from tiering.problems import Problem
from tiering.scenario import SCHEMES
from tiering.scenario.retired import WAYS as RETIRED_WAYS
from tiering.scenario.ways import CHOICES, KINDS
from tiering.words import LANGUAGES, Words
from tiering.words.catalogue import catalogue

ROOT = Path(__file__).parents[1]
SOURCES = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "tiering").rglob("*.py")]
SCRIPTS = [*(ROOT / "tiering" / "ui").rglob("*.js"), *(ROOT / "tiering" / "ui").rglob("*.html")]
TEXTS = catalogue()
KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
# Families whose keys are put together from two parts that only the running program knows.
PUT_TOGETHER = ("cli.", "column.", "setaside.", "scheme.", "cuts.")
# Texts of the reading's report and hints, which no page shows yet.
WRITTEN_AHEAD = ("field.*.hint",)
IN_THEIR_OWN_LANGUAGE = ("language",)
QUOTED = re.compile(r"有限公司|[万亿]")
ANYTHING = "*"
PLURALS = ("zero", "one", "two", "few", "many")  # the forms after a number, besides the usual one


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def spoken() -> tuple[frozenset[str], frozenset[str]]:
    """String literals that look like keys, and patterns of f-strings that do, from all Python sources."""
    literals, patterns = set(), set()
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add("".join(_part(part, names) for part in node.values))
    return frozenset(literals), frozenset(p for p in patterns if _is_key_pattern(p))


def _part(part: ast.expr, names: dict[str, str]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    value = part.value if isinstance(part, ast.FormattedValue) else part
    return names.get(value.id, ANYTHING) if isinstance(value, ast.Name) else ANYTHING


def _is_key_pattern(pattern: str) -> bool:
    """Key characters with a word of its own beside what is filled in."""
    return bool(re.fullmatch(r"[a-z0-9_.*]+", pattern) and "." in pattern and re.search(r"[a-z]{2}", pattern))


def _matches(pattern: str, key: str) -> bool:
    return bool(re.fullmatch(re.escape(pattern).replace(re.escape(ANYTHING), r"[a-z0-9_.]+"), key))


@cache
def called() -> tuple[tuple[str, str], ...]:
    """(file, literal key) of every ``words("…")`` in the sources."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
            if is_call and isinstance(node.args[0].value, str) and _is_words(node.func):
                found.append((path.name, node.args[0].value))
    return tuple(found)


def _is_words(called: ast.expr) -> bool:
    if isinstance(called, ast.Call):  # words()("…")
        return _is_words(called.func)
    return isinstance(called, ast.Name) and called.id in ("words", "say")


def test_every_text_is_there_in_each_language_with_the_same_facts() -> None:
    for key, entry in TEXTS.items():
        forms = {f"{language}_{form}" for language in LANGUAGES for form in PLURALS}
        assert set(LANGUAGES) <= set(entry) <= {*LANGUAGES, *forms}, key
        assert all(text.strip() for text in entry.values()), key
        assert len({frozenset(placeholders(entry[language])) for language in LANGUAGES}) == 1, key
        assert all(placeholders(text) <= placeholders(entry["en"]) for text in entry.values()), key


def test_chinese_punctuation_is_full_width() -> None:
    for key, entry in TEXTS.items():
        text = re.sub(r"\{\w+\}|\w+://\S+", "", entry["zh"])
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!(][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(\s|$)", text), key


def test_english_has_no_chinese_character_or_punctuation() -> None:
    for key, entry in TEXTS.items():
        if key.split(".")[0] not in IN_THEIR_OWN_LANGUAGE and key != "app.language":
            assert not re.search(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]", QUOTED.sub("", entry["en"])), key


def test_no_key_stands_twice_in_the_files() -> None:
    files = (ROOT / "tiering" / "words").glob("*.toml")
    assert sum(_texts_in(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files) == len(TEXTS)


def _texts_in(node: dict[str, Any]) -> int:
    if isinstance(node.get("zh"), str):
        return 1
    return sum(_texts_in(child) for child in node.values() if isinstance(child, dict))


def test_every_text_the_program_asks_for_exists() -> None:
    assert len(called()) > 100
    assert [(file, key) for file, key in called() if key not in TEXTS] == []


def test_every_family_of_texts_the_program_asks_for_has_members() -> None:
    heads = {key.split(".")[0] for key in TEXTS}
    families = [pattern for pattern in spoken()[1] if pattern.split(".")[0] in heads]
    assert families
    assert [pattern for pattern in families if not any(_matches(pattern, key) for key in TEXTS)] == []


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("indicator.{}.label", [i.key for i in CATALOGUE]),
        ("indicator.{}.hint", [i.key for i in CATALOGUE]),
        ("needs.{}", [i.needs for i in CATALOGUE]),
        ("unit.{}", [i.unit for i in CATALOGUE if i.unit not in ("money", "share", "grade")]),
        ("group.{}", GROUPS),
        ("problem.{}.wrong", list(Problem)),
        ("problem.{}.expected", list(Problem)),
        ("problem.{}.todo", list(Problem)),
        ("scheme.{}", SCHEMES),
        ("cuts.{}", KINDS),
        ("ways.about.{}", KINDS),
        ("ways.title.{}", KINDS),
        ("story.lines.by_{}", KINDS),
        ("ways.weights_idle.{}", [kind for kind, choices in CHOICES.items() if not choices.by_score]),
        ("scenarios.retired.{}", RETIRED_WAYS),
        ("goal.{}", (*PRESETS, "own")),
        ("goal.reason.{}", (*PRESETS, "own")),
        ("field.{}.label", FIELDS),
        ("sample.{}", SETS),
        ("size.{}", range(4)),
        ("language.{}", LANGUAGES),
    ],
)
def test_all_members_of_a_family_have_their_text(family: str, members: Iterable[object]) -> None:
    assert [member for member in members if family.format(member) not in TEXTS] == []


def test_no_text_is_left_over() -> None:
    literals, patterns = spoken()
    drawn = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    unspoken = [key for key in TEXTS if not key.startswith(PUT_TOGETHER) and key not in literals]
    unspoken = [key for key in unspoken if not any(_matches(pattern, key) for pattern in patterns)]
    unspoken = [key for key in unspoken if key.removeprefix("studio.").removesuffix("_none") not in drawn]
    assert [key for key in unspoken if not any(_matches(pattern, key) for pattern in WRITTEN_AHEAD)] == []


def test_a_missing_text_is_a_defect_not_an_empty_label() -> None:
    with pytest.raises(KeyError):
        Words("en")("tiers.no_such_text")
    assert not Words("en").has("tiers.no_such_text")


def test_facts_are_filled_in_with_the_numbers_and_days_of_the_language() -> None:
    assert Words("en")("window.months", n=12) == "12 months"
    assert Words("en")("window.months", n=1) == "1 month"
    assert Words("zh")("window.months", n=1) == "1 个月"
    assert Words("en")("customer.found", n=np.int64(12_345)) == "12,345 customers"
    assert Words("en")("customer.found", n=np.int64(1)) == "1 customer"
    assert Words("zh")("customer.rank_of", n=3, all=4372) == "第 3 / 4,372"


def test_days_are_written_as_the_language_writes_them() -> None:
    assert Words("zh").day(date(2026, 9, 30)) == "2026年9月30日"
    assert Words("en").day(date(2026, 9, 30)) == "30 Sept 2026"


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (0, "¥0", "¥0"),
        (0.5, "¥0.5", "¥0.5"),
        (3.14159, "¥3.14", "¥3.14"),
        (999.6, "¥1,000", "¥1.00K"),
        (9_876, "¥9,876", "¥9.88K"),
        (19_989, "¥2.00万", "¥20.0K"),
        (15_380_000, "¥1,538万", "¥15.4M"),
        (12_345, "¥1.23万", "¥12.3K"),
        (999_999, "¥100万", "¥1.00M"),
        (99_999_999, "¥1.00亿", "¥100M"),
        (192_000_000, "¥1.92亿", "¥192M"),
        (1.5e12, "¥1.50万亿", "¥1.50T"),
        (-38_000, "−¥3.80万", "−¥38.0K"),
        (-0.001, "¥0", "¥0"),
        (float("nan"), "–", "–"),
    ],
)
def test_money_is_said_in_three_figures_and_the_units_of_the_language(amount: float, zh: str, en: str) -> None:
    assert (Words("zh").money(amount, "¥"), Words("en").money(amount, "¥")) == (zh, en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_grouped_halves_go_away_from_0_and_0_has_no_sign(language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    assert words.number(1_234_567.5) == "1,234,568"
    assert words.number(2.675, 2) == "2.68"
    assert words.number(-3.25, 1) == "−3.3"
    assert words.number(-0.04, 1) == "0.0"
    assert words.number(float("nan"), 1) == "–"
    assert words.percent(0.125) == "13%"
    assert words.percent(-0.184, 1) == "−18.4%"
    assert words.percent(float("nan")) == "–"
    assert words.money_exact(-1_234.5, "$") == "−$1,234.50"


@pytest.mark.parametrize(
    ("amounts", "zh", "en"),
    [
        ((19_989, 3_548, 1_477, 448), ["19,989", "3,548", "1,477", "448"], ["19,989", "3,548", "1,477", "448"]),
        ((19_989, 21_988), ["2.00万", "2.20万"], ["20.0K", "22.0K"]),
        ((3_381_000, 576_000, 8_001_000), ["338.1万", "57.6万", "800.1万"], ["3,381K", "576K", "8,001K"]),
        ((None, 50_000, float("nan")), ["", "5.00万", "–"], ["", "50.0K", "–"]),
        ((0, 50_000), ["0", "5.00万"], ["0", "50.0K"]),
        ((-30_000, 20_000), ["−3.00万", "2.00万"], ["−30.0K", "20.0K"]),
        ((), [], []),
    ],
)
def test_amounts_of_a_column_share_a_unit_and_their_decimals(amounts, zh, en) -> None:
    assert (Words("zh").moneys(amounts), Words("en").moneys(amounts)) == (zh, en)


@settings(deadline=None, max_examples=100)
@given(st.floats(0.01, 1e15), st.sampled_from(LANGUAGES))
def test_money_in_short_is_within_half_a_percent_of_the_amount(amount: float, language: str) -> None:
    sizes = {"": 1, "万": 1e4, "亿": 1e8, "万亿": 1e12, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
    figure, unit = re.fullmatch(r"([\d.,]+)(\D*)", Words(language).money(amount)).groups()  # type: ignore[arg-type, union-attr]
    near = pytest.approx(amount, rel=0.006 if amount >= 10 else 0.05, abs=0.005)
    assert float(figure.replace(",", "")) * sizes[unit] == near


@pytest.mark.parametrize("value", [1e30, 1e308])
def test_a_number_of_any_size_can_be_written(value: float) -> None:
    assert Words("en").number(value, 2).replace(",", "").startswith("1")
