"""Numbers and names by which rows of tables find each other, without what spreadsheets and exports wrap around them."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

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
