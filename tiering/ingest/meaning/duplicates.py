"""The claim ``duplicates``: a file, sheet or block that stands twice counts once; scattered equal lines all count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.claims import Asked, Choice, Claim, Question, is_worth_asking
from tiering.ingest.meaning.draft import Draft, Finding, leave_out
from tiering.ingest.meaning.word_lists import plain
from tiering.ingest.values.conversion import is_dated

COUNTED_ONCE = "counted_once"
FEWEST_BLOCK = 5  # lines in a row that stand once more in the same order
FEWEST_DIFFERENT = 3  # a whole file doubled has more than a pair of equal lines
MOST_OFFSETS = 5
NEARLY_ALL = 0.95
MIXER = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ ÷ the golden ratio: spreads neighbours over all numbers
LINE_WORDS = frozenset(
    plain(word)
    for word in (
        *("line", "line no", "line number", "line id", "item no", "item number", "position", "pos", "seq"),
        *(
            "行号",
            "行次",
            "序号",
            "明细行号",
            "分录号",
            "分录",
            "positionsnr",
            "zeile",
            "zeilennummer",
            "posnr",
            "ligne",
        ),
        *("numero de ligne", "linea", "num linea", "riga", "numero riga", "linha", "regel", "regelnummer"),
        *("pozycja", "lp", "行番号", "明細番号", "명세번호", "순번", "строка", "номер строки"),
    )
)
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class _Repeats:
    """Lines that stand there already: those that are one record read twice, those that may be two equal sales."""

    doubled: Flags
    scattered: Flags
    why: str


def find(draft: Draft, asked: Asked) -> Finding:
    """Lines of one table that stand there twice.

    A block or the whole table twice, or a line with its own number twice, is one record: counted once, and asked
    about where it changes more than one per cent of the money. Other equal lines are sales of their own, and so is
    a block of less money.
    """
    amounts = draft.amounts()
    repeats = _repeats(draft)
    if amounts is None or repeats is None:
        return Finding(draft)
    whole_size = pc.sum(pc.abs(amounts)).as_py()
    if repeats.why == "block" and not is_worth_asking(size_of(amounts, pa.array(repeats.doubled)), whole_size):
        repeats = replace(repeats, doubled=repeats.doubled & False, scattered=repeats.scattered | repeats.doubled)
    claims = _scattered(draft, repeats.scattered, amounts)
    if not repeats.doubled.any():
        return Finding(draft, claims)
    mask = pa.array(repeats.doubled)
    lines, money = int(repeats.doubled.sum()), pc.sum(amounts.filter(mask)).as_py() or Decimal(0)
    whole = pc.sum(amounts).as_py() or Decimal(0)
    choices = (
        Choice("once", draft.table.num_rows - lines, whole - money),
        Choice("all", draft.table.num_rows, whole),
    )
    facts = {"why": repeats.why}
    question = Question("duplicates", draft.name, choices, "once", "", facts, lines, money, examples(draft, mask))
    said, degree = asked.decided(question)
    is_open = degree == "open" and is_worth_asking(size_of(amounts, mask), whole_size)
    claim = Claim("duplicates", said, "open" if is_open else "likely", {"why": said}, draft.name, lines, money)
    left = draft if said == "all" else leave_out(draft, mask, COUNTED_ONCE)
    return Finding(left, (*claims, claim), (question,) if is_open else ())


def size_of(amounts: pa.ChunkedArray, mask: pa.Array) -> Decimal:
    """Money of some lines without their signs."""
    return pc.sum(pc.abs(amounts.filter(mask))).as_py() or Decimal(0)


def examples(draft: Draft, mask: pa.Array) -> tuple[str, ...]:
    """The first few of some lines as text."""
    rows = draft.table.filter(mask).slice(0, 3).to_pylist()
    return tuple(" | ".join("" if cell is None else str(cell) for cell in row.values()) for row in rows)


def _scattered(draft: Draft, scattered: Flags, amounts: pa.ChunkedArray) -> tuple[Claim, ...]:
    if not scattered.any():
        return ()
    money = pc.sum(amounts.filter(pa.array(scattered))).as_py()
    return (Claim("duplicates", "all", "likely", {"why": "scattered"}, draft.name, int(scattered.sum()), money),)


def _repeats(draft: Draft) -> _Repeats | None:
    codes = _row_codes(draft.table, draft.table.column_names)
    again = _again(codes)
    if not again.any():
        return _renumbered(draft)
    nothing = np.zeros(len(codes), bool)
    if _is_numbered(draft, int((~again).sum())):
        return _Repeats(again, nothing, "numbered")
    if _is_whole(codes, again):
        return _Repeats(again, nothing, "whole")
    blocks = _blocks(codes, again)
    return _Repeats(blocks, again & ~blocks, "block")


def _renumbered(draft: Draft) -> _Repeats | None:
    """The whole table or a block of it twice, but for a column that numbers its rows."""
    running = [name for name in draft.table.column_names if _is_running(draft.table[name])]
    if not running:
        return None
    codes = _row_codes(draft.table, [name for name in draft.table.column_names if name not in running])
    again = _again(codes)
    doubled = again if _is_whole(codes, again) else _blocks(codes, again)
    return _Repeats(doubled, np.zeros(len(codes), bool), "block") if doubled.any() else None


def _row_codes(table: pa.Table, names: list[str]) -> Codes:
    """One number a row; rows are equal where these are, those that occur once have −1."""
    codes = np.full(table.num_rows, -1, np.int64)
    columns = [_places(table[name]) for name in names]
    mixed = np.zeros(table.num_rows, np.uint64)
    for places in columns:
        mixed = (mixed ^ places.astype(np.uint64)) * MIXER
        mixed ^= mixed >> np.uint64(29)
    rows = np.flatnonzero(pd.Series(mixed).duplicated(keep=False).to_numpy())
    groups = np.zeros(len(rows), np.int64)
    for places in columns:  # rows with one mix are nearly always equal: now exactly
        part = places[rows].astype(np.int64)
        groups = pd.factorize(groups * (int(part.max(initial=0)) + 1) + part)[0]
    twice = np.bincount(groups, minlength=1)[groups] > 1
    codes[rows[twice]] = groups[twice]
    return codes


def _places(cells: pa.ChunkedArray) -> NDArray[np.int32]:
    """Place of each cell's value among the different ones."""
    return pc.dictionary_encode(cells, null_encoding="encode").combine_chunks().indices.to_numpy()


