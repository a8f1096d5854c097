"""The page: one file that fetches nothing, with every text escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.report.four_customers import CUSTOMERS, dataset, plain, plain_tiers, tiers_of
from tiering.report import Handout
from tiering.report.page import page
from tiering.report.story import story_of
from tiering.words import LANGUAGES, Words

STRANGE = ["=1+1", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"]


def written(language="en") -> str:
    return page(story_of(Handout(plain_tiers(), plain(), Words(language), colours=("#7a4a00", "#93a8b8"))))


class Tags(HTMLParser):
    """Names of all elements and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_story_is_on_the_page(language):
    text = written(language)
    for part in story_of(Handout(plain_tiers(), plain(), Words(language))).parts:
        assert f"<h2>{part.title}</h2>" in text


def test_the_page_fetches_nothing_and_runs_nothing():
    tags = Tags(written())
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags.names)
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in ("src", "href")]
    assert "default-src 'none'" in written()
    assert not re.search(r"url\(|@import|https?://", written())


def test_text_of_the_data_is_text_on_the_page():
    strange = dataset(customers=CUSTOMERS | {"customer_name": STRANGE})
    text = page(story_of(Handout(tiers_of(strange), strange, Words("en"))))
    assert "script" not in Tags(text).names
    assert "img" not in Tags(text).names
    assert "49" not in re.findall(r"<bdi>([^<]*)</bdi>", text)


def test_a_tier_wears_its_colour_with_ink_that_can_be_read():
    assert "background:#7a4a00;color:#FFFFFF" in written()


def test_the_page_says_its_language():
    assert '<html lang="zh-CN">' in written("zh")
    assert '<html lang="en-GB">' in written("en")
