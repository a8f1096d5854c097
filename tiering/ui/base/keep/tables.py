"""The session's tables as private Parquet files, and back: its data set and the files it was built from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from tiering.dataset import Dataset, Meaning, SideAccount, SourceFacts, Unmatched
from tiering.ingest import Reading, mapping_from_json, mapping_to_json
from tiering.ingest.reading import Column, SetAside
from tiering.ui.base.source import Source

LINE = "line\x1f"  # no header of a file holds a control character
MEANING = TypeAdapter(Meaning)
TABLES = ("orders", "customers", "set_aside", "payments", "contacts")


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only this user can read (mode 0600), whole or not at all."""
    partial = path.with_suffix(".part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    partial.replace(path)


def write_dataset(folder: Path, dataset: Dataset) -> None:
    """Data set → one Parquet file per table and ``dataset.json``."""
    for name in TABLES:
        if (table := getattr(dataset, name)) is not None:
            _write_table(folder / f"{name}.parquet", table)
    facts = {
        "sources": [asdict(one) for one in dataset.sources],
        "fingerprint": dataset.fingerprint,
        "currency": dataset.currency,
        "unmatched": None if dataset.unmatched is None else asdict(dataset.unmatched),
        "beside": [asdict(one) for one in dataset.side_accounts],
        "meaning": MEANING.dump_python(dataset.meaning, mode="json"),
    }
    _write_json(folder / "dataset.json", facts)


def read_dataset(folder: Path) -> Dataset | None:
    """What ``write_dataset`` wrote → the equal data set; None where nothing was written."""
    if not (folder / "dataset.json").exists():
        return None
    facts = _read_json(folder / "dataset.json")
    unmatched = facts["unmatched"]
    orders, customers, set_aside, payments, contacts = (_read_table(folder / f"{name}.parquet") for name in TABLES)
    return Dataset(
        orders=orders,
        customers=customers,
        set_aside=pa.table({}) if set_aside is None else set_aside,
        sources=tuple(SourceFacts(**one) for one in facts["sources"]),
        fingerprint=facts["fingerprint"],
        currency=facts["currency"],
        unmatched=None if unmatched is None else Unmatched(*(tuple(side) for side in unmatched.values())),
        side_accounts=tuple(_beside(one) for one in facts.get("beside", ())),
        payments=payments,
        contacts=contacts,
        meaning=MEANING.validate_python(facts["meaning"]),
    )


def _beside(facts: dict[str, Any]) -> SideAccount:
    day = facts.pop("as_of")
    lists: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    return SideAccount(as_of=date.fromisoformat(day) if day else None, **lists)


def source_key(source: Source) -> str:
    """One name for a file as it was read under its answers and its mapping."""
    decided = json.dumps([source.sha256, source.name, source.answers, mapping_to_json(source.mapping)], default=str)
    return hashlib.sha256(decided.encode()).hexdigest()


def write_sources(folder: Path, sources: Sequence[Source]) -> None:
    """Files as they were read → Parquet and ``source-N.json`` each."""
    for number, source in enumerate(sources):
        reading = source.reading
        if reading.table is not None:
            table = reading.table if reading.lines is None else reading.table.append_column(LINE, reading.lines)
            _write_table(folder / f"source-{number}.parquet", table)
        if source.content:
            write_private(folder / f"source-{number}.bytes", source.content)
        _write_json(folder / f"source-{number}.json", _facts(source))


def read_sources(folder: Path) -> tuple[Source, ...]:
    """What ``write_sources`` wrote → the equal sources, in their order."""
    number, sources = 0, []
    while (folder / f"source-{number}.json").exists():
        sources.append(_source(folder / f"source-{number}.json"))
        number += 1
    return tuple(sources)


def _facts(source: Source) -> dict[str, Any]:
    reading = source.reading
    return {
        "name": source.name,
        "sha256": source.sha256,
        "answers": source.answers,
        "mapping": mapping_to_json(source.mapping),
        "outcome": reading.outcome,
        "columns": [asdict(one) for one in reading.columns],
        "set_aside": [[one.line, one.reason, one.raw] for one in reading.set_aside],
        "report": reading.report,
        "questions": list(reading.questions),
    }


def _source(path: Path) -> Source:
    facts, content = _read_json(path), path.with_suffix(".bytes")
    table = _read_table(path.with_suffix(".parquet"))
    lines = None
    if table is not None and LINE in table.column_names:
        lines = table[LINE].combine_chunks()
        table = table.drop_columns([LINE])
    reading = Reading(
        outcome=facts["outcome"],
        table=table,
        lines=lines,
        columns=tuple(Column(**one) for one in facts["columns"]),
        set_aside=tuple(SetAside(*one) for one in facts["set_aside"]),
        report=facts["report"],
        questions=tuple(facts["questions"]),
    )
    kept = content.read_bytes() if content.exists() else b""
    return Source(facts["name"], facts["sha256"], reading, mapping_from_json(facts["mapping"]), kept, facts["answers"])


def _write_table(path: Path, table: pa.Table) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        pq.write_table(table, file, compression="zstd")


def _read_table(path: Path) -> pa.Table | None:
    return pq.read_table(path) if path.exists() else None


def _write_json(path: Path, facts: dict[str, Any]) -> None:
    write_private(path, json.dumps(facts, ensure_ascii=False, default=str).encode())


def _read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))
