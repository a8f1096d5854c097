"""The claim ``refund_column``: what a column says was paid back or came back is subtracted from its line."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question, Step, is_worth_asking
from tiering.ingest.clean.amounts import as_decimal, fixed_decimals
from tiering.ingest.meaning.draft import Draft, Finding, with_amounts, with_values
from tiering.ingest.meaning.word_lists import plain
from tiering.ingest.values.conversion import as_key, is_number

REFUNDS = "refunds"
NOTHING = Decimal(0)
CENT = Decimal("0.01")
ENOUGH = 5  # lines on which an equation holds to the cent by no accident


@cache
def vocabulary() -> dict[str, Any]:
    """The word lists as written in the file beside this module."""
    return tomllib.loads((Path(__file__).parent / "returns.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Refunds:
    """What was taken back of each line, in money (never negative), and the columns that say so."""

    headers: tuple[str, ...]
    money: pa.ChunkedArray
    pieces: pa.ChunkedArray | None = None


def find(draft: Draft, asked: Asked) -> Finding:
    """Columns of refunds and of returned pieces: subtracted from the amounts, unless these are net of them already.

    Where more is taken back than was sold, or the amounts look net already, it is asked about.
    """
    refunds = refunds_of(draft)
    amounts = draft.amounts()
    if refunds is None or amounts is None:
        return Finding(draft)
    taken = pc.sum(refunds.money).as_py() or NOTHING
    if not taken:
        return Finding(draft)
    doubt = _doubt(draft, refunds)
    question = _question(draft, refunds, taken, doubt)
    said, degree = asked.decided(question)
    proven = doubt == "net" and question.lines >= ENOUGH  # by so many sums
    is_open = degree == "open" and doubt != "" and not proven
    is_open = is_open and is_worth_asking(taken, pc.sum(pc.abs(amounts)).as_py())
    given = "returns_sheet" in asked.answers and doubt != ""
    joins = (said if given or doubt else "join") == "join"
    claim = _claim(draft, refunds, taken, ("join" if joins else "ignore", "open" if is_open else "likely"))
    return Finding(_subtracted(draft, refunds, taken) if joins else draft, (claim,), (question,) if is_open else ())


def refunds_of(draft: Draft) -> Refunds | None:
    """What the columns of refunds say, None without any; a column of pieces counts where none tells the money."""
    if not draft.has_amount:
        return None
    money, pieces = _columns(draft, "money"), _columns(draft, "pieces")
    if money:
        found = Refunds((money[0],), _once_an_order(draft, _size(draft.table[money[0]])))
        return found if not pieces else replace(found, pieces=_size(draft.table[pieces[0]]))
    if not pieces:
        return None
    back = _size(draft.table[pieces[0]])
    price = _price(draft)
    return None if price is None else Refunds((pieces[0],), _product(back, price), back)


def partly_refunded(draft: Draft) -> pa.ChunkedArray:
    """Lines of which a refund column says that a part alone was taken back."""
    refunds, amounts = refunds_of(draft), draft.amounts()
    if refunds is None or amounts is None:
        return pa.chunked_array([pa.repeat(pa.scalar(False), draft.table.num_rows)])
    part = pc.and_(pc.greater(refunds.money, NOTHING), pc.less(refunds.money, amounts))
    return pc.fill_null(part, False)


def _columns(draft: Draft, kind: Literal["money", "pieces"]) -> list[str]:
    words = _words(kind)
    used = {header for key in ("amount", "quantity", "unit_price") for header in draft.mapping.headers(key)}
    return [
        one.name
        for one in draft.reading.columns
        if one.name not in used
        and one.kind != "share"
        and _bare(one.name) in words
        and is_number(draft.table.schema.field(one.name).type)
    ]


def is_refund_header(header: str, kind: Literal["money", "pieces"] = "money") -> bool:
    """Whether a header is a word for money that was paid back, or for pieces that came back."""
    return _bare(header) in _words(kind)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(plain(word) for word in vocabulary()[kind]["words"])


def _bare(header: str) -> str:
    """The header without its unit in brackets."""
    return plain(header.split("(", maxsplit=1)[0].split("（", maxsplit=1)[0].split("[", maxsplit=1)[0])


def _size(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whatever its sign; what is missing is nothing."""
    return pc.fill_null(pc.abs(as_decimal(values)), NOTHING)


def _price(draft: Draft) -> pa.ChunkedArray | None:
    """What one piece of each line was sold for: amount ÷ quantity, so that a discount counts for what came back too."""
    quantity, amounts = draft.values("quantity"), draft.amounts()
    if amounts is None:
        return None
    if quantity is not None:
        pieces = as_decimal(quantity).cast(pa.float64())
        return pc.if_else(pc.not_equal(pieces, 0.0), pc.divide(amounts.cast(pa.float64()), pieces), None)
    price = draft.values("unit_price")
    return None if price is None else as_decimal(price).cast(pa.float64())


def _product(back: pa.ChunkedArray, price: pa.ChunkedArray) -> pa.ChunkedArray:
    money = pc.round(pc.multiply(back.cast(pa.float64()), price), ndigits=6)
    return pc.fill_null(fixed_decimals(as_decimal(money)), NOTHING)


