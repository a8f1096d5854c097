"""What a table is by its headers where it holds neither orders nor customers: price lists, dictionaries, campaigns."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.draft import Draft
from tiering.ingest.meaning.fields import normalised_header
from tiering.ingest.meaning.header_match import ALONE
from tiering.ingest.values.conversion import as_text

TableKind = Literal["data_dictionary", "advertising", "stock_list", "price_list", "staff"]
KINDS: tuple[TableKind, ...] = ("data_dictionary", "advertising", "stock_list", "price_list", "staff")
SHORT = 4  # a shorter word has to be the whole header, or stand at its end


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """Words of headers by kind of table, as headers are compared."""
    kinds = tomllib.loads((Path(__file__).parent / "table_kinds.toml").read_text(encoding="utf-8"))
    return {kind: {name: _bare(words) for name, words in entry.items()} for kind, entry in kinds.items()}


def _bare(words: Any) -> Any:
    if isinstance(words, int):
        return words
    return [_bare(word) if isinstance(word, list) else normalised_header(word) or word for word in words]


def bare_headers(draft: Draft) -> list[str]:
    """The table's headers as headers are compared."""
    return [normalised_header(name) for name in draft.table.column_names]


def kind_of(draft: Draft) -> TableKind | None:
    """What the headers speak for, None where it may be orders or customers."""
    headers = bare_headers(draft)
    fields = vocabulary()["data_dictionary"]["all"]
    if all(any(header in words for header in headers) for words in fields) and not _numeric(draft):
        return "data_dictionary"
    for kind in KINDS[1:]:
        entry = vocabulary()[kind]
        if sum(any(_names(word, header) for word in entry["any"]) for header in headers) >= entry["least"]:
            return kind
    return None


def speaks_of(draft: Draft, kind: str) -> bool:
    """Whether a header, or the name of the file, has a word of a kind."""
    words, name = vocabulary()[kind]["any"], normalised_header(draft.name)
    return any(_part(word, text) for text in [*bare_headers(draft), name] for word in words)


def _names(word: str, header: str) -> bool:
    return header == word or (len(word) > SHORT and header.endswith(word))


def _part(word: str, text: str) -> bool:
    return word in text if len(word) >= SHORT or not word.isascii() else text == word


def _numeric(draft: Draft) -> bool:
    return any(pa.types.is_decimal(one.type) for one in draft.table.columns)


def is_of_products(draft: Draft) -> bool:
    """Whether what was taken for the customer numbers something else: a vague word, one for one with a title."""
    key = draft.mapping.customer_field
    if key is None or draft.mapping.headers("customer_name") or draft.mapping.confidence.get(key, 1.0) > ALONE:
        return False
    header = draft.mapping.headers(key)[0]
    if not draft.mapping.headers("unit_price") and not draft.mapping.headers("product"):
        return False
    texts = [name for name in draft.table.column_names if name != header and pa.types.is_string(draft.table[name].type)]
    return any(_one_for_one(draft.table[header], draft.table[name]) for name in texts)


def _one_for_one(first: pa.ChunkedArray, second: pa.ChunkedArray) -> bool:
    keys, titles = as_text(first), as_text(second)
    different = pc.count_distinct(keys).as_py()
    if different < 2 or pc.count_distinct(titles).as_py() != different:
        return False
    pairs = pa.table({"key": keys, "title": titles}).group_by(["key", "title"]).aggregate([])
    return bool(pairs.num_rows == different)


def is_pivot(draft: Draft) -> bool:
    """Whether it is a pivot table copied as it stood."""
    headers = bare_headers(draft)
    return bool(headers) and headers[0] in vocabulary()["pivot"]["first"]
