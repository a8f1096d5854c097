"""The claim ``returns_sheet``: a sister sheet or file of what came back, joined to the orders it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, NotUsed, Question, Step, is_worth_asking
from tiering.ingest.clean.amounts import as_decimal, fixed_decimals
from tiering.ingest.meaning.draft import Draft, Understanding, leave_out, with_amounts
from tiering.ingest.meaning.fields import FIELDS, normalised_header
from tiering.ingest.meaning.refund_columns import is_refund_header, vocabulary
from tiering.ingest.meaning.word_lists import plain, truth_of
from tiering.ingest.values.conversion import as_key, as_number, as_text, is_dated, is_number

RETURNED, RETURNS = "returned", "returns"
NEARLY_ALL = 0.8  # of the numbers listed are orders of the other table
NOTHING = Decimal(0)
BETWEEN = "\x1f"  # no cell that was read holds a control character


@dataclass(frozen=True)
class _Sister:
    """A list of what came back, the orders it belongs to, and its column of order numbers.

    ``products``: columns of both that tell the product, where the list has one; ``money``: its column of amounts.
    """

    returns: Draft
    orders: Draft
    key: str
    products: tuple[str, str] | None = None
    money: str = ""


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Each list of returns joined to its orders: asked about, as long as it changes more than one per cent."""
    for listed in understood.drafts:
        if not speaks_of_returns(listed):
            continue
        orders = [one for one in understood.drafts if one is not listed and one.mapping.role == "orders"]
        if _is_complete(listed) and orders:
            understood = _documents(understood, listed, asked)
            continue
        sister = next((found for one in orders if (found := _sister(listed, one)) is not None), None)
        if sister is not None:
            understood = _joined(understood, sister, asked)
    return understood


def speaks_of_returns(draft: Draft) -> bool:
    """Whether the name of a sheet or file says that it lists returns, or the headers do."""
    stem = draft.name.rpartition(" · ")[2].rpartition(".")[0] or draft.name.rpartition(" · ")[2]
    words = vocabulary()["sheet"]
    texts = [stem, *draft.table.column_names]
    heads = [text for text in texts if not any(plain(word) in plain(text) for word in words["not_names"])]
    said = [text for text in heads if any(plain(word) in plain(text) for word in words["names"])]
    return bool(said) and (stem in said or len(draft.table.column_names) <= 4)


def _is_complete(draft: Draft) -> bool:
    """Whether the returns are documents of their own, each with its customer, day and money."""
    told = draft.mapping.customer_field and draft.mapping.headers("order_date") and draft.has_amount
    return bool(told) and draft.mapping.role == "orders"


def _sister(listed: Draft, orders: Draft) -> _Sister | None:
    numbers = orders.values("order_id")
    if numbers is None:
        return None
    known = as_key(numbers).unique()
    for name in listed.table.column_names:
        cells = listed.table[name]
        if is_dated(cells.type):
            continue
        values = as_key(cells).drop_null().unique()
        found = pc.sum(pc.is_in(values, value_set=known)).as_py() or 0
        if len(values) and found >= NEARLY_ALL * len(values):
            return _with_product(_Sister(listed, orders, name, money=_money_column(listed, name)))
    return None


def _money_column(listed: Draft, key: str) -> str:
    """The column of money in a list of returns: one that its header calls so, else the only one of that kind."""
    numeric = [one for one in listed.reading.columns if is_number(listed.table.schema.field(one.name).type)]
    called = [one.name for one in numeric if one.name != key and is_refund_header(one.name)]
    mapped = [name for name in listed.mapping.headers("amount") if name != key]
    money = [one.name for one in numeric if one.kind == "money" and one.name != key]
    return (called or mapped or money or [""])[0]


