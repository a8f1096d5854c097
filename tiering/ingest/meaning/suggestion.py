"""A mapping proposed from the header words and from the values below them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Role
from tiering.ingest.meaning.fields import AMOUNT_PARTS, CUSTOMER_KEYS, FIELDS, Field, fields_of
from tiering.ingest.meaning.header_match import (
    ACCEPTED,
    ALONE,
    BY_KIND,
    Candidate,
    candidates_of,
    match_score,
    ruled_out,
)
from tiering.ingest.meaning.mapping import Headers, Mapping, unmapped_headers
from tiering.ingest.meaning.recognition import looks_like_orders, side_role
from tiering.ingest.reading import Reading

_CODE = r"^[A-Za-z_#./-]*[0-9][A-Za-z0-9_#./-]*$"
_NO_HEADER = re.compile(r"(column|col|field|unnamed|列|字段|第)?\d*列?")

Chosen = dict[str, tuple[Candidate, float]]


def suggest_mapping(reading: Reading, role: Role | None = None) -> Mapping:
    """A file that was read → the mapping its headers and values speak for.

    Each header is given to at most one field, the surest pair first; equal ones in the order of the catalogue and
    of the file. Fields that nothing speaks for stay out; what is missing is said when the mapping is applied.

    Parameters
    ----------
    role
        What the file holds where that is known; None lets the columns tell: a date with an amount, an order number
        or a customer who comes back make orders, due dates and what was paid make payments, words of service make
        contacts, everything else is customers.
    """
    candidates = candidates_of(reading)
    role = role or possible_roles(reading)[0]
    chosen = _by_words(candidates, role)
    _fill_by_kind(chosen, candidates, role)
    columns: dict[str, Headers] = {key: chosen[key][0].header for key in FIELDS if key in chosen}
    confidence = {key: chosen[key][1] for key in columns}
    headers = tuple(candidate.header for candidate in candidates)
    return Mapping(role, columns, confidence, unmapped_headers(columns, headers))


def possible_roles(reading: Reading) -> tuple[Role, ...]:
    """What a file can hold, the likeliest first; more than one where only its owner can tell orders from payments."""
    candidates = candidates_of(reading)
    plain = _recognised_role(candidates)
    roles: tuple[Role, ...] = ("orders", "customers", "payments", "contacts")
    chosen = {role: _by_words(candidates, role) for role in roles}
    beside = side_role(candidates, chosen, plain == "orders")
    if not beside:
        return (plain,)
    orders, payments = ({key: one for key, (one, _) in chosen[role].items()} for role in ("orders", "payments"))
    if beside == ("payments",) and plain == "orders" and looks_like_orders(orders, payments):
        return ("orders", "payments")
    return beside


def _recognised_role(candidates: tuple[Candidate, ...]) -> Role:
    chosen = _by_words(candidates, "orders")
    _fill_customer(chosen, candidates)
    lines = chosen.keys() >= set(AMOUNT_PARTS) or ("amount" in chosen and _customer_of(chosen) is None)
    dated = "order_date" in chosen or (_only_date(candidates) is not None and _comes_back(chosen, candidates))
    ordered = not {"amount", "quantity", "order_id"}.isdisjoint(chosen) or _comes_back(chosen, candidates)
    return "orders" if (dated and ordered) or ("order_id" in chosen and lines) else "customers"


def likely_customer(reading: Reading, mapping: Mapping) -> str | None:
    """Header of the only code that comes back from line to line, where no column is known to tell the customer.

    It may as well be a product or a shop: somebody has to say.
    """
    if mapping.role != "orders" or mapping.customer_field is not None:
        return None
    mapped = {header for key in mapping.columns for header in mapping.headers(key)}
    found = _only_code_that_repeats(one for one in candidates_of(reading) if one.header not in mapped)
    return None if found is None else found.header


def _only_code_that_repeats(candidates: Iterable[Candidate]) -> Candidate | None:
    codes = [one for one in candidates if _is_code(one) and one.repeats]
    unsaid = [one for one in codes if not any(match_score(field, one) >= ACCEPTED for field in fields_of("orders"))]
    return unsaid[0] if len(unsaid) == 1 else None


def _is_code(candidate: Candidate) -> bool:
    """Whether every value is a code: an identifier, or signs without a gap that hold a digit."""
    if candidate.kind == "id":
        return True
    if candidate.kind not in ("category", "text", "name") or not candidate.filled or candidate.numeric:
        return False
    values = candidate.values.drop_null().unique().cast(pa.string())
    return bool(pc.all(pc.match_substring_regex(values, _CODE)).as_py())


def _comes_back(chosen: Chosen, candidates: tuple[Candidate, ...]) -> bool:
    customer = _customer_of(chosen)
    if customer is None:
        return _only_code_that_repeats(_others(candidates, chosen)) is not None
    return customer.repeats


def _customer_of(chosen: Chosen) -> Candidate | None:
    return next((chosen[key][0] for key in CUSTOMER_KEYS if key in chosen), None)


def _by_words(candidates: tuple[Candidate, ...], role: Role) -> Chosen:
    pairs = [
        (-score, rank, place, target.key, candidate)
        for rank, target in enumerate(fields_of(role))
        for place, candidate in enumerate(candidates)
        if (score := match_score(target, candidate)) >= ACCEPTED and _plausible(target, candidate, score, role)
    ]
    chosen: Chosen = {}
    taken: set[str] = set()
    for score, _, _, key, candidate in sorted(pairs, key=lambda pair: pair[:3]):
        if key not in chosen and candidate.header not in taken:
            chosen[key] = (candidate, -score)
            taken.add(candidate.header)
    return _price_beside_quantity(chosen)


def _plausible(target: Field, candidate: Candidate, score: float, role: Role) -> bool:
    """A column called just "id" whose values never come back numbers the lines of an order file, not customers."""
    vague = target.key == "customer_id" and score <= ALONE
    return not vague or role == "customers" or candidate.repeats


def _price_beside_quantity(chosen: Chosen) -> Chosen:
    """A bare "price" is what one piece costs where there is a quantity, and the amount where there is none."""
    amount, score = chosen.get("amount", (None, 0.0))
    beside = "quantity" in chosen and "unit_price" not in chosen
    if amount is None or not beside or amount.bare not in FIELDS["unit_price"].alone:
        return chosen
    moved = {key: pair for key, pair in chosen.items() if key != "amount"}
    return moved | {"unit_price": (amount, score)}


def _fill_by_kind(chosen: Chosen, candidates: tuple[Candidate, ...], role: Role) -> None:
    """Required fields that no header names, where exactly one column can be meant."""
    _fill_customer(chosen, candidates)
    if role == "orders" and "order_date" not in chosen:
        _choose(chosen, "order_date", _only_date(_others(candidates, chosen)))
    if role == "orders" and "amount" not in chosen and not all(key in chosen for key in AMOUNT_PARTS):
        _choose(chosen, "amount", _only(_others(candidates, chosen), "amount", "money"))


def _fill_customer(chosen: Chosen, candidates: tuple[Candidate, ...]) -> None:
    if _customer_of(chosen) is None:
        _choose(chosen, "customer_name", _only(_others(candidates, chosen), "customer_name", "name"))
    if _customer_of(chosen) is None:
        _choose(chosen, "customer_id", _first_nameless_key(_others(candidates, chosen)))


def _choose(chosen: Chosen, key: str, candidate: Candidate | None) -> None:
    if candidate is not None:
        chosen[key] = (candidate, BY_KIND)


def _others(candidates: tuple[Candidate, ...], chosen: Chosen) -> tuple[Candidate, ...]:
    taken = {candidate.header for candidate, _ in chosen.values()}
    return tuple(candidate for candidate in candidates if candidate.header not in taken)


def _only(candidates: Iterable[Candidate], key: str, kind: str) -> Candidate | None:
    possible = [one for one in candidates if one.kind == kind and not ruled_out(FIELDS[key], one.bare, by_kind=True)]
    numeric = [one for one in possible if one.numeric] if kind == "money" else possible
    return numeric[0] if len(numeric) == 1 else None


def _only_date(candidates: Iterable[Candidate]) -> Candidate | None:
    dates = [one for one in candidates if one.dated and not ruled_out(FIELDS["order_date"], one.bare)]
    return dates[0] if len(dates) == 1 else None


def _first_nameless_key(candidates: Iterable[Candidate]) -> Candidate | None:
    """In a file without headers the first identifier that comes back is the customer."""
    keys = (one for one in candidates if one.kind == "id" and _NO_HEADER.fullmatch(one.bare))
    return next((key for key in keys if key.repeats), None)
