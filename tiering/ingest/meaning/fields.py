"""What a column of a file can stand for: the canonical fields and the header words people use for them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tiering.dataset import Role
from tiering.ingest.reading import Kind
from tiering.ingest.values.number_words import simplified

Becomes = Literal["key", "text", "class", "date", "money", "number", "share", "own"]

NUMERIC: frozenset[Becomes] = frozenset({"money", "number", "share"})
AMOUNT_PARTS = ("quantity", "unit_price")
CUSTOMER_KEYS = ("customer_id", "customer_name", "customer_email")  # the surest first
FILES = ("fields.toml", "side_fields.toml")
MORE_WORDS = "header_words.toml"  # by field and language

_REMARK = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_TAX_REMARKS = (
    (re.compile(r"[(（].*(不含税|未税)"), "不含税"),
    (re.compile(r"[(（].*含税"), "含税"),
    (re.compile(r"[(（].*\b(excl|net)"), "net"),
    (re.compile(r"[(（].*\b(incl|gross)"), "gross"),
)
_CODES = "EUR|USD|GBP|CHF|CNY|RMB|JPY|KRW|PLN|RUB|INR|BRL|AUD|CAD|HKD|SEK|NOK|DKK"
_CURRENCY = re.compile(rf"(?<=\w)[\s_]+(?:in[\s_]+)?(?:{_CODES})\s*$")
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Field:
    """One canonical column.

    Attributes
    ----------
    becomes
        What its values turn into; a ``key`` is text in one writing, by which tables find each other; a ``class`` is
        text in which "NULL" and "n/a" mean nothing, while in plain text they may be names; ``own`` keeps numbers as
        numbers and anything else as a class.
    kinds
        Column kinds that fit, best first.
    words, alone, never
        Normalised header words (preferred first), words that count only as the whole header, and parts of a
        header that rule the field out unless the header is one of the words.
    by_kind_never
        Further parts that rule it out where only the values speak for it.
    """

    key: str
    roles: frozenset[Role]
    becomes: Becomes
    kinds: tuple[Kind, ...]
    words: tuple[str, ...]
    alone: tuple[str, ...]
    never: tuple[str, ...]
    by_kind_never: tuple[str, ...]

    @property
    def is_attribute(self) -> bool:
        """Whether it describes the customer rather than the order (the name included, the key not)."""
        return "customers" in self.roles and self.key != "customer_id"


def normalised_header(header: str) -> str:
    """Header → its bare word: width, case, spaces, punctuation, remarks in brackets and traditional forms undone.

    A remark on tax is kept as the first word, since it tells two columns of one name apart.

    >>> normalised_header("訂單 金額（元）"), normalised_header("Customer_ID"), normalised_header("金额（不含税）")
    ('订单金额', 'customerid', '不含税金额')
    """
    folded = simplified(_CURRENCY.sub("", unicodedata.normalize("NFKC", header)).casefold())
    tax = next((word for remark, word in _TAX_REMARKS if remark.search(folded)), "")
    bare = _SEPARATORS.sub("", _REMARK.sub("", folded))
    return tax + bare if bare else _SEPARATORS.sub("", folded)


@cache
def fields() -> dict[str, Field]:
    """All canonical fields by key, in the order a mapping table shows them."""
    more = _entries(MORE_WORDS)
    entries = {key: entry for name in FILES for key, entry in _entries(name).items()}
    return {key: _field(key, entry, more.get(key, {})) for key, entry in entries.items()}


def fields_of(role: Role) -> tuple[Field, ...]:
    """The fields a file of this role can have; outside data describe customers as a customers file does."""
    described: Role = "customers" if role == "attributes" else role
    return tuple(field for field in fields().values() if described in field.roles)


def _entries(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _field(key: str, entry: dict[str, Any], more: dict[str, list[str]]) -> Field:
    words = [*entry["words"], *(word for language in more.values() for word in language)]
    lists = (_bare(words), *(_bare(entry.get(name, [])) for name in ("alone", "never", "by_kind_never")))
    return Field(key, frozenset(entry["roles"]), entry["becomes"], tuple(entry["kinds"]), *lists)


def _bare(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised_header(word) or word for word in words))


FIELDS: dict[str, Field] = fields()