def _again(codes: Codes) -> Flags:
    """Rows that an earlier one equals."""
    return (codes >= 0) & pd.Series(codes).duplicated().to_numpy()


def _is_numbered(draft: Draft, different: int) -> bool:
    """Whether a number tells all lines apart but those that stand twice: their own, or with the order's."""
    if different < FEWEST_DIFFERENT:
        return False
    orders = draft.mapping.headers("order_id")
    others = {header for key in draft.mapping.columns if key != "order_id" for header in draft.mapping.headers(key)}
    kinds = {column.name: column.kind for column in draft.reading.columns}
    own = [name for name, kind in kinds.items() if name not in others and kind in ("id", "quantity")]
    if any(pc.count_distinct(draft.table[name]).as_py() == different for name in {*own, *orders}):
        return True
    in_order = [name for name in kinds if plain(name) in LINE_WORDS] if orders else []
    return any(draft.table.group_by([orders[0], name]).aggregate([]).num_rows == different for name in in_order)


def _is_running(cells: pa.ChunkedArray) -> bool:
    """Whether a column counts the rows, 1, 2, 3 …."""
    if cells.null_count or is_dated(cells.type) or len(cells) < 2 * FEWEST_DIFFERENT:
        return False
    try:
        numbers = cells.cast(pa.int64()).to_numpy()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return False
    return bool(np.all(np.diff(numbers) == 1))


def _is_whole(codes: Codes, again: Flags) -> bool:
    """Whether nearly every line stands there as often as every other, and more than once."""
    counts = np.bincount(codes[codes >= 0], minlength=1)
    different = int((~again).sum())
    often = Counter(counts.tolist()).most_common(1)[0][0]
    return often > 1 and different >= FEWEST_DIFFERENT and int((counts >= 2).sum()) >= NEARLY_ALL * different


def _blocks(codes: Codes, again: Flags) -> Flags:
    """Rows of blocks that stand once more further up, in the same order."""
    equal = np.flatnonzero(codes >= 0)
    first = np.arange(len(codes))
    first[equal] = pd.Series(equal).groupby(codes[equal]).transform("min").to_numpy()
    places = np.flatnonzero(again)
    found = np.zeros(len(codes), bool)
    for offset, _ in Counter((places - first[places]).tolist()).most_common(MOST_OFFSETS):
        same = np.concatenate((np.zeros(offset, bool), (codes[offset:] == codes[:-offset]) & (codes[offset:] >= 0)))
        found |= same & (_run_lengths(same) >= min(FEWEST_BLOCK, offset) if offset >= FEWEST_DIFFERENT else False)
    return found & again


def _run_lengths(flags: Flags) -> NDArray[np.int64]:
    """Length of the run of true values that each place belongs to, 0 for false ones."""
    runs = np.cumsum(np.concatenate(([True], flags[1:] != flags[:-1])))
    lengths = np.bincount(runs)[runs]
    return np.where(flags, lengths, 0)
