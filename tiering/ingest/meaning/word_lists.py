"""Words that files use for classes, stages, kinds, states and money, from the lists beside this module."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from tiering.ingest.meaning.mapping import Mapping
from tiering.ingest.values.number_words import simplified
from tiering.scenario.population import Money, Stage, Tax

Meant = Literal[
    "counts",
    "sale",
    "return",
    "back",
    "returned",
    "lapsed",
    "awaiting",
    "payment",
    "open",
    "doubtful_yes",
    "doubtful_no",
    "customer",
]
CLASSES: tuple[Meant, ...] = (
    *("returned", "return", "back", "lapsed", "payment", "awaiting", "counts", "sale"),
    *("doubtful_yes", "doubtful_no", "open", "customer"),
)
LONGEST = 60  # characters; what is longer is a sentence
_SIGNS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[ -ɏͰ-ӿ]+")
Meaning = TypeVar("Meaning", Stage, Tax)
AMOUNTS = ("amount", "unit_price", "annual_revenue")
STAGES: dict[Stage, tuple[str, ...]] = {
    "invoiced": ("开票", "发票", "invoice", "billed"),
    "paid": ("实付", "实收", "支付", "付款", "回款", "收款", "paid", "payment", "received"),
    "ordered": ("订单", "下单", "订货", "合同", "order", "booked", "booking"),
}
TAXES: dict[Tax, tuple[str, ...]] = {
    "without": ("不含税", "未税", "excl", "net of tax", "ex vat", "before tax"),
    "with": ("含税", "incl", "with tax", "gross of tax"),
}


@cache
def vocabulary() -> dict[str, Any]:
    """The word lists as written in the file beside this module."""
    return tomllib.loads((Path(__file__).parent / "states.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A word without spaces, signs, case, accents and traditional forms, for comparison only.

    >>> plain("Partially_Refunded"), plain("Zurückgegeben "), plain("已審核")
    ('partiallyrefunded', 'zuruckgegeben', '已审核')
    """
    return _SIGNS.sub("", simplified(_folded(text)))


@lru_cache(maxsize=65_536)
def meant_by(value: str) -> Meant | None:
    """What a value says of its line, None where no list knows it.

    >>> meant_by("Cancelled"), meant_by("Storniert (Kunde)"), meant_by("未取消"), meant_by("Blue")
    ('lapsed', 'lapsed', 'counts', None)
    """
    bare = plain(value)
    if not bare or len(value) > LONGEST:
        return None
    return _listed().get(bare) or _by_parts(value, bare)


@lru_cache(maxsize=1024)
def truth_of(value: str) -> bool | None:
    """What a cell of a mark says: yes, no, or neither."""
    bare = plain(value) or value.strip()
    lists = vocabulary()
    if bare in _plain_words(tuple(lists["yes"]["words"])):
        return True
    return False if bare in _plain_words(tuple(lists["no"]["words"])) else None


def header_says(header: str, kind: str) -> bool:
    """Whether a header is one of the words for a kind of column: ``status``, ``type``, ``void`` …."""
    return plain(header) in _plain_words(tuple(vocabulary()["headers"][kind]))


def is_about(header: str, subject: str) -> bool:
    """Whether a header speaks of ``customer``, ``deals`` or ``invoices``."""
    bare = plain(header)
    return any(plain(part) in bare for part in vocabulary()["about"][subject])


def speaks_of(value: str, kind: str) -> bool:
    """Whether a value holds a word for what is ``returned``, wholly or in part, or a document to ``reverse``."""
    bare, words = plain(value), _WORDS.findall(_folded(value))
    return any(_holds(part, bare, words) for part in vocabulary()["parts"][kind])


def is_denied(value: str) -> bool:
    """Whether a value says that something did not happen."""
    bare, parts = plain(value), vocabulary()["parts"]
    return any(sign in parts["not_before"] for sign in bare) or not set(_WORDS.findall(_folded(value))).isdisjoint(
        parts["not"]
    )


def code_of_type(value: str) -> Meant | None:
    """What the code of a type of document says."""
    kinds: tuple[Meant, ...] = ("sale", "return", "lapsed")
    return next((kind for kind in kinds if plain(value) in vocabulary()["codes"][kind]), None)


@cache
def _listed() -> dict[str, Meant]:
    lists = vocabulary()
    return {plain(word): kind for kind in reversed(CLASSES) for word in lists[kind]["words"]}


@cache
def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(word) or word for word in words)


def _by_parts(value: str, bare: str) -> Meant | None:
    """Words that begin like a state, parts in scripts without spaces; what is denied stands for the opposite."""
    parts, words = vocabulary()["parts"], _WORDS.findall(_folded(value))
    kinds: tuple[tuple[str, Meant], ...] = (
        ("return", "return"),
        ("returned", "back"),
        ("lapsed", "lapsed"),
        ("sale", "sale"),
    )
    for kind, meant in kinds:
        found = [part for part in parts[kind] if _holds(part, bare, words)]
        if not found:
            continue
        if any(_denied(part, bare, words) for part in found):
            return "counts"
        partial = kind == "returned" and any(_holds(part, bare, words) for part in parts["partial"])
        return "doubtful_yes" if partial else meant
    return None


def _holds(part: str, bare: str, words: list[str]) -> bool:
    if _LATIN.fullmatch(part):
        return any(word.startswith(part) for word in words)
    return simplified(part) in bare


def _denied(part: str, bare: str, words: list[str]) -> bool:
    parts = vocabulary()["parts"]
    if _LATIN.fullmatch(part):
        return not set(words).isdisjoint(parts["not"])
    before = bare.partition(simplified(part))[0][-1:]
    return before != "" and before in parts["not_before"]


def _folded(text: str) -> str:
    """Width, case and accents undone; letters of scripts whose marks are part of the letter stay whole."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    if wide.isascii():
        return wide
    bare = "".join(_base(sign) for sign in wide)
    return bare.replace("ł", "l")


def _base(sign: str) -> str:
    """A Latin letter without its accent."""
    taken_apart = unicodedata.normalize("NFD", sign)
    return taken_apart[0] if "a" <= taken_apart[0] <= "z" else sign


@cache
def class_words(group: str) -> dict[str, tuple[str, ...]]:
    """Words of each meaning of a group, in the order of the list.

    Raises
    ------
    KeyError
        When there is no such group.
    """
    return {meaning: tuple(words) for meaning, words in _groups()[group].items()}


@cache
def _groups() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "class_words.toml").read_text(encoding="utf-8"))


def money_meant(mappings: Sequence[Mapping]) -> Money:
    """Mappings of the files → what all headers of amounts agree on; "unsaid" where none says so or two differ."""
    headers = [simplified(header.casefold()) for one in mappings for key in AMOUNTS for header in one.headers(key)]
    stages = {stage for header in headers if (stage := _said(header, STAGES))}
    taxes = {tax for header in headers if (tax := _said(header, TAXES))}
    return Money(
        stage=stages.pop() if len(stages) == 1 else "unsaid",
        tax=taxes.pop() if len(taxes) == 1 else "unsaid",
    )


def _said(header: str, meanings: dict[Meaning, tuple[str, ...]]) -> Meaning | None:
    return next((meaning for meaning, words in meanings.items() if any(word in header for word in words)), None)