def _once_an_order(draft: Draft, money: pa.ChunkedArray) -> pa.ChunkedArray:
    """A refund that is repeated on every line of an order and is more than some of them, on one of them alone."""
    numbers, amounts = draft.values("order_id"), draft.amounts()
    if numbers is None or amounts is None:
        return money
    lines = pa.table({"order": as_key(numbers), "money": money, "amount": amounts})
    asked_of = [("money", "min"), ("money", "max"), ("money", "count"), ("amount", "min")]
    refunded = (pc.field("money_max") > NOTHING) & (pc.field("money_count") > 1)
    orders = lines.group_by("order").aggregate(asked_of).filter(refunded)
    same = pc.all(pc.equal(orders["money_min"], orders["money_max"])).as_py()
    more = pc.any(pc.greater(orders["money_max"], orders["amount_min"])).as_py()
    if not orders.num_rows or not same or not more:
        return money
    return _on_the_first_line(lines, orders["order"])


def _on_the_first_line(lines: pa.Table, repeated: pa.ChunkedArray) -> pa.ChunkedArray:
    """The money of each of these orders on its largest line, which can bear most of it; all other lines as they are."""
    places = lines.append_column("row", pa.array(range(lines.num_rows), pa.int64()))
    of_order = places.filter(pc.is_in(places["order"], value_set=repeated.combine_chunks()))
    ranked = of_order.sort_by([("order", "ascending"), ("amount", "descending"), ("row", "ascending")])
    keys = ranked["order"].combine_chunks()
    first = pa.concat_arrays([pa.array([True]), pc.not_equal(keys[1:], keys[:-1])])
    others = ranked["row"].filter(pc.invert(first)).combine_chunks()
    return pc.if_else(pc.is_in(places["row"], value_set=others), NOTHING, lines["money"])


def _doubt(draft: Draft, refunds: Refunds) -> str:
    """Why the amounts may be net of the refunds already, or empty: ``net`` by words or sums, ``more`` by size."""
    amounts = draft.amounts()
    header = next(iter(draft.mapping.headers("amount")), "")
    if any(plain(part) in plain(header) for part in vocabulary()["net"]["parts"]):
        return "net"
    concerned = pc.greater(refunds.money, NOTHING)
    if _is_difference(draft, refunds, concerned):
        return "net"
    over = pc.and_(concerned, pc.greater(pc.subtract(refunds.money, pc.abs(amounts)), CENT))
    beyond = pc.sum(refunds.money.filter(pc.fill_null(over, False))).as_py() or NOTHING
    return "more" if is_worth_asking(beyond, pc.sum(refunds.money).as_py()) else ""


def _is_difference(draft: Draft, refunds: Refunds, concerned: pa.ChunkedArray) -> bool:
    """Whether the amounts are what another column of money says, less the refunds."""
    amounts = draft.amounts()
    used = {*refunds.headers, *draft.mapping.headers("amount")}
    for column in draft.reading.columns:
        values = draft.table[column.name]
        if column.name in used or column.kind not in ("money", "quantity") or not is_number(values.type):
            continue
        rest = pc.subtract(as_decimal(values), pc.add(amounts, refunds.money)).filter(concerned)
        if rest.null_count < len(rest) and pc.all(pc.less(pc.abs(rest), CENT)).as_py():
            return True
    return False


def _question(draft: Draft, refunds: Refunds, taken: Decimal, doubt: str) -> Question:
    amounts = draft.amounts()
    whole = pc.sum(amounts).as_py() or NOTHING
    lines = draft.table.num_rows
    choices = (Choice("join", lines, whole - taken), Choice("ignore", lines, whole))
    concerned = pc.sum(pc.greater(refunds.money, NOTHING)).as_py()
    facts = {"why": f"column_{doubt}" if doubt else "column", "column": refunds.headers[0]}
    proposal = "ignore" if doubt == "net" else "join"
    return Question("returns_sheet", draft.name, choices, proposal, refunds.headers[0], facts, concerned, taken)


def _claim(draft: Draft, refunds: Refunds, taken: Decimal, taken_how: tuple[Any, Any]) -> Claim:
    value, degree = taken_how
    facts = {"why": "subtracted" if value == "join" else "net_already", "column": refunds.headers[0]}
    lines = pc.sum(pc.greater(refunds.money, NOTHING)).as_py()
    return Claim("refund_column", value, degree, facts, draft.name, lines, taken)


def _subtracted(draft: Draft, refunds: Refunds, taken: Decimal) -> Draft:
    amounts = draft.amounts()
    less = fixed_decimals(pc.subtract(amounts, refunds.money))
    before, after = (pc.sum(one).as_py() or NOTHING for one in (amounts, less))
    changed = with_amounts(draft, less, Step(REFUNDS, 0, after - before))
    header = next(iter(draft.mapping.headers("quantity")), "")
    if refunds.pieces is None or not header:
        return changed
    return with_values(changed, header, pc.subtract(as_decimal(draft.table[header]), refunds.pieces))
