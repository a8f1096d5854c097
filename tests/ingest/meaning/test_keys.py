"""Keys in one writing: what spreadsheets and exports wrap around a number never makes a second customer."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tests.ingest.meaning.drafts import counted
from tiering.ingest.values.conversion import as_key, plain_keys


@pytest.mark.parametrize(
    "written",
    [
        '="000123"', "'000123", "\u2019000123", "000123\t", " 000123 ", "\u200b000123", "000123\ufeff",
        "０００１２３", "\u00a0000123", '=T("000123")', '=("000123")', "\u202a000123\u202c",
    ],
)  # fmt: skip
def test_what_programs_wrap_around_a_number_is_undone(written):
    assert plain_keys(pa.array([written])).to_pylist() == ["000123"]


@pytest.mark.parametrize("dash", ["–", "—", "‐", "‑", "−", "－"])
def test_every_dash_and_space_is_one_of_the_keyboard(dash):
    assert plain_keys(pa.array([f"QX{dash}7", "QX\u30007", "A \u2003 B"])).to_pylist() == ["QX-7", "QX 7", "A B"]


def test_places_of_a_number_format_go_also_in_a_mixed_column():
    assert plain_keys(pa.array(["17850.0", "C-12", "13047.00", "8"])).to_pylist() == ["17850", "C-12", "13047", "8"]


def test_places_that_tell_keys_apart_stay():
    assert plain_keys(pa.array(["1.0", "1.1", "2.0"])).to_pylist() == ["1.0", "1.1", "2.0"]


@pytest.mark.parametrize(
    "name", ["O'Brien & Co.", "上海（集团）有限公司", "a-b", "NULL", "Ünal", "d’Or", "Größe 1.5", "№ 5"]
)
def test_names_keep_their_own_signs(name):
    assert plain_keys(pa.array([name])).to_pylist() == [name]


def test_chunks_of_a_column_are_judged_together():
    column = pa.chunked_array([["1.0", None], ["1.5", " "]])
    assert as_key(column).to_pylist() == ["1.0", None, "1.5", None]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("客户编码,日期,金额", '"=""007"""', "007"),
        ("Debitor-Nr.;Belegdatum;Nettobetrag", "'007", "007"),
        ("n° client;date de facture;montant ht", "007\t", "007"),
        ("Customer no,Date,Net sales", "\u200b007", "007"),
        ("得意先コード,売上日,売上金額", "００７", "007"),
    ],
)
def test_two_writings_of_a_number_are_one_customer(header, first, second):
    mark = ";" if ";" in header else ","
    lines = [
        mark.join((key, date, money))
        for key, date, money in (
            (first, "2024-01-05", "900"),
            (second, "2024-02-05", "800"),
            ("X9", "2024-03-05", "70"),
        )
    ]
    assert counted("\n".join([header, *lines]) + "\n") == {"007": 1700.0, "X9": 70.0}
