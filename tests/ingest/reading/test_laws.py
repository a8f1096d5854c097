"""Whatever way a table was written, it comes back equal, or a question is asked, or a line is set aside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.reading.small_files import read

HEADER = ("客户编号", "客户名称", "订单金额", "下单日期", "数量")
NAMES = st.one_of(
    st.builds(
        "{}{}有限公司".format,
        st.sampled_from(["北京", "上海", "深圳"]),
        st.text("德新鑫隆恒联明", min_size=2, max_size=4),
    ),
    st.sampled_from(['杭州"博远"科技', "Smith, Jones & Co.", "Müller GmbH", "A;B Trading", "上海,恒信贸易有限公司"]),
)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 99_999).map("{:05d}".format),
        NAMES,
        st.decimals(min_value=-(10**6), max_value=10**8, places=2),
        st.dates(date(2015, 1, 1), date(2030, 1, 1)),
        st.integers(1, 500),
    ),
    min_size=3,
    max_size=20,
)
SWAP = str.maketrans(",.", ".,")
WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
AMOUNTS = {
    "plain": str,
    "grouped": "{:,}".format,
    "german": lambda value: f"{value:,}".translate(SWAP),
    "yuan": lambda value: f"￥{value}" if value >= 0 else f"-￥{-value}",
    "brackets": lambda value: f"{value:,}" if value >= 0 else f"({-value:,})",
    "wide": lambda value: f"{value}".translate(WIDE),
}
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%b-%Y")


@st.composite
def ways(draw):
    """A way to write a table."""
    return {
        "delimiter": draw(st.sampled_from([",", ";", "\t", "|", "，"])),
        "newline": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])),
        "amount": draw(st.sampled_from(sorted(AMOUNTS))),
        "day": draw(st.sampled_from(DAYS)),
        "quoted": draw(st.booleans()),
        "title": draw(st.booleans()),
        "total": draw(st.booleans()),
    }


def written(rows, way):
    """Bytes of a file."""

    def cell(text):
        needed = way["quoted"] or any(mark in text for mark in (way["delimiter"], '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if needed else text

    def line(cells):
        return way["delimiter"].join(cell(text) for text in cells)

    amount = AMOUNTS[way["amount"]]
    lines = ["2023年度订单明细"] if way["title"] else []
    lines.append(line(HEADER))
    lines += [line([key, name, amount(sum_), day.strftime(way["day"]), str(n)]) for key, name, sum_, day, n in rows]
    if way["total"]:
        lines.append(line(["合计", "", amount(sum(row[2] for row in rows)), "", ""]))
    return (way["newline"].join(lines) + way["newline"]).encode(way["encoding"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ways())
def test_a_table_comes_back_equal_or_a_question_is_asked(rows, way):
    seen = read(written(rows, way))
    assert seen.outcome in {"loads", "asks"}
    if seen.outcome == "asks":
        return
    came = [tuple(row.values()) for row in seen.table.to_pylist()]
    assert [(key, name, Decimal(sum_), day, int(n)) for key, name, sum_, day, n in came] == rows
    assert seen.report["excluded"] == ({"title": 1} if way["title"] else {}) | ({"total": 1} if way["total"] else {})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ways(), st.data())
def test_a_damaged_file_never_gains_a_row_that_was_not_in_it(rows, way, data):
    content = bytearray(written(rows, way))
    at = data.draw(st.integers(0, len(content) - 1))
    del content[at : at + data.draw(st.integers(1, 40))]
    seen = read(bytes(content))
    if seen.outcome != "error":
        lines = seen.report["lines"]
        assert lines["read"] == sum(count for name, count in lines.items() if name != "read")
        assert seen.outcome == "asks" or seen.rows <= len(rows) + 2
