"""A session's choices and data as a folder of files, and back."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from tiering.ui.base.keep.tables import (
    read_dataset,
    read_sources,
    source_key,
    write_dataset,
    write_private,
    write_sources,
)

CHOICES = "choices.json"
HEAVY = ("dataset", "sources", "waiting")


def save(folder: Path, choices: Any) -> None:
    """Write the choices, and the data where it is not the data written last.

    The small file names the folder of the data it belongs to and is replaced last: whoever reads it in between finds
    the former state whole.
    """
    kind: type = type(choices)
    kept = {key: adapter.dump_python(getattr(choices, key), mode="json") for key, adapter in light(kind)}
    name = _data_name(choices)
    if name and not (folder / name).is_dir():
        _write_data(folder, name, choices)
    entry = json.dumps({"data": name, "choices": kept}, ensure_ascii=False)
    write_private(folder / CHOICES, entry.encode())
    for old in folder.glob("data-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def load(folder: Path, kind: type) -> Any:
    """What ``save`` wrote → choices of the dataclass ``kind``; None where it is not whole.

    A choice that no longer has its form is left at its default: the rest is worth having.
    """
    try:
        entry = json.loads((folder / CHOICES).read_text(encoding="utf-8"))
        given = dict(_valid(entry["choices"], kind))
        if entry["data"]:
            given |= _read_data(folder / Path(entry["data"]).name)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kind(**given)


@cache
def light(kind: type) -> tuple[tuple[str, TypeAdapter[Any]], ...]:
    """The fields of ``kind`` that are kept as choices, with their form: all but tables and those marked as passing."""
    hints = get_type_hints(kind, include_extras=True)
    names = (one.name for one in fields(kind) if one.name not in HEAVY and not one.metadata.get("passing"))
    return tuple((name, TypeAdapter(hints[name])) for name in names)


def _valid(entries: dict[str, Any], kind: type) -> Iterator[tuple[str, Any]]:
    for key, adapter in light(kind):
        if key in entries:
            with suppress(ValidationError):
                yield key, adapter.validate_json(json.dumps(entries[key]))


def _data_name(choices: Any) -> str:
    keys = ["" if choices.dataset is None else choices.dataset.fingerprint]
    keys += [source_key(one) for one in (*choices.sources, *choices.waiting)]
    keys.append(str(len(choices.sources)))
    return f"data-{hashlib.sha256('|'.join(keys).encode()).hexdigest()[:16]}" if any(keys[:-1]) else ""


def _write_data(folder: Path, name: str, choices: Any) -> None:
    partial = folder / f"part-{name}"
    shutil.rmtree(partial, ignore_errors=True)
    for part in ("", "sources", "waiting"):
        (partial / part).mkdir(mode=0o700)
    if choices.dataset is not None:
        write_dataset(partial, choices.dataset)
    write_sources(partial / "sources", choices.sources)
    write_sources(partial / "waiting", choices.waiting)
    partial.replace(folder / name)


def _read_data(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise FileNotFoundError(folder.name)
    return {
        "dataset": read_dataset(folder),
        "sources": read_sources(folder / "sources"),
        "waiting": read_sources(folder / "waiting"),
    }
