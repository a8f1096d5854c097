"""The limited process that parses one file: reads a request on standard input, leaves a table and a report behind."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.bytes.serving import CURRENCIES, LINE_COLUMN, TABLE, serve
from tiering.ingest.reading import Column
from tiering.ingest.sheets.assembled import Assembled
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.source import read_source


class WithoutPandas:
    """Tells pyarrow that there is no pandas: it would load it to look at arrays, which costs a third of a second."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """No module of that name."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Read the file of the request."""
    sys.meta_path.insert(0, WithoutPandas)
    serve(_reply)


def _reply(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    assembled, grid, questions = read_source(Path(request["path"]), folder, request["answers"], limits, _say_progress)
    _write_table(assembled, folder / TABLE)
    _write_currencies(assembled, folder / CURRENCIES)
    return {
        "columns": [vars(one) for one in assembled.columns],
        "set_aside": [[one.line, one.reason, one.raw] for one in assembled.set_aside],
        "questions": questions,
        "report": report_of(assembled, grid, questions),
    }


def _say_progress(share: float) -> None:
    print(json.dumps({"progress": share}), flush=True)


def _write_table(assembled: Assembled, path: Path) -> None:
    schema = assembled.rows.schema.append(pa.field(LINE_COLUMN, pa.int32()))
    written = 0
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for batch in assembled.rows.batches():
            lines = pa.array(assembled.lines[written : written + batch.num_rows], pa.int32())
            writer.write_batch(pa.record_batch([*batch.columns, lines], schema=schema))
            written += batch.num_rows


def _write_currencies(assembled: Assembled, path: Path) -> None:
    """Currencies row by row where they differ, as read; no file where they do not."""
    if not assembled.currencies:
        return
    table = pa.table({name: signs.cast(pa.string()) for name, signs in assembled.currencies.items()})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def report_of(assembled: Assembled, grid: Grid, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """What was decided and where every line went, ready for JSON."""
    return {
        "outcome": "asks" if questions else "loads",
        "encoding": grid.facts.get("encoding"),
        "dialect": grid.facts.get("dialect"),
        "sheet": grid.facts.get("sheet"),
        "header_row": assembled.header.lines[0] if assembled.header.lines else None,
        "header_rows": list(assembled.header.lines),
        "titles": list(assembled.header.titles),
        "columns": [_described(one) for one in assembled.columns],
        "n_rows": len(assembled.rows),
        "lines": assembled.account.as_report(),
        "excluded": dict(assembled.account.excluded),
        "repaired": assembled.repaired,
        "set_aside": [{"line": one.line, "reason": one.reason, "raw": one.raw} for one in assembled.set_aside],
        "notes": assembled.notes,
        "asks": list(dict.fromkeys(question["code"] for question in questions)),
        "error_code": None,
    }


def _described(column: Column) -> dict[str, Any]:
    """A column as the report has it; currencies only where any is named."""
    shown = {name: value for name, value in vars(column).items() if value or name in {"name", "kind", "unit"}}
    return {**shown, **({"currencies": dict(column.currencies)} if column.currencies else {})}


if __name__ == "__main__":
    main()
