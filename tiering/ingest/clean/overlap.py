"""Order files that overlap: the same lines in more than one export, found exactly and left out only when asked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.ingest.clean.amounts import line_amounts
from tiering.ingest.meaning.mapping import Mapping, required_fields
from tiering.ingest.reading import OVERLAP, Reading, SetAside
from tiering.ingest.values.conversion import as_text

MOST_EXAMPLES = 3
_BETWEEN = "\x1f"  # no cell that was read holds a control character
Exported = tuple[Reading, Mapping, str, str]
Flags = NDArray[np.bool_]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Overlap:
    """What order files have in common.

    ``files``: names of the files that hold lines of an earlier one or lend them; ``lines``: how many lines stand in a
    later file again, ``of`` among how many; ``amount`` is their money and ``total`` that of all lines; ``examples``:
    the first few as text.
    """

    files: tuple[str, ...]
    lines: int
    of: int
    amount: Decimal
    total: Decimal
    examples: tuple[str, ...]


def _nobody(share: float) -> None:
    """Where nobody wants to know how far it is."""


def overlap_of(sources: Sequence[Exported], progress: Progress | None = None) -> Overlap | None:
    """Files with their mappings → the lines that order files share, None without any.

    Lines are the same when every column that both files have holds the same. A line that one file holds twice counts
    twice: only what another file repeats is shared, so that a real second line stays. ``progress`` is told 0..1.
    """
    tell = progress or _nobody
    flags = lines_again(sources, tell)
    if not any(mask.any() for mask in flags.values()):
        return None
    examples: list[str] = []
    amount = total = Decimal(0)
    for place, mask in flags.items():
        reading, mapping = sources[place][:2]
        assert reading.table is not None, "nothing was read"
        amounts = line_amounts(reading.table, mapping)
        total += pc.sum(amounts).as_py() or 0
        amount += pc.sum(amounts.filter(pa.array(mask))).as_py() or 0
        first = reading.table.filter(pa.array(mask)).slice(0, MOST_EXAMPLES).to_pylist()
        examples += [" | ".join(_shown(cell) for cell in row.values()) for row in first]
    return Overlap(
        files=tuple(sources[place][3] for place in sorted(flags)),
        lines=int(sum(mask.sum() for mask in flags.values())),
        of=sum(mask.size for mask in flags.values()),
        amount=amount,
        total=total,
        examples=tuple(examples[:MOST_EXAMPLES]),
    )


def without_overlap(sources: Sequence[Exported], progress: Progress | None = None) -> list[Exported]:
    """The same files with each shared line in one of them only; in the others it is set aside (``overlap``).

    The file whose bytes have the smallest hash keeps the line: the order in which files are given decides nothing.
    """
    flags = lines_again(sources, progress)
    return [_without(source, flags[place]) if place in flags else source for place, source in enumerate(sources)]


def lines_again(sources: Sequence[Exported], progress: Progress | None = None) -> dict[int, Flags]:
    """Place of an orders file → which of its lines another file of the same kind holds already.

    The file whose bytes have the smallest hash keeps the line.
    """
    tell = progress or _nobody
    kinds: dict[frozenset[str], list[int]] = {}
    for place, source in enumerate(sources):
        if source[1].role == "orders" and source[0].table is not None:
            kinds.setdefault(_kind(source[1]), []).append(place)
    flags: dict[int, Flags] = {}
    for places in kinds.values():
        if len(places) > 1:
            flags |= _repeated_among(sorted(places, key=lambda place: (sources[place][2], place)), sources, tell)
    return flags


def _kind(mapping: Mapping) -> frozenset[str]:
    """Files are of one kind where the required fields have the same headers: the same system wrote them."""
    return frozenset(f"{key}={header}" for key in required_fields(mapping) for header in mapping.headers(key))


def _repeated_among(places: list[int], sources: Sequence[Exported], tell: Progress) -> dict[int, Flags]:
    tables = [sources[place][0].table for place in places]
    common = sorted(set.intersection(*(set(table.column_names) for table in tables if table is not None)))
    texts = []
    for done, table in enumerate(tables):
        tell(0.6 * done / len(tables))
        texts += [] if table is None else [_texts(table.select(common))]
    tell(0.6)
    file = np.repeat(np.arange(len(places)), [len(text) for text in texts])
    codes = pa.chunked_array(texts).combine_chunks().dictionary_encode().indices.to_numpy()
    tell(0.8)
    nth = pd.DataFrame({"file": file, "code": codes}).groupby(["file", "code"]).cumcount().to_numpy()
    tell(0.9)
    again = pd.DataFrame({"code": codes, "nth": nth}).duplicated().to_numpy()
    ends = np.cumsum([len(text) for text in texts])[:-1]
    return dict(zip(places, np.split(again, ends), strict=True))


def _texts(table: pa.Table) -> pa.Array:
    columns = [pc.fill_null(as_text(column), "").combine_chunks() for column in table.columns]
    joined = pc.binary_join_element_wise(*columns, _BETWEEN)
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _without(source: Exported, again: Flags) -> Exported:
    reading, mapping, digest, name = source
    assert reading.table is not None, "nothing was read"
    assert reading.lines is not None, "nothing was read"
    if not again.any():
        return reading, mapping, f"{digest}-{OVERLAP}", name
    mask = pa.array(again)
    lost = reading.table.filter(mask)
    raw = pc.binary_join_element_wise(*(pc.fill_null(as_text(column), "") for column in lost.columns), ",").to_pylist()
    aside = [
        SetAside(line, OVERLAP, text) for line, text in zip(reading.lines.filter(mask).to_pylist(), raw, strict=True)
    ]
    kept = pc.invert(mask)
    left = replace(
        reading,
        table=reading.table.filter(kept),
        lines=reading.lines.filter(kept),
        set_aside=(*reading.set_aside, *aside),
    )
    return left, mapping, f"{digest}-{OVERLAP}", name


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell)
