"""What a seal tells of the data and the tiers, and what it cannot tell."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from tests.decision.four_customers import FOUR, LINES, tiered
from tests.small_data import dataset, order_lines
from tiering.dataset import Dataset
from tiering.decision.saved import MARK_BYTES, MOST_ENTRIES, Entry, Seal, check_seal, merged_logs, seal_of
from tiering.evaluate import tiers_hash
from tiering.ui.pages.compare.scenario_file import answer
from tiering.words import Words


def of_lines(*lines: tuple[str, ...], fingerprint: str = "fingerprint") -> Dataset:
    return replace(dataset(order_lines(*lines, columns=("cost",))), fingerprint=fingerprint)


def customers_marked(seal: Seal) -> dict[str, int]:
    return {name: len(base64.b64decode(text)) // MARK_BYTES for name, text in seal.marks.items()}


def test_a_seal_counts_its_customers_by_tier() -> None:
    # scores of about 100, 66, 33, 0
    seal = seal_of(tiered(80, 20), FOUR)
    assert (seal.customers, str(seal.as_of)) == (4, "2025-12-31")
    assert customers_marked(seal) == {"A": 1, "B": 2, "C": 1}
    assert seal.tiers_hash == tiers_hash(tiered(80, 20))


def test_the_row_order_of_the_file_leaves_the_seal_as_it_is() -> None:
    turned = of_lines(*reversed(LINES))
    assert seal_of(tiered(80, 20, data=turned), turned) == seal_of(tiered(80, 20), FOUR)


def test_marks_of_other_data_are_other_marks_of_the_same_customers() -> None:
    other = of_lines(*LINES, fingerprint="another file")
    first, second = seal_of(tiered(80, 20), FOUR), seal_of(tiered(80, 20, data=other), other)
    assert first.tiers_hash == second.tiers_hash
    assert customers_marked(first) == customers_marked(second)
    assert set(first.marks.values()).isdisjoint(second.marks.values())


def test_the_same_customers_in_another_file_stand_where_they_stood() -> None:
    later = of_lines(*LINES, fingerprint="another file")
    check = check_seal(seal_of(tiered(80, 20), FOUR), tiered(80, 20, data=later), later)
    assert (check.same_data, check.same_tiers) == (False, True)
    assert (check.rows.size, check.new, check.gone) == (0, 0, 0)


@pytest.mark.parametrize(
    ("lines", "elsewhere"),
    [((80, 50), {"south": "B"}), ((50, 20), {"north": "B"}), ((90, 80), {"north": "B", "south": "B"})],
)
def test_who_stands_elsewhere_is_named_with_the_tier_of_then(lines: tuple[int, int], elsewhere: dict[str, str]) -> None:
    now = tiered(*lines)
    check = check_seal(seal_of(tiered(80, 20), FOUR), now, FOUR)
    ids = now.base.customers["customer_id"]
    assert {ids[row]: was for row, was in zip(check.rows, check.before, strict=True)} == elsewhere


def test_the_biggest_of_those_who_stand_elsewhere_comes_first() -> None:
    check = check_seal(seal_of(tiered(80, 20), FOUR), tiered(90, 80), FOUR)
    assert tiered(90, 80).base.revenue[check.rows].tolist() == [3000.0, 2000.0]


def test_a_tier_of_another_name_is_another_tier() -> None:
    check = check_seal(seal_of(tiered(80, 20), FOUR), tiered(80, 20, tiers=("S", "B", "C")), FOUR)
    assert (check.same_tiers, check.before) == (False, ("A",))


def test_customers_who_only_came_or_went_are_counted_not_listed() -> None:
    later = of_lines(LINES[0], ("fresh", "2025-10-02", "5.00", "1.00"), fingerprint="later")
    check = check_seal(seal_of(tiered(80, 20), FOUR), tiered(80, 20, data=later), later)
    assert (check.new, check.gone, check.rows.size) == (1, 3, 0)


@pytest.mark.parametrize("marks", [{}, {"A": "not base 64!"}])
def test_without_marks_nobody_is_listed_but_the_hash_still_tells(marks: dict[str, str]) -> None:
    bare = seal_of(tiered(80, 20), FOUR).model_copy(update={"marks": marks})
    assert not check_seal(bare, tiered(50, 20), FOUR).is_listed
    assert check_seal(bare, tiered(80, 20), FOUR).same_tiers


def test_the_log_keeps_the_newest_entries_when_there_are_too_many() -> None:
    entries = tuple(
        Entry(day=f"2026-01-{1 + number % 28:02d}", verdict="decided", subject=f"{number}")  # type: ignore[arg-type]
        for number in range(MOST_ENTRIES + 30)
    )
    kept = merged_logs(entries[:300], entries[300:])
    assert len(kept) == MOST_ENTRIES
    assert [entry.day for entry in kept] == sorted(entry.day for entry in entries)[-MOST_ENTRIES:]


def test_joining_a_log_with_itself_adds_nothing() -> None:
    entry = Entry(day="2026-01-01", verdict="accepted", subject="Spring", moved=4)  # type: ignore[arg-type]
    assert merged_logs((entry,), (entry,)) == (entry,)


def test_damaged_marks_of_three_customers_are_not_called_too_many() -> None:
    seal = seal_of(tiered(80, 20), FOUR).model_copy(update={"marks": {"S": "!!"}, "as_of": None})
    check = check_seal(seal, tiered(30, 20), FOUR)
    for language, wrong, right in (("en", "too many", "damaged"), ("zh", "客户太多", "已损坏")):
        said = answer(seal, check, Words(language))
        assert wrong not in said
        assert right in said
        assert "no date" not in said
        assert "无日期" not in said
