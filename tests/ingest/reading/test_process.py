"""No parser runs in the server: a limited process does, it can be watched and ended, and leaves nothing behind."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.ingest.reading.small_files import AMOUNTS, COMPANIES, orders
from tiering.ingest import Limits, read_bytes, read_file
from tiering.ingest.bytes import process
from tiering.ingest.bytes.process import PACKAGE_ROOT, start_spare_worker
from tiering.scratch import LOCK


@pytest.fixture
def private_temp(tmp_path, monkeypatch):
    """A temporary folder of this test's own, to see what is left in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_in(folder: Path) -> list[str]:
    """What lies there beside the lock of this process."""
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name != LOCK]


def test_a_path_gives_a_typed_table_with_its_lines(tmp_path):
    path = tmp_path / "名称 with spaces & 'quotes'.csv"
    path.write_text("标题,,\n" + orders(), encoding="utf-8")
    reading = read_file(path)
    assert reading.outcome == "loads"
    assert reading.table["客户名称"].to_pylist() == list(COMPANIES)
    assert reading.lines.to_pylist() == [3, 4, 5, 6, 7, 8]
    assert [column.kind for column in reading.columns] == ["name", "money", "date"]
    assert reading.report["file"] == path.name


def test_uploaded_bytes_read_like_a_file_and_leave_nothing_behind(private_temp):
    reading = read_bytes(orders().encode("gb18030"), "订单.csv")
    assert reading.report["encoding"] == "gb18030"
    assert [str(value) for value in reading.table["订单金额"].to_pylist()] == list(AMOUNTS)
    assert left_in(private_temp) == []


def test_the_table_outlives_the_folder_it_came_through(private_temp):
    reading = read_bytes(orders().encode(), "a.csv")
    assert left_in(private_temp) == []
    assert reading.table.num_rows == 6
    assert sum(reading.table["订单金额"].to_pylist()) == sum(map(type(reading.table["订单金额"][0].as_py()), AMOUNTS))


def test_only_this_user_can_enter_the_folder(private_temp):
    seen = []

    def look():
        held = list(private_temp.iterdir())
        seen.extend(stat.S_IMODE(folder.stat().st_mode) for folder in (*held, *(one for one in held[0].glob("*-*"))))
        return False

    read_bytes(orders().encode(), "a.csv", cancelled=look)
    assert seen
    assert set(seen) == {0o700}


def test_progress_goes_forward(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(orders(), encoding="utf-8")
    heard = []
    read_file(path, progress=heard.append)
    assert heard == sorted(heard)
    assert all(0 <= share <= 1 for share in heard)


def test_a_reading_can_be_cancelled():
    reading = read_bytes(orders().encode(), "a.csv", cancelled=lambda: True)
    assert (reading.outcome, reading.report["error_code"]) == ("error", "cancelled")


def test_what_takes_too_long_is_ended():
    rows = "".join(f"客户{n},{n}.50,2024-01-01\n" for n in range(200_000))
    reading = read_bytes(
        ("客户,金额,日期\n" + rows).encode(), "a.csv", limits=Limits(seconds=0.01, seconds_per_mebibyte=0)
    )
    assert reading.report["error_code"] == "too_slow"


def test_what_takes_too_much_memory_is_ended_and_nothing_else():
    rows = "".join(f"客户{n},{n}.50,2024-01-01\n" for n in range(400_000))
    limits = Limits(memory_bytes=60 << 20)
    assert read_bytes(("客户,金额,日期\n" + rows).encode(), "a.csv", limits=limits).outcome == "error"
    assert read_bytes(orders().encode(), "a.csv").outcome == "loads"


def test_answers_reach_the_worker():
    text = orders(days=("01/02/2023", "03/04/2023", "05/03/2023", "05/06/2023", "07/08/2023", "09/10/2023"))
    asked = read_bytes(text.encode(), "a.csv")
    assert (asked.outcome, asked.questions[0]["code"]) == ("asks", "date_order")
    assert asked.table.num_rows == 6
    answered = read_bytes(text.encode(), "a.csv", answers={"date_order": "mdy"})
    assert answered.outcome == "loads"
    assert answered.table["下单日期"][0].as_py().isoformat() == "2023-01-02"


def test_the_worker_loads_neither_pandas_nor_the_app():
    code = "import sys, tiering.ingest.bytes.worker; print(*{name.split('.')[0] for name in sys.modules})"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE_ROOT, check=True)
    assert not {"pandas", "streamlit", "altair", "duckdb", "sklearn"} & set(shown.stdout.split())


def test_a_file_that_is_gone_is_not_a_problem_of_the_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_file(Path(tmp_path / "nowhere.csv"))


def test_who_stands_by_reads_one_file_and_another_is_started_for_the_next(monkeypatch):
    started = []
    start = process._start
    monkeypatch.setattr(process, "_start", lambda: started.append(start()) or started[-1])
    start_spare_worker()
    start_spare_worker()
    assert len(started) == 1
    assert read_bytes(orders().encode(), "a.csv").outcome == "loads"
    assert started[0].returncode == 0
    assert len(started) == 1
    assert read_bytes(orders().encode(), "b.csv").outcome == "loads"
    assert len(started) == 2


def test_who_stands_by_and_has_ended_is_replaced(monkeypatch):
    ended = process._start()
    ended.stdin.close()
    assert ended.wait(30) == 0
    ended.stdout.close()
    process._STANDING_BY.put(ended)
    assert read_bytes(orders().encode(), "a.csv").outcome == "loads"
