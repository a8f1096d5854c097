"""Files in: read, mapped, cleaned and joined. Names are loaded when first asked for, so that the worker starts fast."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiering.ingest.bytes.limits import Limits as Limits
    from tiering.ingest.clean.cleaning import Cleaned as Cleaned
    from tiering.ingest.clean.cleaning import clean_customers as clean_customers
    from tiering.ingest.clean.cleaning import clean_orders as clean_orders
    from tiering.ingest.clean.companies import NameConflicts as NameConflicts
    from tiering.ingest.clean.companies import Proposal as Proposal
    from tiering.ingest.clean.companies import name_conflicts as name_conflicts
    from tiering.ingest.clean.companies import propose_merges as propose_merges
    from tiering.ingest.clean.joining import Source as Source
    from tiering.ingest.clean.joining import build_dataset as build_dataset
    from tiering.ingest.clean.merging import merged as merged
    from tiering.ingest.clean.merging import without_merge as without_merge
    from tiering.ingest.clean.order_lines import join_order_lines as join_order_lines
    from tiering.ingest.meaning.fields import FIELDS as FIELDS
    from tiering.ingest.meaning.fields import Field as Field
    from tiering.ingest.meaning.fields import fields_of as fields_of
    from tiering.ingest.meaning.mapping import Mapping as Mapping
    from tiering.ingest.meaning.mapping import ensure_usable as ensure_usable
    from tiering.ingest.meaning.mapping import headers_of as headers_of
    from tiering.ingest.meaning.mapping import mapping_from_json as mapping_from_json
    from tiering.ingest.meaning.mapping import mapping_to_json as mapping_to_json
    from tiering.ingest.meaning.mapping import with_column as with_column
    from tiering.ingest.meaning.suggestion import suggest_mapping as suggest_mapping
    from tiering.ingest.read import read_bytes as read_bytes
    from tiering.ingest.read import read_file as read_file
    from tiering.ingest.reading import Reading as Reading

_HOMES = {
    "clean.cleaning": ("Cleaned", "clean_customers", "clean_orders"),
    "clean.companies": ("NameConflicts", "Proposal", "name_conflicts", "propose_merges"),
    "meaning.fields": ("FIELDS", "Field", "fields_of"),
    "clean.joining": ("Source", "build_dataset"),
    "bytes.limits": ("Limits",),
    "meaning.mapping": (
        "Mapping",
        "ensure_usable",
        "headers_of",
        "mapping_from_json",
        "mapping_to_json",
        "with_column",
    ),
    "clean.merging": ("merged", "without_merge"),
    "clean.order_lines": ("join_order_lines",),
    "read": ("read_bytes", "read_file"),
    "reading": ("Reading",),
    "meaning.suggestion": ("suggest_mapping",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
