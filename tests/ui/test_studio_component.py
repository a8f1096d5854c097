"""The live components' parts on disk: one module, every word in both languages, nothing from outside."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tiering.ui.pages.tiers.advice import advice_markup, advice_script, advice_styles
from tiering.ui.studio import SCRIPTS, studio_asset, studio_markup, studio_script, studio_styles, studio_words
from tiering.words import Words
from tiering.words.catalogue import LANGUAGES, catalogue

PLACEHOLDER = re.compile(r"\{(\w+)\}")
SCRIPT_TEXTS = {"studio": studio_script(), "advice": advice_script()}


def used_words() -> set[str]:
    """Keys that the script asks for; a key spelled with a variable end counts in all its forms."""
    script = studio_script()
    asked = set(re.findall(r'"((?:[a-z]+)\.(?:[a-z_]+))"', script))
    return {key for key in asked if f"studio.{key}" in catalogue() or key.split(".")[0] in words_groups()}


def words_groups() -> set[str]:
    return {key.split(".")[1] for key in catalogue() if key.startswith("studio.")}


@pytest.mark.parametrize("name", SCRIPT_TEXTS)
def test_the_script_is_one_module_with_one_way_in(name):
    script = SCRIPT_TEXTS[name]
    assert script.count("export default") == 1
    assert "import " not in re.sub(r"//.*|/\*.*?\*/", "", script, flags=re.DOTALL)


@pytest.mark.parametrize("name", SCRIPT_TEXTS)
def test_data_never_becomes_markup(name):
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", SCRIPT_TEXTS[name])


@pytest.mark.parametrize(
    "text", [studio_script(), studio_styles(), studio_markup(), advice_script(), advice_styles(), advice_markup()]
)
def test_nothing_is_fetched(text):
    addresses = set(re.findall(r"https?://[^\"'\s)]+", text)) - {"http://www.w3.org/2000/svg"}
    assert addresses == set()
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest", text)


def test_no_script_names_a_thing_twice():
    names = re.findall(r"^(?:async )?(?:function|const|let) (\w+)", studio_script(), flags=re.MULTILINE)
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_stay_short_enough_to_read(name):
    assert len(studio_asset(f"js/{name}.js").splitlines()) <= 250


def test_every_script_on_disk_is_part_of_the_module():
    on_disk = {path.name.removesuffix(".js") for path in files("tiering.ui.studio").joinpath("js").iterdir()}
    assert on_disk == set(SCRIPTS)


def test_the_markup_holds_no_words():
    assert re.sub(r"<[^>]*>", "", studio_markup() + advice_markup()).strip() == ""


def test_every_word_the_script_asks_for_is_in_the_catalogue():
    missing = {key for key in used_words() if f"studio.{key}" not in catalogue()}
    assert missing == set()


def test_no_word_is_left_over():
    formed = {f"{key}_none" for key in used_words()} | used_words()
    left_over = {key.removeprefix("studio.") for key in catalogue() if key.startswith("studio.")} - formed
    assert left_over == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_reach_the_browser_unfilled(language):
    templates = studio_words(Words(language))
    assert {"weights.title", "line.down", "pareto.eighty"} <= templates.keys()
    assert set(PLACEHOLDER.findall(templates["line.down"])) == {"n", "money", "tier"}


def test_english_singulars_travel_beside_their_plurals():
    assert studio_words(Words("en"))["card.unit.one"] == "customer"
    assert not any(key.endswith(".one") for key in studio_words(Words("zh")))


def test_both_languages_are_filled_with_the_same_facts():
    for key, entry in catalogue().items():
        if key.startswith("studio."):
            assert set(PLACEHOLDER.findall(entry["zh"])) == set(PLACEHOLDER.findall(entry["en"])), key
