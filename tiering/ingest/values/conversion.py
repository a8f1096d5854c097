"""Columns of a file turned into text, dates, numbers or keys by which tables find each other."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from tiering.decimals import doubles
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.meaning.fields import NUMERIC, Becomes

ABSENT = pa.array(["null", "n/a", "#n/a", "nan", "none", "-", "--", "—", "——", "/"])
WRAPPED = r'^=\s*(?:T\s*\(\s*|\(\s*)?"([^"]*)"\s*\)?$|^"([^"]+)"$'  # ="000123": a formula that keeps the zeros
INVISIBLE = r"[\x{00ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{feff}]"
SPACES = r"[\s\x{00a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]+"
DASHES = r"[\x{2010}-\x{2015}\x{2212}\x{fe58}\x{fe63}\x{ff0d}]"
ODD = r"^['’‘=\"]|[^\x21-\x7e\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Cyrillic}ßàáâäåæçèéêëìíîïñòóôöøùúûüÄÖÜÉ]|  "
ADDED_PLACES = r"^([+-]?\d+)\.0+$"
REAL_PLACES = r"^[+-]?\d+\.\d*[1-9]\d*$"
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LETTERS_TO_HALF = {code: half for code, half in _TO_HALF.items() if chr(half).isalnum()}


def is_number(kind: pa.DataType) -> bool:
    """Whether a column of this type holds numbers."""
    return pa.types.is_decimal(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)


def is_dated(kind: pa.DataType) -> bool:
    """Whether a column of this type holds dates or times."""
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind)


def as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as they are written plainly: whole numbers without places, dates ISO, midnight without the clock."""
    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        values = _without_places(values)
    elif pa.types.is_timestamp(kind):
        values = _without_clock(values)
    return values.cast(pa.string())


def as_key(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Keys in one writing (`plain_keys`); what is blank is missing. ``NULL`` and ``nan`` are names like any other."""
    encoded = as_text(values).dictionary_encode()
    if not encoded.num_chunks:
        return encoded.cast(pa.string())
    plain = plain_keys(encoded.chunk(0).dictionary)
    return pa.chunked_array([plain.take(chunk.indices) for chunk in encoded.chunks], pa.string())


def as_name(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text without blanks around it; what is blank is missing. ``NULL`` and ``nan`` are names like any other."""
    trimmed = pc.utf8_trim_whitespace(as_text(values))
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def as_class(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text of which a few forms say that there is none."""
    texts = as_name(values)
    return pc.if_else(pc.is_in(pc.utf8_lower(texts), value_set=ABSENT), None, texts)


def as_date(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Dates without the time of day; text counts only in the form 2024-05-31."""
    if is_dated(values.type):
        return values.cast(pa.date32(), safe=False)
    texts = pc.utf8_trim_whitespace(as_text(values))
    return pc.strptime(texts, format="%Y-%m-%d", unit="s", error_is_null=True).cast(pa.date32(), safe=False)


def as_number(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers as float64."""
    if pa.types.is_floating(values.type):
        return values.cast(pa.float64())
    return pa.chunked_array([pa.array(doubles(as_decimal(values)), from_pandas=True)])


def converted(values: pa.ChunkedArray, becomes: Becomes) -> pa.ChunkedArray:
    """A column as its field wants it: string, date32 or float64."""
    if becomes == "date":
        return as_date(values)
    if becomes in NUMERIC:
        return as_number(values)
    return {"class": as_class, "own": _as_measure, "key": as_key}.get(becomes, as_name)(values)


def _as_measure(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return as_number(values) if is_number(values.type) else as_class(values)


def as_own(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers as float64, dates as date32, everything else as text."""
    if is_number(values.type):
        return as_number(values)
    return as_date(values) if is_dated(values.type) else as_name(values)


def free_name(name: str, taken: set[str]) -> str:
    """``name``, or ``name_2``, ``name_3`` … where it is taken; case does not make a name different."""
    free, count = name, 1
    while free.casefold() in taken:
        count += 1
        free = f"{name}_{count}"
    taken.add(free.casefold())
    return free


def _without_places(values: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return values.cast(pa.int64() if pa.types.is_floating(values.type) else pa.decimal128(38, 0))
    except pa.ArrowInvalid:
        return values


def _without_clock(values: pa.ChunkedArray) -> pa.ChunkedArray:
    days = values.cast(pa.date32(), safe=False)
    return days if pc.all(pc.equal(days.cast(values.type), values)).as_py() is not False else values


def plain_keys(keys: pa.Array) -> pa.Array:
    """Texts of keys, different or not → the keys in one writing; what is blank is missing.

    Undone are what keeps a spreadsheet from reading a number (``="000123"``, a leading apostrophe), invisible signs,
    kinds of spaces and dashes, full-width letters, and places that a number format added (``17850.0``, unless the
    column has keys with other places). Case and spelling stay: they may tell two customers apart.
    """
    plain = pc.utf8_trim_whitespace(keys)
    odd = pc.fill_null(pc.match_substring_regex(plain, ODD), False)
    if pc.any(odd).as_py():
        plain = pc.replace_with_mask(plain, odd, _unwrapped(plain.filter(odd)))
    if _any_like(plain, ADDED_PLACES) and not _any_like(plain, REAL_PLACES):
        plain = pc.replace_substring_regex(plain, ADDED_PLACES, r"\1")
    return pc.if_else(pc.equal(plain, ""), pa.scalar(None, pa.string()), plain)


def _any_like(keys: pa.Array, pattern: str) -> bool:
    return pc.any(pc.match_substring_regex(keys, pattern)).as_py() is True


def _unwrapped(keys: pa.Array) -> pa.Array:
    steps = ((INVISIBLE, ""), (SPACES, " "), (WRAPPED, r"\1\2"), ("^['’‘]+", ""), (DASHES, "-"))
    for pattern, instead in steps:
        keys = pc.replace_substring_regex(keys, pattern, instead)
    return pa.array([_composed(key) for key in pc.utf8_trim_whitespace(keys).to_pylist()], pa.string())


def _composed(key: str) -> str:
    """Accents on their letters, letters at half width; East Asian names keep their own punctuation."""
    key = unicodedata.normalize("NFC", key)
    if not _FULL_WIDTH.search(key):
        return key
    return key.translate(_LETTERS_TO_HALF if _EAST_ASIAN.search(key) else _TO_HALF)