def _with_product(sister: _Sister) -> _Sister:
    """The product joins too where the list tells it in the words of the orders."""
    product = next(iter(sister.orders.mapping.headers("product")), "")
    if not product:
        return sister
    known = as_key(sister.orders.table[product]).unique()
    for name in sister.returns.table.column_names:
        cells = sister.returns.table[name]
        if name == sister.key or is_dated(cells.type) or is_number(cells.type):
            continue
        values = as_key(cells)
        found = pc.sum(pc.is_in(values, value_set=known))
        if values.null_count < len(values) and (found.as_py() or 0) >= NEARLY_ALL * len(values):
            return replace(sister, products=(product, name))
    return sister


def _keys(draft: Draft, order: str, product: str | None) -> pa.ChunkedArray:
    number = pc.fill_null(as_key(draft.table[order]), "")
    if product is None:
        return number
    return pc.binary_join_element_wise(number, pc.fill_null(as_key(draft.table[product]), ""), BETWEEN)


def _joined(understood: Understanding, sister: _Sister, asked: Asked) -> Understanding:
    order = sister.orders.mapping.headers("order_id")[0]
    ours, theirs = sister.products or (None, None)
    lines = _keys(sister.orders, order, ours)
    listed = sister.returns if not _mark(sister) else _marked(sister)
    wanted = _keys(listed, sister.key, theirs)
    hit = pc.is_in(lines, value_set=pc.unique(wanted))
    pieces = _pieces(listed) if sister.orders.mapping.headers("quantity") else ""
    if sister.money:
        left = _less(sister.orders, lines, wanted, as_decimal(listed.table[sister.money]))
    elif pieces:
        left = _less(sister.orders, lines, wanted, _priced(sister.orders, lines, wanted, listed.table[pieces]))
    else:
        left = leave_out(sister.orders, hit, RETURNED)
    return _decided(understood, (sister.returns, sister.orders, left), asked)


def _mark(sister: _Sister) -> str:
    """The column of the list that says whether an order came back, where one does with yes and no."""
    for name in sister.returns.table.column_names:
        if name == sister.key or is_number(sister.returns.table[name].type):
            continue
        truths = {truth_of(text) for text in as_text(sister.returns.table[name]).drop_null().unique().to_pylist()}
        if truths == {True, False}:
            return name
    return ""


def _marked(sister: _Sister) -> Draft:
    """The list without the rows whose mark says that nothing came back."""
    name = _mark(sister)
    texts = as_text(sister.returns.table[name])
    yes = [text for text in texts.drop_null().unique().to_pylist() if truth_of(text)]
    mask = pc.is_in(texts, value_set=pa.array(yes, pa.string()))
    reading = replace(sister.returns.reading, table=sister.returns.table.filter(mask))
    return replace(sister.returns, reading=reading)


def _pieces(listed: Draft) -> str:
    """The column of a list of returns that says how many came back."""
    numeric = [name for name in listed.table.column_names if is_number(listed.table.schema.field(name).type)]
    words = FIELDS["quantity"].words
    return next((name for name in numeric if is_refund_header(name, "pieces") or normalised_header(name) in words), "")


def _priced(orders: Draft, lines: pa.ChunkedArray, wanted: pa.ChunkedArray, pieces: pa.ChunkedArray) -> pa.ChunkedArray:
    """Money of the pieces that came back, at the price for which their order and product was sold."""
    quantity = orders.values("quantity")
    assert quantity is not None, "no quantity to price by"
    sold = pa.table({"key": lines, "money": orders.amounts(), "pieces": as_number(quantity)})
    sums = sold.group_by("key").aggregate([("money", "sum"), ("pieces", "sum")])
    price = pc.divide(sums["money_sum"].cast(pa.float64()), sums["pieces_sum"])
    each = price.take(pc.index_in(wanted, value_set=pc.unique(sums["key"])))
    return as_decimal(pc.round(pc.multiply(each, pc.abs(as_number(pieces))), ndigits=2))


