"""Every column of ours has a header in both languages; the file's own keep their names."""

from __future__ import annotations

import pytest

from tests.report.four_customers import plain_tiers
from tiering.indicators.catalogue import CATALOGUE
from tiering.metrics.customer_table import COLUMNS
from tiering.said.labels import column_labels, reason_counts
from tiering.said.tiered_customers import LEAD
from tiering.words import LANGUAGES, Words

OURS = [*dict.fromkeys([*LEAD, *COLUMNS, *(indicator.key for indicator in CATALOGUE)])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_of_ours_shows_its_machine_name(language):
    names = [name for name in OURS if name != "as_of"]
    labels = column_labels(names, Words(language))
    assert [name for name, label in zip(names, labels, strict=True) if label == name] == []
    assert not any("_" in label for label in labels)


def test_columns_of_ours_are_told_apart():
    for language in LANGUAGES:
        labels = column_labels(OURS, Words(language))
        assert len(set(labels)) == len(OURS)


def test_a_column_of_the_file_keeps_its_header():
    assert column_labels(["客户等级（旧）", "Visits"], Words("en")) == ["客户等级（旧）", "Visits"]


def test_a_header_that_is_taken_gets_a_number():
    assert column_labels(["tier", "等级", "等级_2"], Words("zh")) == ["等级", "等级_2", "等级_2_2"]


def test_known_fields_of_the_customers_file_are_translated():
    assert column_labels(["industry", "owner"], Words("zh")) == ["行业", "负责人"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headers_of_a_real_table_differ(language):
    names = list(plain_tiers().base.customers.columns)
    assert len(set(column_labels(names, Words(language)))) == len(names)


def test_reasons_are_counted_with_the_most_frequent_first():
    counts = {"date": 2, "no_customer": 135_080}
    assert reason_counts(counts, Words("en")) == "No customer: 135,080, Date missing or not readable: 2"
    assert reason_counts(counts, Words("zh")) == "没有客户：135,080、日期缺失或无法识别：2"
