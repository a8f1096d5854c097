"""Damaged files of every type end in a table, a question or a problem with a name, soon and in little memory."""

from __future__ import annotations

import os
import random
import sys
from types import ModuleType

import pytest

from benchmarks.mutations import mutated, mutation, run, valid_files
from benchmarks.old_workbook import old_workbook
from tests.ingest.reading.small_files import read
from tiering.ingest import read_bytes

COUNT = int(os.environ.get("TIERING_MUTATIONS", "90"))


@pytest.fixture(scope="module")
def files():
    return valid_files()


def test_the_files_that_are_damaged_are_whole_before(files):
    for content in files.values():
        seen = read(content)
        assert (seen.outcome, seen.rows, seen.columns["订单金额"][0]) == ("loads", 30, "1000.25")


@pytest.fixture(scope="module")
def found(files):
    with pytest.MonkeyPatch.context() as patch:
        # a page tested before leaves its script as the main program, and a new process would begin with that
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        return run(COUNT, 7, files)


def test_no_damage_raises_hangs_or_swallows_memory(found):
    assert found.outcomes.total() + len(found.ended) == COUNT
    assert (found.unforeseen, found.slow) == ([], [])
    assert found.peak < 1 << 30


def test_where_a_parser_ends_its_process_the_app_names_the_file_damaged(found, files):
    for number, _ in found.ended[:3]:
        kind, content = mutation(files, 7, number)
        assert kind == "xls"
        assert read_bytes(content, "a.xls").report["error_code"] == "damaged"


def test_the_same_seed_gives_the_same_damage(files):
    once, again = (mutated(files["xlsx"], random.Random("3:5")) for _ in range(2))
    assert once == again != files["xlsx"]


def test_an_old_workbook_of_our_own_has_its_words_and_numbers():
    seen = read(old_workbook([("客户名称", "金额"), ("甲公司", 1.5), ("乙公司", -2.0)]))
    assert seen.columns == {"客户名称": ["甲公司", "乙公司"], "金额": ["1.5", "-2.0"]}
