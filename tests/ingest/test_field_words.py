import pytest

from tiering.ingest import FIELDS
from tiering.words.catalogue import LANGUAGES, Words

REASONS = ("amount", "cells", "date", "duplicate", "encoding", "missing", "no_customer", "too_long", "truncated")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name_of_its_own_and_a_hint(language):
    words = Words(language)
    names = [words(f"field.{key}.label") for key in FIELDS]
    assert len(set(names)) == len(names)
    assert all(words(f"field.{key}.hint").endswith(("。", ".")) for key in FIELDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_setting_a_row_aside_has_words(language):
    assert all(Words(language)(f"setaside.{reason}") for reason in REASONS)
