"""Exports of known systems: their headers make sure what the columns mean; all evidence still has to hold."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tiering.claims import Asked, Claim
from tiering.dataset import Role
from tiering.ingest.meaning.draft import Draft, Finding
from tiering.ingest.meaning.fields import CUSTOMER_KEYS, FIELDS, NUMERIC, normalised_header
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.meaning.suggestion import suggest_mapping
from tiering.ingest.values.conversion import is_dated, is_number


@dataclass(frozen=True)
class Layout:
    """One export of one system: the headers by which it is known, and what its columns stand for.

    ``columns``: field → headers that may bear it, the best first.
    """

    key: str
    system: str
    signature: frozenset[str]
    rows: Role
    columns: dict[str, tuple[str, ...]]


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts of the folder, those with the most headers in their signature first."""
    found = [_layout(path) for path in sorted(Path(__file__).parent.glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: -len(one.signature)))


def _layout(path: Path) -> Layout:
    entry = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = {field: tuple(headers) for field, headers in entry["columns"].items()}
    signature = frozenset(_bare(header) for header in entry["signature"])
    return Layout(path.stem, entry["system"], signature, entry["rows"], columns)


def _bare(header: str) -> str:
    return normalised_header(header) or header


def find(draft: Draft, asked: Asked) -> Finding:
    """A draft whose headers are those of a known export, with what its columns mean."""
    if draft.role is not None or set(draft.mapping.columns) - set(draft.mapping.confidence):
        return Finding(draft)
    headers = {_bare(name): name for name in reversed(draft.table.column_names)}
    layout = next((one for one in layouts() if one.signature <= set(headers)), None)
    if layout is None:
        return Finding(draft)
    claim = Claim(
        "layout", layout.key, "sure", {"why": "known", "system": layout.system}, draft.name, draft.table.num_rows
    )
    return Finding(_mapped(draft, layout, headers), (claim,))


def _mapped(draft: Draft, layout: Layout, headers: dict[str, str]) -> Draft:
    """The mapping of the words, corrected by the layout where the values can be what it says."""
    mapping = suggest_mapping(draft.reading, layout.rows)
    chosen = {field: name for field, ways in layout.columns.items() if (name := _first(draft, field, ways, headers))}
    own = {key for key in mapping.columns if set(mapping.headers(key)) & set(chosen.values())}
    strangers = set(CUSTOMER_KEYS) if set(CUSTOMER_KEYS) & set(chosen) else set()
    for key in own | strangers:
        mapping = with_column(mapping, draft.reading, key, None)
    for field, name in chosen.items():
        mapping = with_column(mapping, draft.reading, field, name)
    sure = dict.fromkeys(chosen, 1.0)
    return replace(draft, mapping=replace(mapping, confidence={**mapping.confidence, **sure}))


def _first(draft: Draft, field: str, ways: tuple[str, ...], headers: dict[str, str]) -> str | None:
    return next(
        (headers[_bare(way)] for way in ways if _bare(way) in headers and _fits(draft, field, headers[_bare(way)])),
        None,
    )


def _fits(draft: Draft, field: str, header: str) -> bool:
    values = draft.table[header]
    if values.null_count == len(values):
        return False
    becomes = FIELDS[field].becomes
    return is_number(values.type) if becomes in NUMERIC else is_dated(values.type) if becomes == "date" else True
