"""Which column of a file stands for which canonical field, as a choice that can be kept, corrected and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from tiering.dataset import Role
from tiering.ingest.meaning.fields import AMOUNT_PARTS, CUSTOMER_KEYS, FIELDS
from tiering.ingest.reading import Reading
from tiering.problems import DataProblem, Problem

Headers = str | tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """The choice for one file.

    Attributes
    ----------
    columns
        Canonical field → header; several headers stand for their sum (``annual_revenue`` only).
    confidence
        Field → 0..1, how sure the suggestion was; a field set by hand has none.
    unmapped
        Headers that stand for no field and pass through under their own names.
    """

    role: Role
    columns: dict[str, Headers]
    confidence: dict[str, float] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()

    def headers(self, key: str) -> tuple[str, ...]:
        """Headers of one field, none when it is not mapped."""
        chosen = self.columns.get(key, ())
        return (chosen,) if isinstance(chosen, str) else chosen

    @property
    def customer_field(self) -> str | None:
        """The field that identifies the customer: the id, without one the name."""
        return next((key for key in CUSTOMER_KEYS if self.headers(key)), None)


def mapping_to_json(mapping: Mapping) -> dict[str, Any]:
    """Mapping → JSON-ready dict, to be kept with a scenario."""
    return TypeAdapter(Mapping).dump_python(mapping, mode="json")


def mapping_from_json(entry: dict[str, Any]) -> Mapping:
    """What ``mapping_to_json`` gave → the equal mapping.

    Raises
    ------
    ValueError
        When the entry does not have the form of a mapping.
    """
    return TypeAdapter(Mapping).validate_python(entry)


def with_column(mapping: Mapping, reading: Reading, key: str, headers: Headers | None) -> Mapping:
    """The mapping with one field set by hand, or taken out by None; pass-through columns follow."""
    columns = {name: chosen for name, chosen in mapping.columns.items() if name != key}
    if headers:
        columns[key] = headers
    confidence = {name: sure for name, sure in mapping.confidence.items() if name != key}
    return Mapping(mapping.role, columns, confidence, unmapped_headers(columns, headers_of(reading)))


def headers_of(reading: Reading) -> tuple[str, ...]:
    """The file's own headers in their order."""
    return tuple(column.name for column in reading.columns)


def unmapped_headers(columns: dict[str, Headers], headers: tuple[str, ...]) -> tuple[str, ...]:
    """Headers that no field of ``columns`` uses."""
    used = {header for chosen in columns.values() for header in ((chosen,) if isinstance(chosen, str) else chosen)}
    return tuple(header for header in headers if header not in used)


def required_fields(mapping: Mapping) -> tuple[str, ...]:
    """The fields without which the file cannot be used, under the way the mapping has chosen."""
    customer = mapping.customer_field or "customer_id"
    if mapping.role == "payments":
        return (customer, *_told_of_payments(mapping))
    if mapping.role != "orders":
        return (customer,)
    parts = any(mapping.headers(key) for key in AMOUNT_PARTS) and not mapping.headers("amount")
    has_parts = all(mapping.headers(key) for key in AMOUNT_PARTS)
    return (customer, "order_date", *(AMOUNT_PARTS if parts and has_parts else ("amount",)))


def _told_of_payments(mapping: Mapping) -> tuple[str, ...]:
    """One of the ways in which a file can tell whether payments are late; the due date where it goes none."""
    ways = (("due_date",), ("invoice_date", "terms_days"), ("overdue_amount",), ("overdue_days",))
    either = (*ways, ("invoice_date", "paid_date"))
    return next((way for way in either if all(mapping.headers(key) for key in way)), ("due_date",))


def ensure_usable(reading: Reading, mapping: Mapping) -> None:
    """Check that the mapping can be applied to the file.

    Raises
    ------
    DataProblem
        NO_CUSTOMERS when the customer alone is missing, MISSING_COLUMNS (``missing``: fields, ``found``: headers)
        when more is missing or a header is not in the file, COLUMN_TWICE (``header``, ``fields``) when one header
        stands for two required fields.
    """
    found = headers_of(reading)
    present = set(found)
    missing = [key for key in required_fields(mapping) if not mapping.headers(key)]
    missing += [key for key in FIELDS if not present.issuperset(mapping.headers(key))]
    if missing == ["customer_id"] and not mapping.headers("customer_id"):
        raise DataProblem(Problem.NO_CUSTOMERS, found=list(found))
    if missing:
        raise DataProblem(Problem.MISSING_COLUMNS, missing=missing, found=list(found))
    _ensure_columns_differ(mapping)


def _ensure_columns_differ(mapping: Mapping) -> None:
    taken: dict[str, str] = {}
    for key in required_fields(mapping):
        for header in mapping.headers(key):
            if header in taken:
                raise DataProblem(Problem.COLUMN_TWICE, header=header, fields=[taken[header], key])
            taken[header] = key
