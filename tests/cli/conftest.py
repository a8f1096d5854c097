"""Commands run in this process, in English unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable
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


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A command with its arguments → its outcome; nothing may be said on standard output."""

    def _run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert said.out == ""
        return Outcome(int(ended.value.code or 0), said.err)

    return _run


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path