def _less(orders: Draft, lines: pa.ChunkedArray, wanted: pa.ChunkedArray, money: pa.ChunkedArray) -> Draft:
    """The orders less the money listed, taken from the lines of each number, the largest first."""
    amounts = orders.amounts()
    assert amounts is not None, "no amount to take from"
    listed = pa.table({"key": wanted, "money": pc.fill_null(pc.abs(money), NOTHING)})
    sums = listed.group_by("key").aggregate([("money", "sum")])
    place = pc.index_in(lines, value_set=pc.unique(sums["key"]))
    table = pa.table({"place": place, "amount": amounts, "row": pa.array(range(len(lines)), pa.int64())})
    concerned = table.filter(pc.is_valid(table["place"])).sort_by(
        [("place", "ascending"), ("amount", "descending"), ("row", "ascending")]
    )
    rest = [value or NOTHING for value in sums["money_sum"].to_pylist()]
    changed: dict[int, Decimal] = {}
    for row in concerned.to_pylist():
        taken = min(max(row["amount"] or NOTHING, NOTHING), rest[row["place"]])
        rest[row["place"]] -= taken
        changed[row["row"]] = (row["amount"] or NOTHING) - taken
    rows = list(changed)
    values = pa.array(list(changed.values()), pa.decimal128(38, 6))
    spot = pc.index_in(pa.array(range(len(lines)), pa.int64()), value_set=pa.array(rows, pa.int64()))
    less = fixed_decimals(pc.coalesce(pa.chunked_array([values.take(spot)]), amounts.cast(pa.decimal128(38, 6))))
    before, after = (pc.sum(one).as_py() or NOTHING for one in (amounts, less))
    return with_amounts(orders, less, Step(RETURNS, 0, after - before))


def _documents(understood: Understanding, listed: Draft, asked: Asked) -> Understanding:
    """A file of credit notes beside the file of sales: its positive amounts are subtracted."""
    amounts = listed.amounts()
    if amounts is None:
        return understood
    size = pc.sum(pc.abs(amounts)).as_py() or NOTHING
    before = pc.sum(amounts).as_py() or NOTHING
    turned = with_amounts(listed, pc.negate(pc.abs(amounts)), Step(RETURNS, 0, -size - before))
    if before == -size:
        return understood
    return _decided(understood, (None, listed, turned), asked)


def _decided(understood: Understanding, changed: tuple[Draft | None, Draft, Draft], asked: Asked) -> Understanding:
    """The understanding with the returns taken or not, as somebody says or the proposal is."""
    listed, before, after = changed
    whole, net = (_money(one) for one in (before, after))
    moved = (before.table.num_rows - after.table.num_rows) or int(_differing(before, after))
    choices = (Choice("join", after.table.num_rows, net), Choice("ignore", before.table.num_rows, whole))
    name = (listed or before).name
    facts: dict[str, Any] = {"why": "sheet" if listed is not None else "documents"}
    question = Question("returns_sheet", name, choices, "join", "", facts, moved, whole - net)
    said, degree = asked.decided(question)
    size = sum((_size(one) for one in understood.drafts if one.mapping.role == "orders" and one.has_amount), NOTHING)
    is_open = degree == "open" and is_worth_asking(whole - net, size)
    claim = Claim("returns_sheet", said, "open" if is_open else "likely", {"why": said}, name, moved, whole - net)
    drafts = [after if one is before and said == "join" else one for one in understood.drafts if one is not listed]
    unused = (NotUsed(name, "returns_ignored"),) if listed is not None and said == "ignore" else ()
    left = replace(understood, drafts=tuple(drafts), not_used=(*understood.not_used, *unused))
    return left.saying((claim,), (question,) if is_open else ())


def _differing(before: Draft, after: Draft) -> int:
    return pc.sum(pc.not_equal(before.amounts(), after.amounts())).as_py() or 0


def _money(draft: Draft) -> Decimal:
    return pc.sum(draft.amounts()).as_py() or NOTHING


def _size(draft: Draft) -> Decimal:
    return pc.sum(pc.abs(draft.amounts())).as_py() or NOTHING
