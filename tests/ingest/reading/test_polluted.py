"""Unclean files of every kind give the clean table, or say what they left out; none is read wrong without a word."""

from __future__ import annotations

from statistics import fmean

import pytest

from benchmarks.polluted import Table, installed, is_wrong, points, scored
from benchmarks.polluted_files import HEADER, Polluted, clean_rows, polluted_files, written
from tests.ingest.reading.small_files import read

FILE_LEVEL = 150  # the files before those with one damaged cell
EVERY = 149


@pytest.fixture(scope="module")
def ours():
    files = [file for number, file in enumerate(polluted_files()) if number < FILE_LEVEL or number % EVERY == 0]
    files = [file for number, file in enumerate(files) if number % 2 or file.kind != files[number - 1].kind]
    return scored(files, {"ours": installed()["ours"]})["ours"]


def test_no_file_is_read_wrong_without_a_word(ours):
    assert (ours.wrong, ours.failed) == ([], 0)


def test_every_kind_of_pollution_keeps_nearly_all_cells(ours):
    assert ours.by_kind > 9.99
    assert {kind for kind, got in ours.points.items() if fmean(got) < 9.9} == set()


def test_only_a_missing_header_and_an_unclear_encoding_are_asked_about(ours):
    assert set(ours.asked) <= {"header", "encoding"}


def test_a_clean_table_earns_ten_points_and_half_of_it_fewer():
    rows = clean_rows(4)
    file = Polluted("clean", b"", HEADER, rows)
    assert points(file, Table(HEADER, rows)) == 10.0
    # precision 1, recall 1/2 and harmonic mean 2/3 of records; of cells the same: 1 + 3 + 2 × 2 1/6
    half = Polluted("clean", b"", ("a",), (("1",), ("2",)))
    assert points(half, Table(("a",), [("1",)])) == pytest.approx(1 + 3 + 2 * (1 + 1 / 2 + 2 / 3))


def test_a_strange_record_is_wrong_unless_it_is_listed_as_repaired():
    file = Polluted("clean", b"", ("a",), (("1",), ("2",)))
    strange = [("1",), ("3",)]
    assert is_wrong(file, Table(("a",), strange))
    assert not is_wrong(file, Table(("a",), strange, mended=frozenset({1})))


@pytest.mark.parametrize("delimiter", [" ", "\t\t", ", "])
def test_delimiters_of_blanks_part_quoted_cells(delimiter):
    text = written(clean_rows(5)).replace('","', f'"{delimiter}"')
    seen = read(text)
    assert tuple(seen.columns) == HEADER
    assert seen.columns["Description"][:2] == ["Lamp model 0 in red", "Chair model 1 in oak"]


def test_several_spaces_within_quotes_stay():
    text = '"client name" "amount" "day"\n' + "".join(
        f'"A  and   B {n}" "{n}.50" "2024-01-0{n}"\n' for n in range(1, 6)
    )
    assert read(text).columns["client name"][0] == "A  and   B 1"


def test_a_delimiter_written_twice_is_mended_where_one_reading_fits():
    lines = written(clean_rows(20)).split("\r\n")
    lines[2] = lines[2].replace('","', '",,"', 1)
    seen = read("\r\n".join(lines))
    assert (seen.rows, seen.mended) == (20, [3])
    assert seen.columns["Quantity"][1] == "8"
