"""Commands run in this process, in English unless a test says otherwise."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from tiering.cli import main

ORDERS = """order_no,customer_no,date,amount
1,K10,2026-01-05,100.50
2,K2,2026-02-05,50.00
3,K10,2026-03-09,-20.00
4,,2026-03-10,77.00
5,客3,2026-04-01,900.25
6,K2,2026-04-20,not yet known
"""


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it said on standard error."""

    status: int
    said: str


Run = Callable[..., Outcome]


def run_command(*arguments: object) -> Outcome:
    """A command with its arguments → its outcome; nothing may be said on standard output."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert out.getvalue() == ""
    return Outcome(int(ended.value.code or 0), err.getvalue())


@pytest.fixture(scope="module", autouse=True)
def english() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LC_ALL", "LC_MESSAGES"):
            patch.delenv(name, raising=False)
        patch.setenv("LANG", "en_GB.UTF-8")
        yield


@pytest.fixture
def run() -> Run:
    return run_command


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    return orders_in(tmp_path)


def orders_in(folder: Path) -> Path:
    path = folder / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path
